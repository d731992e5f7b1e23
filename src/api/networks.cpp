// What networks take and how to connect to them: the traits, for the page and for programs.
#include "api/answers.h"
#include "api/apps.h"
#include "api/handlers.h"
#include "api/words.h"

namespace carillon::api {

namespace {
void write_connect(Json& json, const channels::Entry& entry, const Settings& settings) {
  const channels::Traits& traits = entry.channel->traits();
  const std::string missing = missing_app(entry, settings);
  json.key("connect").begin().field("by",
                                    traits.connect_by == channels::ConnectBy::token ? "token" : "oauth");
  json.field("help", traits.connect_help).key("fields").list();
  for (const auto& field : traits.connect_fields) {
    json.begin().field("name", field.name).field("label", field.label).field("help", field.help);
    json.field("example", field.example)
        .field("secret", field.secret)
        .field("optional", field.optional)
        .end();
  }
  json.end_list().key("scopes").list();
  for (const auto& scope : traits.scopes)
    json.begin().field("name", scope.name).field("why", scope.why).end();
  json.end_list().field("ready", missing.empty()).field("missing", missing);
  json.field("needs_base", needs_base(entry)).field("sandbox", !settings.sandbox_url.empty()).end();
}
}  // namespace

Answering list_networks(Request&, Desk& desk) {
  Json json;
  json.begin().key("items").list();
  for (const channels::Entry& entry : desk.registry.all()) {
    write(json, entry.channel->traits());
    write_connect(json, entry, desk.settings);
    json.end();
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
