// About the server itself: its contract, its probes, its metrics.
#include <fmt/format.h>

#include <filesystem>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/contract.h"
#include "api/entry.h"
#include "api/handlers.h"
#include "api/meters.h"
#include "api/site.h"
#include "api/system.h"
#include "base/digest.h"
#include "plan/schedule.h"

namespace carillon::api {

Answering get_openapi(Request& request, Desk&) {
  static const std::string tag = "\"" + to_hex(sha256(contract())).substr(0, 32) + "\"";
  const bool unchanged = matches_tag(request.header("if-none-match").value_or(""), tag);
  wire::Response response = json_answer(unchanged ? 304 : 200, unchanged ? "" : std::string(contract()));
  response.headers.push_back({"ETag", tag});
  response.headers.push_back({"Cache-Control", "no-cache"});
  co_return std::move(response);
}

Answering get_livez(Request&, Desk&) {
  co_return json_answer(200, R"({"status":"ok"})");
}

namespace {
struct Check {
  std::string_view name;
  bool ok;
  std::string text;
};

Check overdue_check(const State& state, const Settings& settings, Instant now) {
  const auto& oldest = state.census.oldest_overdue;
  if (state.held || !oldest || now - *oldest <= settings.overdue_alarm) return {"overdue", true, ""};
  return {"overdue", false,
          fmt::format("A delivery due {} ago has not gone out.", plan::spoken(now - *oldest))};
}

Check disk_check(const std::filesystem::path& folder) {
  std::error_code unknown;
  const auto space = std::filesystem::space(folder, unknown);
  if (unknown || space.capacity == 0 || space.available * 50 > space.capacity) return {"disk", true, ""};
  return {"disk", false, fmt::format("Only {} MB are free.", space.available >> 20)};
}

wire::Response report(const std::vector<Check>& checks) {
  const bool ok = std::ranges::all_of(checks, &Check::ok);
  Json json;
  json.begin().field("status", ok ? "ok" : "failing").key("checks").list();
  for (const Check& check : checks) {
    json.begin().field("name", check.name).field("ok", check.ok).field("text", check.text).end();
  }
  json.end_list().end();
  return json_answer(ok ? 200 : 503, json.take());
}
}  // namespace

// Ready by what matters: the age of the oldest delivery that should be out, not by being alive.
Answering get_readyz(Request& request, Desk& desk) {
  std::optional<State> state;
  std::string broken;
  try {
    auto look = [&](store::Unit& unit) { return read_state(unit, request.now); };
    state = co_await seen(desk.store, std::move(look));
  } catch (const std::exception& error) {
    desk.log.error("ready.store", error.what());
    broken = "The database does not answer.";
  }
  std::vector<Check> checks{{"database", state.has_value(), broken}};
  if (state) checks.push_back(overdue_check(*state, desk.settings, request.now));
  checks.push_back(disk_check(desk.folder.path()));
  co_return report(checks);
}

namespace {
bool from_this_machine(const Request& request, const Settings& settings) {
  const bool forwarded =
      request.header("x-forwarded-for") || request.header("forwarded") || request.header("via");
  const bool loopback = request.address == "::1" || request.address.starts_with("127.");
  return loopback && !forwarded && settings.proxies.empty();
}

std::string gauges(const State& state, const Desk& desk, Instant now) {
  std::string out;
  metric_head(out, "carillon_build_info", "gauge", "Which version runs.");
  metric(out, "carillon_build_info", "{version=\"" + desk.settings.version + "\"}", 1);
  metric_head(out, "carillon_queue_depth", "gauge", "Deliveries by state.");
  for (const auto& [name, count] : state.census.deliveries) {
    metric(out, "carillon_queue_depth", "{queue=\"deliveries\",state=\"" + name + "\"}",
           static_cast<double>(count));
  }
  metric_head(out, "carillon_delivery_uncertain", "gauge", "Deliveries that nobody knows the fate of.");
  metric(out, "carillon_delivery_uncertain", "", static_cast<double>(state.census.uncertain));
  const auto oldest = state.census.oldest_overdue;
  const double age = oldest && *oldest < now ? static_cast<double>((now - *oldest).count()) / 1e6 : 0;
  metric_head(out, "carillon_queue_oldest_due_age_seconds", "gauge",
              "Age of the oldest delivery that should be out.");
  metric(out, "carillon_queue_oldest_due_age_seconds", "{queue=\"deliveries\"}", age);
  metric_head(out, "carillon_accounts_held", "gauge", "Accounts whose deliveries wait.");
  metric(out, "carillon_accounts_held", "", static_cast<double>(state.census.held_accounts));
  metric_head(out, "carillon_held", "gauge", "1 while the installation sends nothing.");
  metric(out, "carillon_held", "", state.held ? 1 : 0);
  std::error_code unknown;
  const auto space = std::filesystem::space(desk.folder.path(), unknown);
  metric_head(out, "carillon_disk_free_bytes", "gauge", "Free space where media are kept.");
  if (!unknown) metric(out, "carillon_disk_free_bytes", "", static_cast<double>(space.available));
  return out;
}
}  // namespace

// Not public: a scraper on this machine, or a key that may manage the system.
Answering get_metrics(Request& request, Desk& desk) {
  const bool local =
      request.presented.kind == Presented::Kind::nothing && from_this_machine(request, desk.settings);
  auto look = [&](store::Unit& unit) -> Result<State> {
    if (!local) {
      if (auto caller = admit(unit, asked(request, desk.settings)); !caller)
        return refuse(std::move(caller.error()));
    }
    return read_state(unit, request.now);
  };
  const auto state = co_await seen(desk.store, std::move(look));
  if (!state) co_return refuse(state.error());
  co_return wire::Response{200,
                           {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                           gauges(*state, desk, request.now) + desk.meters.text()};
}

}  // namespace carillon::api
