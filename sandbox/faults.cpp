#include "sandbox/faults.h"

#include <algorithm>
#include <array>

namespace carillon::sandbox {
namespace {

constexpr std::string_view give_up = "give_up";
constexpr std::array<std::string_view, 15> kinds = {"rate_limit",    "rate_limit_silent",
                                                    "error_before",  "lose_request",
                                                    "expire_tokens", "error_after_accept",
                                                    "lose_answer",   "garbage",
                                                    "html",          "empty",
                                                    "huge",          "slow",
                                                    "drop_refresh",  "hang",
                                                    give_up};

constexpr std::string_view sorry =
    "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>Something went wrong</h1><p>Please try "
    "again.</p></body></html>";

bool matches(const FaultOrder& order, std::string_view network, std::string_view method,
             std::string_view path) {
  return (order.network.empty() || order.network == network) &&
         (order.method.empty() || order.method == method) &&
         (order.path.empty() || path.find(order.path) != std::string_view::npos);
}

void replace(wire::Response& response, int status, std::string_view type, std::string body) {
  // Rate headers stay: a proxy that breaks an answer knows nothing of them.
  std::erase_if(response.headers, [](const wire::Header& h) { return h.name == "Content-Type"; });
  response.status = status;
  response.headers.push_back({"Content-Type", std::string(type)});
  response.body = std::move(body);
}

}  // namespace

bool Faults::known(std::string_view kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

int64_t Faults::order(FaultOrder fault) {
  if (!known(fault.kind)) return 0;
  fault.id = ++last_;
  orders_.push_back(std::move(fault));
  return last_;
}

bool Faults::remove(int64_t id) {
  return std::erase_if(orders_, [&](const FaultOrder& order) { return order.id == id; }) > 0;
}

std::optional<FaultOrder> Faults::strike(std::string_view network, std::string_view method,
                                         std::string_view path) {
  return use_up(false, network, method, path);
}

bool Faults::gives_up(std::string_view network, std::string_view method, std::string_view path) {
  return use_up(true, network, method, path).has_value();
}

// later: of those that show only when something was worked on.
std::optional<FaultOrder> Faults::use_up(bool later, std::string_view network, std::string_view method,
                                         std::string_view path) {
  for (auto order = orders_.begin(); order != orders_.end(); ++order) {
    if ((order->kind == give_up) != later || !matches(*order, network, method, path)) continue;
    if (order->percent < 100 && !random_.chance(order->percent)) continue;
    const FaultOrder found = *order;
    if (order->times > 0 && --order->times == 0) orders_.erase(order);
    return found;
  }
  return std::nullopt;
}

Answer Faults::spoil(const FaultOrder& fault, wire::Response response) {
  Answer answer{std::move(response)};
  wire::Response& r = answer.response;
  constexpr std::array<int, 3> breakdowns = {500, 502, 504};
  if (fault.kind == "error_after_accept")
    replace(r, breakdowns[random_.below(3)], "text/html; charset=utf-8", std::string(sorry));
  else if (fault.kind == "lose_answer")
    answer.fate = Answer::Fate::lost;
  else if (fault.kind == "hang")
    answer.fate = Answer::Fate::hung;
  else if (fault.kind == "garbage")
    r.body.resize(r.body.size() / 2);
  else if (fault.kind == "html")
    replace(r, 200, "text/html; charset=utf-8", std::string(sorry));
  else if (fault.kind == "empty")
    replace(r, 200, "application/json; charset=utf-8", "");
  else if (fault.kind == "huge")
    replace(r, 500, "text/plain", std::string(1 << 20, 'x'));
  else if (fault.kind == "slow")
    answer.delay = std::chrono::seconds(fault.seconds > 0 ? fault.seconds : 60);
  return answer;
}

}  // namespace carillon::sandbox
