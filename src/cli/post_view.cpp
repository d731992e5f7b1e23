#include "cli/post_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cli/remote.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

const json::value& member(const json::value& object, std::string_view name) {
  static const json::value null;
  const json::value* found = object.is_object() ? object.get_object().if_contains(name) : nullptr;
  return found != nullptr ? *found : null;
}

int64_t number_of(const json::value& object, std::string_view name) {
  const json::value& found = member(object, name);
  return found.is_int64() ? found.get_int64() : 0;
}

std::string name_of_account(const json::value& post, std::string_view account) {
  for (const json::value& target : list_of(post, "targets")) {
    if (text_of(target, "account") != account) continue;
    const std::string handle = text_of(target, "handle");
    return (handle.empty() ? text_of(target, "name") : handle) +
           (flag_of(target, "sandbox") ? " [SANDBOX]" : "");
  }
  return std::string(account);
}

std::string last_word(const json::value& delivery) {
  if (const std::string url = text_of(delivery, "url"); !url.empty()) return url;
  const json::value& fault = member(delivery, "fault");
  if (!fault.is_object()) return text_of(delivery, "reason_text");
  const std::string remedy = text_of(fault, "remedy");
  return text_of(fault, "text") + (remedy.empty() ? "" : " " + remedy);
}

bool is_open(const json::value& delivery) {
  constexpr std::array<std::string_view, 3> open = {"waiting", "in_flight", "uncertain"};
  return !flag_of(delivery, "superseded") &&
         std::ranges::find(open, text_of(delivery, "state")) != open.end();
}

bool waits_for_a_person(const json::value& delivery) {
  constexpr std::array<std::string_view, 5> reasons = {"unknown", "late", "account_held", "paused",
                                                       "stopped"};
  return std::ranges::find(reasons, text_of(delivery, "reason")) != reasons.end();
}

}  // namespace

std::string post_row_time(const json::value& post) {
  const json::value& at = member(post, "at");
  return at.is_object() ? fmt::format("{} {}", text_of(at, "local"), text_of(at, "zone")) : "";
}

std::string post_text(const json::value& post) {
  const auto& parts = list_of(member(post, "content"), "parts");
  return parts.empty() ? "" : text_of(parts.front(), "text");
}

std::string post_summary(const json::value& post) {
  const std::string at = post_row_time(post);
  std::string out = fmt::format("Post {}: {}{}{}\n", text_of(post, "id"), text_of(post, "state"),
                                at.empty() ? "" : ", due ", at);
  for (const json::value& delivery : list_of(post, "deliveries")) {
    if (flag_of(delivery, "superseded")) continue;
    const int64_t part = number_of(delivery, "part");
    out += printable(fmt::format("  {:10} {:10} {}{}  {}", text_of(delivery, "state"),
                                 text_of(delivery, "network"),
                                 name_of_account(post, text_of(delivery, "account")),
                                 part > 0 ? fmt::format(" part {}", part + 1) : "", last_word(delivery))) +
           "\n";
  }
  return out;
}

std::string flight_record(const json::value& delivery) {
  std::string out =
      printable(fmt::format("Delivery {} on {}: {}  {}", text_of(delivery, "id"),
                            text_of(delivery, "network"), text_of(delivery, "state"), last_word(delivery))) +
      "\n";
  for (const json::value& attempt : list_of(delivery, "attempts")) {
    out += printable(fmt::format("  {}. {}  {}  {}: {} {}", number_of(attempt, "number"),
                                 text_of(attempt, "opened"), text_of(attempt, "summary"),
                                 text_of(attempt, "outcome"), number_of(attempt, "status"),
                                 text_of(attempt, "next"))) +
           "\n";
  }
  return out;
}

bool is_over(const json::value& post) {
  const auto& deliveries = list_of(post, "deliveries");
  return std::ranges::none_of(deliveries, [](const json::value& delivery) {
    return is_open(delivery) && !waits_for_a_person(delivery);
  });
}

double settled_share(const json::value& post) {
  const json::value& tally = member(post, "tally");
  int64_t settled = 0, all = 0;
  for (const char* state : {"delivered", "failed", "canceled", "skipped"}) settled += number_of(tally, state);
  for (const char* state : {"waiting", "in_flight", "uncertain"}) all += number_of(tally, state);
  return static_cast<double>(settled) / static_cast<double>(std::max<int64_t>(1, all + settled));
}

Exit outcome(const json::value& post) {
  const json::value& tally = member(post, "tally");
  if (number_of(tally, "failed") + number_of(tally, "skipped") + number_of(tally, "canceled") > 0)
    return Exit::failure;
  const bool open = std::ranges::any_of(list_of(post, "deliveries"), is_open);
  return open || number_of(tally, "delivered") == 0 ? Exit::temporary : Exit::ok;
}

Exit say_check(const Terminal& terminal, const json::value& report) {
  std::vector<std::vector<std::string>> rows;
  for (const json::value& finding : list_of(report, "findings")) {
    rows.push_back({text_of(finding, "severity"), "", text_of(finding, "text"), text_of(finding, "fix")});
  }
  for (const json::value& target : list_of(report, "targets")) {
    for (const json::value& finding : list_of(target, "findings")) {
      rows.push_back({text_of(finding, "severity"), text_of(target, "network"), text_of(finding, "text"),
                      text_of(finding, "fix")});
    }
  }
  const bool ready = flag_of(report, "ready");
  terminal.show(report, (rows.empty() ? "" : table({"severity", "network", "what", "fix"}, rows)) +
                            (ready ? "Ready to go out.\n" : "Not ready: see the blockers.\n"));
  return ready ? Exit::ok : Exit::failure;
}

}  // namespace carillon::cli
