// The sandbox drawer: where each practice network can be looked at, and the few faults that a person orders
// to see what becomes of a post then. Orders by other hands are shown, too.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

#include "api/answers.h"
#include "api/handlers.h"
#include "api/sandbox_door.h"

namespace carillon::api {

namespace {
namespace json = boost::json;

// What a button orders. Limits strike once and say when to come back; a dead token dies once; an outage and
// lost answers go on until they are healed. Only writing requests are struck where reading must go on: asking
// the network what became of a post is what is to be seen.
struct Practice {
  std::string_view fault, kind, method;
  int64_t times, seconds;
};
constexpr std::array practices = {Practice{"rate_limit", "rate_limit", "POST", 1, 60},
                                  Practice{"outage", "error_before", "", -1, 0},
                                  Practice{"expired_token", "expire_tokens", "", 1, 0},
                                  Practice{"lost_answers", "lose_answer", "POST", -1, 0}};

struct FaultInput {
  std::string network, fault;
};

FaultInput read_fault(Reader& in) {
  FaultInput input{in.text("network", {0, 40}), in.text("fault", {1, 40})};
  if (!in.failed() && std::ranges::find(practices, input.fault, &Practice::fault) == practices.end())
    in.refuse("unknown_fault", "There is no fault \"" + input.fault + "\".", "fault",
              "Known: rate_limit, outage, expired_token, lost_answers.");
  return input;
}

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

int64_t number_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

std::string_view fault_named(std::string_view kind) {
  const auto found = std::ranges::find(practices, kind, &Practice::kind);
  return found == practices.end() ? "" : found->fault;
}

void write_order(Json& out, const json::object& order) {
  const std::string kind = text_in(order, "kind");
  out.begin().field("id", number_in(order, "id")).field("network", text_in(order, "network"));
  out.field("fault", fault_named(kind)).field("kind", kind).field("times", number_in(order, "times"));
  out.field("seconds", number_in(order, "seconds")).field("percent", number_in(order, "percent")).end();
}

Answering answer_state(Desk& desk) {
  auto networks = co_await practice_networks(desk);
  if (!networks) co_return refuse(std::move(networks.error()));
  auto ordered = co_await ask_sandbox(desk, "GET", "faults");
  if (!ordered) co_return refuse(std::move(ordered.error()));
  const std::string& home = desk.settings.sandbox_url;
  Json out;
  out.begin().field("url", home + "/").key("networks").list();
  for (const channels::Entry* entry : *networks) {
    const auto& traits = entry->channel->traits();
    out.begin().field("network", traits.network).field("label", traits.label);
    out.field("feed", home + "/" + traits.network + "/feed").end();
  }
  out.end_list().key("orders").list();
  const json::object* said = ordered->if_object();
  const json::value* faults = said ? said->if_contains("faults") : nullptr;
  if (faults && faults->is_array()) {
    for (const json::value& order : faults->get_array())
      if (order.is_object()) write_order(out, order.get_object());
  }
  out.end_list().end();
  co_return json_answer(200, out.take());
}

Awaitable<void> note(Request& request, Desk& desk, std::string action, std::string detail) {
  auto work = [&](store::Unit& unit) -> Result<bool> {
    audit(unit, request, action, "sandbox", detail);
    return true;
  };
  co_await written(desk.store, std::move(work));
}
}  // namespace

Answering get_sandbox(Request&, Desk& desk) {
  return answer_state(desk);
}

Answering order_fault(Request& request, Desk& desk) {
  auto input = read_body(request, read_fault);
  if (!input) co_return refuse(std::move(input.error()));
  const auto practice = std::ranges::find(practices, input->fault, &Practice::fault);
  json::object order{{"network", input->network},
                     {"kind", practice->kind},
                     {"method", practice->method},
                     {"times", practice->times},
                     {"seconds", practice->seconds}};
  auto said = co_await ask_sandbox(desk, "POST", "faults", std::move(order));
  if (!said) co_return refuse(std::move(said.error()));
  co_await note(request, desk, "sandbox.fault_ordered", input->fault + " " + input->network);
  auto answer = co_await answer_state(desk);
  co_return std::move(answer);
}

Answering heal_sandbox(Request& request, Desk& desk) {
  auto said = co_await ask_sandbox(desk, "DELETE", "faults");
  if (!said) co_return refuse(std::move(said.error()));
  co_await note(request, desk, "sandbox.healed", "");
  auto answer = co_await answer_state(desk);
  co_return std::move(answer);
}

Answering remove_fault(Request& request, Desk& desk) {
  const std::string id(request.captured[0]);
  if (auto runs = has_sandbox(desk); !runs) co_return refuse(std::move(runs.error()));
  const bool number =
      !id.empty() && id.size() < 19 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
  if (!number) co_return refuse(not_found("fault"));
  auto said = co_await ask_sandbox(desk, "DELETE", "faults/" + id);
  if (!said) co_return refuse(std::move(said.error()));
  co_await note(request, desk, "sandbox.fault_removed", id);
  auto answer = co_await answer_state(desk);
  co_return std::move(answer);
}

}  // namespace carillon::api
