// Days on which nothing is planned: the list, and the days of a span, which the calendar shades.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "base/text.h"
#include "plan/blackouts.h"
#include "store/accounts.h"
#include "store/blackouts.h"

namespace carillon::api {

namespace {
constexpr int64_t longest_blackout = 366;  // days
constexpr int64_t longest_span = 400;

int64_t read_day(Reader& in, std::string_view name, std::string& text) {
  text = in.text(name, {1, 20});
  const auto day = plan::day_from(text);
  if (!day)
    in.refuse("not_a_day", "This is not a day: \"" + shortened(text, 20) + "\".", name, "Write 2026-12-24.");
  return day.value_or(0);
}

Blackout read_blackout(Reader& in) {
  Blackout blackout;
  const int64_t first = read_day(in, "first", blackout.first);
  blackout.last = blackout.first;
  const int64_t last = in.has("last") ? read_day(in, "last", blackout.last) : first;
  if (last < first)
    in.refuse("wrong_order", "The last day is before the first.", "last", "Give a later one.");
  else if (last - first >= longest_blackout)
    in.refuse("too_long", "This is more than a year.", "last", "Give a shorter span.");
  blackout.yearly = in.maybe_flag("yearly").value_or(false);
  blackout.reason = trimmed(in.maybe_text("reason", {0, 200}).value_or(""));
  blackout.account = in.maybe_id<AccountId>("account");
  return blackout;
}

void write(Json& json, const Blackout& blackout) {
  json.begin().field("id", blackout.id).field("first", blackout.first).field("last", blackout.last);
  json.field("yearly", blackout.yearly).field("reason", blackout.reason).field("account", blackout.account);
  json.field("text", plan::spoken(blackout)).end();
}

Result<Blackout> keep(store::Unit& unit, const Request& request, const Blackout& blackout,
                      std::string action) {
  if (blackout.account && !store::Accounts(unit).find(blackout.workspace, *blackout.account)) {
    return refuse(invalid("account_unknown", "There is no such account here.", "account",
                          "Choose one of GET /api/v1/accounts."));
  }
  store::BlackoutShelf(unit).put(blackout);
  audit(unit, request, std::move(action), "blackout:" + blackout.id.text(), plan::spoken(blackout));
  return blackout;
}

wire::Response blackout_answer(const Blackout& blackout, int status) {
  Json json;
  write(json, blackout);
  return json_answer(status, json.take());
}

void tell_days(Desk& desk, const Request& request) {
  desk.events.publish(request.caller.workspace, {.kind = "words", .id = "blackouts", .state = "edited"});
}
}  // namespace

Answering list_blackouts(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::BlackoutShelf(unit).list(request.caller.workspace); };
  const auto all = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Blackout& each : all) write(json, each);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering make_blackout(Request& request, Desk& desk) {
  auto blackout = read_body(request, read_blackout);
  if (!blackout) co_return refuse(std::move(blackout.error()));
  blackout->workspace = request.caller.workspace;
  blackout->id = BlackoutId::make(request.now, desk.random);
  auto work = [&](store::Unit& unit) { return keep(unit, request, *blackout, "blackout.made"); };
  const auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(made.error());
  tell_days(desk, request);
  co_return blackout_answer(*made, 201);
}

Answering edit_blackout(Request& request, Desk& desk) {
  const auto id = request.id_in_path<BlackoutId>("blackout");
  if (!id) co_return refuse(id.error());
  auto blackout = read_body(request, read_blackout);
  if (!blackout) co_return refuse(std::move(blackout.error()));
  blackout->workspace = request.caller.workspace;
  blackout->id = *id;
  auto work = [&](store::Unit& unit) -> Result<Blackout> {
    if (!store::BlackoutShelf(unit).find(request.caller.workspace, *id)) return refuse(not_found("blackout"));
    return keep(unit, request, *blackout, "blackout.edited");
  };
  const auto kept = co_await written(desk.store, std::move(work));
  if (!kept) co_return refuse(kept.error());
  tell_days(desk, request);
  co_return blackout_answer(*kept, 200);
}

Answering remove_blackout(Request& request, Desk& desk) {
  const auto id = request.id_in_path<BlackoutId>("blackout");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    if (!store::BlackoutShelf(unit).remove(request.caller.workspace, *id))
      return refuse(not_found("blackout"));
    audit(unit, request, "blackout.removed", "blackout:" + id->text());
    return true;
  };
  const auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(done.error());
  tell_days(desk, request);
  co_return nothing();
}

namespace {
struct Days {
  int64_t from = 0, until = 0;
};

Result<Days> read_days(const Request& request) {
  Days days;
  for (const auto& [name, day] : {std::pair("from", &days.from), std::pair("until", &days.until)}) {
    const auto read = plan::day_from(wire::field(request.query, name).value_or(""));
    if (!read) return refuse(invalid("not_a_day", "This is not a day.", name, "Write 2026-12-24."));
    *day = *read;
  }
  if (days.until < days.from || days.until - days.from > longest_span) {
    return refuse(invalid("out_of_range", fmt::format("Not 0 to {} days.", longest_span), "until",
                          "Give a day after the first, and not too far."));
  }
  return days;
}
}  // namespace

Answering list_blackout_days(Request& request, Desk& desk) {
  const auto days = read_days(request);
  if (!days) co_return refuse(days.error());
  auto look = [&](store::Unit& unit) { return store::BlackoutShelf(unit).list(request.caller.workspace); };
  const auto all = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (int64_t day = days->from; day <= days->until; ++day) {
    for (const Blackout& each : all) {
      if (!plan::is_closed(each, day)) continue;
      json.begin().field("day", plan::day_text(day)).field("blackout", each.id).field("reason", each.reason);
      json.field("account", each.account).end();
    }
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
