// The health of the installation in words, and its emergency stop.
#include "api/system.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/conditions.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/words.h"
#include "media/backup_mark.h"
#include "run/depot.h"
#include "store/journal.h"

namespace carillon::api {

namespace {
using channels::Severity;

plan::Finding about_overdue(Instant due, Instant now, const Settings& settings) {
  const bool stuck = now - due > settings.overdue_alarm;
  return {"overdue",
          "system",
          stuck ? Severity::blocker : Severity::info,
          "",
          fmt::format("A delivery that was due {} ago has not gone out yet.", plan::spoken(now - due)),
          stuck ? "See the log; restart the server if nothing moves." : "",
          ""};
}

void find_state(const State& state, const Settings& settings, Instant now,
                std::vector<plan::Finding>& findings) {
  if (state.held) {
    findings.push_back({"system_held", "system", Severity::blocker, "",
                        "This server is held: nothing is sent until a person releases it." +
                            (state.held_why.empty() ? "" : " Why: " + state.held_why),
                        "Look through what waits, then release it.", "release"});
  } else if (state.census.oldest_overdue && *state.census.oldest_overdue < now) {
    findings.push_back(about_overdue(*state.census.oldest_overdue, now, settings));
  }
  if (state.census.uncertain > 0) {
    findings.push_back(
        {"uncertain", "system", Severity::warning, "",
         state.census.uncertain == 1
             ? "One delivery needs a person's word: did it go out?"
             : fmt::format("{} deliveries need a person's word: did they go out?", state.census.uncertain),
         "Open the posts that are uncertain.", ""});
  }
  if (state.census.held_accounts > 0) {
    findings.push_back(
        {"accounts_held", "accounts", Severity::warning, "",
         fmt::format("{} accounts are held: what is due for them waits.", state.census.held_accounts),
         "Open the accounts.", "reconnect"});
  }
}

std::string headline_of(const std::vector<plan::Finding>& findings) {
  const auto worst = std::ranges::min_element(findings, {}, &plan::Finding::severity);
  if (worst == findings.end() || worst->severity == Severity::info) return "Everything is running.";
  return worst->text;
}

// "account:<uuid>:post" names an account; lanes that accounts share do not.
std::optional<AccountId> account_of(const LaneKey& key) {
  if (!key.starts_with("account:") || key.size() < 44) return std::nullopt;
  return AccountId::parse(std::string_view(key).substr(8, 36));
}

void write_lanes(Json& json, const State& state, Instant now) {
  json.key("lanes_closed").list();
  for (const LaneState& lane : state.lanes) {
    if (lane.closed_until <= now) continue;
    json.begin().field("lane", lane.key).field("account", account_of(lane.key));
    json.field("until", lane.closed_until).field("why", lane.closed_why).end();
  }
  json.end_list();
}

// Free space where media are kept; nothing where the system does not tell.
void write_disk(Json& json, const std::filesystem::path& folder) {
  std::error_code unknown;
  const auto space = std::filesystem::space(folder, unknown);
  json.key("disk");
  if (unknown || space.capacity == 0) {
    json.value(nullptr);
    return;
  }
  json.begin().field("free_bytes", space.available).field("total_bytes", space.capacity).end();
}

// The bucket, when media lie in one; what is kept of it here, and whether it can be used.
void write_media(Json& json, run::Depot& depot) {
  const run::Depot::Standing standing = depot.standing();
  json.key("media").begin().field("bucket", depot.has_bucket()).field("where", standing.where);
  json.field("reachable", !standing.trouble).field("here_bytes", standing.here_bytes);
  json.field("limit_bytes", standing.limit_bytes).field("unsent", standing.unsent).end();
}

std::string render(const State& state, const Request& request, const Desk& desk) {
  std::vector<plan::Finding> findings;
  find_state(state, desk.settings, request.now, findings);
  plan::check_house(house_conditions(desk), findings);
  Json json;
  json.begin().field("ready", !plan::blocks(findings)).field("headline", headline_of(findings));
  json.key("findings").list();
  for (const auto& finding : findings) write(json, finding);
  json.end_list().field("version", desk.settings.version).field("storage", desk.store.describe());
  json.field("started", desk.settings.started).field("now", request.now);
  json.field("held", state.held).field("held_why", state.held_why).key("oldest_overdue");
  const auto& overdue = state.census.oldest_overdue;
  if (overdue && *overdue < request.now) {
    json.begin().field("due", *overdue);
    json.field("age_s", static_cast<double>((request.now - *overdue).count()) / 1e6).end();
  } else {
    json.value(nullptr);
  }
  Tally tally;
  for (const auto& [name, count] : state.census.deliveries) {
    if (const auto known = delivery_state_from(name)) tally[*known] = count;
  }
  write(json.key("deliveries"), tally);
  json.field("posts", state.census.posts).field("uncertain", state.census.uncertain);
  json.field("held_accounts", state.census.held_accounts);
  write_disk(json, desk.folder.path());
  write_media(json, desk.depot);
  json.field("last_backup", media::last_backup(desk.folder.path().parent_path()));
  write_lanes(json, state, request.now);
  json.key("sandbox_url");
  if (desk.settings.sandbox_url.empty())
    json.value(nullptr);
  else
    json.value(desk.settings.sandbox_url + "/");
  return json.end().take();
}
}  // namespace

State read_state(store::Unit& unit, Instant now) {
  store::Journal journal(unit);
  store::Settings settings(unit);
  return {store::census(unit, now), {}, journal.held(), settings.get("held_why").value_or("")};
}

Answering get_system(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) {
    State state = read_state(unit, request.now);
    state.lanes = store::Journal(unit).lanes(request.caller.workspace);
    return state;
  };
  const State state = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, render(state, request, desk));
}

namespace {
Answering set_held(Request& request, Desk& desk, bool held, std::string why) {
  auto work = [&](store::Unit& unit) -> Result<State> {
    store::Settings settings(unit);
    if (held) {
      settings.set("held", "1");
      settings.set("held_why", why);
    } else {
      store::release(unit);
    }
    audit(unit, request, held ? "system.held" : "system.released", "system", why);
    return read_state(unit, request.now);
  };
  auto state = co_await written(desk.store, std::move(work));
  if (!state) co_return refuse(std::move(state.error()));
  desk.dispatcher.hold_all(held);
  desk.events.publish({}, {.kind = "system", .id = "hold", .state = held ? "held" : "released"});
  co_return json_answer(200, render(*state, request, desk));
}

std::string read_why(Reader& in) {
  return in.maybe_text("why", {0, 200}).value_or("");
}
}  // namespace

Answering hold_system(Request& request, Desk& desk) {
  auto why = read_body(request, read_why);
  if (!why) co_return refuse(std::move(why.error()));
  Answer answer =
      co_await set_held(request, desk, true, why->empty() ? "stopped by a person" : std::move(*why));
  co_return std::move(answer);
}

Answering release_system(Request& request, Desk& desk) {
  return set_held(request, desk, false, "");
}

}  // namespace carillon::api
