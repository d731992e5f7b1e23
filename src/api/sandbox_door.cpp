#include "api/sandbox_door.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "api/connect.h"
#include "api/problem.h"

namespace carillon::api {

namespace json = boost::json;

Result<void> has_sandbox(const Desk& desk) {
  if (!desk.settings.sandbox_url.empty()) return {};
  return refuse(closed("no_sandbox", "No sandbox runs with this server.", "Start it with --sandbox."));
}

namespace {
Fault refused(const wire::Response& said, const json::value& body) {
  const json::object* object = body.if_object();
  const json::value* error = object ? object->if_contains("error") : nullptr;
  const std::string words = error && error->is_string() ? std::string(error->get_string()) : "";
  Fault fault =
      closed("sandbox_refused", "The sandbox refused: " + (words.empty() ? "no reason given" : words) + ".",
             "Look at the sandbox's own page.");
  if (said.status == 404) fault.kind = FaultKind::gone;
  return fault;
}
}  // namespace

Awaitable<Result<json::value>> ask_sandbox(Desk& desk, std::string method, std::string path,
                                           json::value body) {
  if (auto runs = has_sandbox(desk); !runs) co_return refuse(std::move(runs.error()));
  wire::Request request{.method = std::move(method), .url = desk.settings.sandbox_url + "/control/" + path};
  if (!body.is_null()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = json::serialize(body);
  }
  auto said = co_await asked_of(desk.client, std::move(request), {});
  if (!said) {
    said.error().text = "The sandbox does not answer: " + said.error().text;
    said.error().remedy = "Look at the server's log; restart it when the sandbox has stopped.";
    co_return refuse(std::move(said.error()));
  }
  boost::system::error_code broken;
  json::value answer = json::parse(said->body, broken);
  if (said->status >= 300 || broken) co_return refuse(refused(*said, answer));
  co_return std::move(answer);
}

Awaitable<Result<std::vector<const channels::Entry*>>> practice_networks(Desk& desk) {
  auto people = co_await ask_sandbox(desk, "GET", "people");
  if (!people) co_return refuse(std::move(people.error()));
  const json::object* known = people->if_object();
  std::vector<const channels::Entry*> entries;
  for (const channels::Entry& entry : desk.registry.all()) {
    if (known && known->contains(entry.channel->traits().network)) entries.push_back(&entry);
  }
  co_return std::move(entries);
}

}  // namespace carillon::api
