#include "sandbox/control.h"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/faults.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

json::object shown(const Effect& effect) {
  return {{"network", effect.network}, {"account", effect.account}, {"external_id", effect.external_id},
          {"url", effect.url},         {"text", effect.text},       {"reply_to", effect.reply_to},
          {"media", effect.media},     {"at", to_text(effect.at)},  {"deleted", effect.deleted}};
}

json::object shown(const FaultOrder& order) {
  return {{"id", order.id},           {"network", order.network}, {"method", order.method},
          {"path", order.path},       {"kind", order.kind},       {"times", order.times},
          {"percent", order.percent}, {"seconds", order.seconds}};
}

json::object shown(const Person& person) {
  json::object credential;
  for (const auto& [name, value] : person.credential) credential[name] = value;
  return {{"external_id", person.external_id},
          {"name", person.name},
          {"handle", person.handle},
          {"credential", credential}};
}

wire::Response wrong(std::string_view what) {
  return json_answer(400, json::object{{"error", what}});
}

std::string known_networks() {
  std::string all;
  for (const std::string_view name : World::networks()) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

bool is_network(std::string_view name) {
  return std::ranges::find(World::networks(), name) != World::networks().end();
}

// A button was pressed, or a program asks: the one is sent back to the page, the other gets JSON.
wire::Response done(const Call& call, int status, json::value body) {
  const bool button =
      call.header("content-type").value_or("").starts_with("application/x-www-form-urlencoded");
  return button ? redirect("/") : json_answer(status, body);
}

wire::Response ledger(const Call& call, const World& world) {
  const auto& effects = world.ledger();
  const auto since = to_number(call.param_or("since", "0"));
  if (!since || *since < 0) return wrong("since must be a number: how many effects you have seen");
  json::array list;
  for (size_t i = static_cast<size_t>(*since); i < effects.size(); ++i) list.emplace_back(shown(effects[i]));
  return json_answer(200, json::object{{"effects", list}, {"next", effects.size()}});
}

wire::Response order(const Call& call, World& world) {
  FaultOrder fault{.network = call.param_or("network", ""),
                   .path = call.param_or("path", ""),
                   .kind = call.param_or("kind", ""),
                   .method = call.param_or("method", "")};
  const auto times = to_number(call.param_or("times", "1")),
             percent = to_number(call.param_or("percent", "100")),
             seconds = to_number(call.param_or("seconds", "0"));
  if (!fault.network.empty() && !is_network(fault.network))
    return wrong("network must be " + known_networks() + " or empty");
  if (!times || *times == 0 || *times < -1) return wrong("times must be 1 or more, or -1: until removed");
  if (!percent || *percent < 1 || *percent > 100) return wrong("percent must be 1 to 100");
  if (!seconds || *seconds < 0 || *seconds > 86'400) return wrong("seconds must be 0 to 86400");
  fault.times = *times;
  fault.percent = static_cast<uint32_t>(*percent);
  fault.seconds = *seconds;
  fault.id = world.order(fault);
  return fault.id == 0 ? wrong("kind is not one of the known faults") : done(call, 201, shown(fault));
}

wire::Response connect(const Call& call, World& world) {
  const std::string network = call.param_or("network", "");
  if (!is_network(network)) return wrong("network must be " + known_networks());
  if (const auto number = to_number(call.param_or("person", "")); number && *number >= 0 && *number < 10'000)
    return json_answer(201, shown(world.connect_number(network, call.now, static_cast<size_t>(*number))));
  return json_answer(201, shown(world.connect(network, call.now, call.param_or("external_id", ""))));
}

wire::Response people(World& world) {
  json::object all;
  for (const std::string_view network : World::networks()) {
    json::array list;
    for (const Person& person : world.people(network))
      list.emplace_back(json::object{
          {"external_id", person.external_id}, {"name", person.name}, {"handle", person.handle}});
    all[network] = std::move(list);
  }
  return json_answer(200, all);
}

wire::Response counters(const World& world) {
  const Counters& c = world.counters();
  return json_answer(
      200, json::object{{"requests", c.requests}, {"throttled", c.throttled}, {"storms", c.storms}});
}

wire::Response remove(const Call& call, Faults& faults) {
  const bool removed = faults.remove(to_number(call.steps[2]).value_or(0));
  return removed ? done(call, 200, json::object{{"removed", true}})
                 : json_answer(404, json::object{{"error", "there is no such fault"}});
}

}  // namespace

wire::Response control(const Call& call, World& world, Faults& faults) {
  if (call.malformed) return wrong("the body is not JSON");
  if (call.is("GET", {"control", "ledger"})) return ledger(call, world);
  if (call.is("POST", {"control", "faults"})) return order(call, world);
  if (call.is("POST", {"control", "connect"})) return connect(call, world);
  if (call.is("GET", {"control", "people"})) return people(world);
  if (call.is("GET", {"control", "counters"})) return counters(world);
  if (call.is("DELETE", {"control", "faults", "*"}) || call.is("POST", {"control", "faults", "*", "remove"}))
    return remove(call, faults);
  if (call.is("POST", {"control", "heal"}) || call.is("DELETE", {"control", "faults"})) {
    world.heal();
    return done(call, 200, json::object{{"healed", true}});
  }
  if (call.is("GET", {"control", "faults"})) {
    json::array list;
    for (const FaultOrder& fault : faults.orders()) list.emplace_back(shown(fault));
    return json_answer(200, json::object{{"faults", list}});
  }
  return json_answer(
      404, json::object{{"error", "the control API has ledger, faults, heal, people, connect and counters"}});
}

}  // namespace carillon::sandbox
