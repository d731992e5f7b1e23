#include "sandbox/world.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "sandbox/answers.h"
#include "sandbox/control.h"
#include "sandbox/faults.h"
#include "sandbox/network.h"
#include "sandbox/pages.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

struct World::State {
  Random& random;
  Ledger ledger;
  Faults faults;
  Counters counters;
  Ground ground;
  std::map<std::string_view, std::unique_ptr<Network>> networks;  // made when somebody asks

  State(Random& dice, std::string base)
      : random(dice), faults(dice), ground{dice, ledger, counters, faults, std::move(base), nullptr} {}

  Network* network(std::string_view name) {
    const Listing* listed = find_listing(name);
    if (!listed) return nullptr;
    auto& network = networks[listed->look.name];
    if (!network) network = listed->make(ground);
    return network.get();
  }

  std::vector<Network*> all() {
    std::vector<Network*> list;
    for (const std::string_view name : World::networks()) list.push_back(network(name));
    return list;
  }

  Answer program(const Call& call, Network& network);
  Answer misbehave(const FaultOrder& fault, const Call& call, Network& network);
};

const std::vector<std::string_view>& World::networks() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const Listing* one : listings()) all.push_back(one->look.name);
    return all;
  }();
  return names;
}

World::World(Random& random, std::string base_url) {
  while (base_url.ends_with('/')) base_url.pop_back();
  state_ = std::make_unique<State>(random, std::move(base_url));
}

World::~World() = default;

Answer World::State::program(const Call& call, Network& network) {
  ++counters.requests;
  const auto fault = faults.strike(network.name(), call.method(), call.path);
  return fault ? misbehave(*fault, call, network) : Answer{network.serve(call)};
}

Answer World::State::misbehave(const FaultOrder& fault, const Call& call, Network& network) {
  const Duration span =
      fault.seconds > 0 ? Duration(std::chrono::seconds(fault.seconds)) : find_listing(network.name())->pause;
  if (fault.kind == "rate_limit" || fault.kind == "rate_limit_silent")
    return {network.throttled(call, span, fault.kind == "rate_limit_silent")};
  if (fault.kind == "error_before") return {network.unavailable(call)};
  if (fault.kind == "lose_request") return {{}, Answer::Fate::ignored};
  if (fault.kind == "hang" && random.chance(50)) return {{}, Answer::Fate::hung};
  if (fault.kind == "expire_tokens") {
    network.expire(call.now);
    return {network.serve(call)};
  }
  if (fault.kind == "drop_refresh") {
    network.keep_refresh(true);
    Answer answer{network.serve(call)};
    network.keep_refresh(false);
    return answer;
  }
  return faults.spoil(fault, network.serve(call));
}

Answer World::handle(const wire::Request& request, Instant now) {
  const Call call = read_call(request, now);
  const std::string_view first = call.steps.empty() ? std::string_view() : std::string_view(call.steps[0]);
  if (first == "control") return {control(call, *this, state_->faults)};
  if (Network* network = state_->network(first)) {
    network->settle(now);
    if (auto shown = look_at(call, *network)) return {std::move(*shown)};
    if (auto shown = network->consent(call)) return {std::move(*shown)};
    return state_->program(call, *network);
  }
  if (first.empty())
    return {page_answer(200, front_page(state_->all(), state_->ledger, state_->faults, now))};
  if (first == "style.css") return {text_answer(200, "text/css; charset=utf-8", style_sheet())};
  if (first == "live.js")
    return {text_answer(200, "text/javascript; charset=utf-8", std::string(live_script))};
  return {
      page_answer(404, page("plain", "Not found",
                            "<h1>There is nothing here.</h1><p><a href=\"/\">All sandbox networks</a></p>"))};
}

const std::vector<Effect>& World::ledger() const {
  return state_->ledger.effects();
}
const Counters& World::counters() const {
  return state_->counters;
}
int64_t World::order(FaultOrder fault) {
  return state_->faults.order(std::move(fault));
}
void World::on_fetch(Fetch fetch) {
  state_->ground.fetch = std::move(fetch);
}
void World::heal() {
  state_->faults.heal();
}
void World::on_accept(std::function<void(const Effect&)> hook) {
  state_->ledger.on_accept(std::move(hook));
}

void World::restore(Effect effect) {
  Network* network = state_->network(effect.network);
  if (!network) return;  // written by another version: nothing of ours
  const bool fresh = state_->ledger.restore(effect);
  if (fresh && !effect.deleted) network->adopt(effect);
  if (!fresh && effect.deleted) network->forget(effect);
}

Person World::connect(std::string_view name, Instant now, std::string_view external_id) {
  Network* network = state_->network(name);
  CHECK(network != nullptr);
  const auto known = network->index_of(external_id);
  return network->connect(known ? *known : network->next_index(), now);
}

Person World::connect_number(std::string_view name, Instant now, size_t index) {
  Network* network = state_->network(name);
  CHECK(network != nullptr);
  return network->connect(index, now);
}

std::vector<Person> World::people(std::string_view name) {
  Network* network = state_->network(name);
  CHECK(network != nullptr);
  std::vector<Person> list;
  for (size_t i = 0; i < std::max<size_t>(3, network->connected()); ++i) list.push_back(network->person(i));
  return list;
}

}  // namespace carillon::sandbox
