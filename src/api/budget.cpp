#include "api/budget.h"

#include <algorithm>

#include "delivery/lane_key.h"
#include "delivery/lanes.h"

namespace carillon::api {

namespace {
struct Budget {
  int64_t used = 0;
  std::optional<Instant> opens;  // none: now
  std::optional<Instant> closed_until;
  std::string why;
};

// A closed lane is asked twice: as it is, and what was taken of it as if it were open.
Budget budget_of(const channels::LaneRule& rule, LaneState state, Instant now) {
  Budget budget;
  delivery::Lanes lanes;
  lanes.define(state.key, state.workspace, rule.limit, rule.window);
  lanes.know(state);
  if (const Instant opens = lanes.opens_at(state.key, now); opens > now) budget.opens = opens;
  if (state.closed_until > now) {
    budget.closed_until = state.closed_until;
    budget.why = state.closed_why;
  }
  state.closed_until = {};
  lanes.know(state);
  if (rule.limit > 0) budget.used = rule.limit - lanes.slots(state.key, now);
  return budget;
}
}  // namespace

void write_budget(Json& json, const Account& account, const channels::Traits& traits,
                  std::span<const LaneState> states, Instant now) {
  json.key("lanes").list();
  for (const channels::LaneRule& rule : traits.lanes) {
    const LaneKey key = delivery::lane_key(account, traits, rule.name);
    const auto stored = std::ranges::find(states, key, &LaneState::key);
    const Budget budget = budget_of(rule, stored == states.end() ? LaneState{.key = key} : *stored, now);
    const bool publishing = std::ranges::find(traits.post_lanes, rule.name) != traits.post_lanes.end();
    json.begin().field("name", rule.name).field("publishing", publishing);
    json.field("shared", rule.scope == channels::LaneRule::Scope::app).field("used", budget.used);
    json.field("limit", rule.limit).field("window_s", rule.window.count() / 1'000'000);
    json.field("opens", budget.opens).field("closed_until", budget.closed_until).field("why", budget.why);
    json.end();
  }
  json.end_list();
}

}  // namespace carillon::api
