#include "api/consent.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "api/tokens.h"

namespace carillon::api {

namespace json = boost::json;

namespace {
Fault used_up() {
  return {.kind = FaultKind::gone,
          .code = "used_up",
          .text = "This connection was finished already, has expired, or was begun in another session.",
          .remedy = "Connect the account again."};
}

std::string place_of(const store::PendingConsent& consent) {
  return "consents/" + consent.workspace.text() + "/" + consent.state_sha256 + "/sealed";
}

store::PendingConsent sealed(const json::object& plain, const Request& request, const std::string& handle,
                             const Desk& desk) {
  store::PendingConsent consent{.state_sha256 = hash_token(handle),
                                .workspace = request.caller.workspace,
                                .user = request.caller.user,
                                .session = request.caller.session ? request.caller.session->text() : "",
                                .network = std::string(plain.at("network").as_string()),
                                .expires = request.now + consent_lasts};
  consent.sealed = desk.keyring.seal(json::serialize(plain), place_of(consent), desk.random);
  return consent;
}

Result<json::object> taken(store::Unit& unit, const Request& request, const std::string& handle,
                           const Desk& desk) {
  const auto consent = store::Consents(unit).take(hash_token(handle), request.now);
  const auto session = request.caller.session ? request.caller.session->text() : "";
  if (!consent || consent->workspace != request.caller.workspace || consent->session != session) {
    return refuse(used_up());
  }
  const auto plain = desk.keyring.open(consent->sealed, place_of(*consent));
  boost::system::error_code broken;
  const json::value value = plain ? json::parse(plain->reveal(), broken) : json::value();
  if (!value.is_object()) return refuse(used_up());
  return value.get_object();
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

json::object to_json(const channels::Credential& secrets) {
  json::object object;
  for (const auto& [name, secret] : secrets) object[name] = secret.reveal();
  return object;
}

channels::Credential secrets_of(const json::value& value) {
  channels::Credential secrets;
  for (const auto& member : value.as_object()) {
    secrets[std::string(member.key())] = Secret(std::string(member.value().as_string()));
  }
  return secrets;
}

json::array to_json(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> texts;
  for (const auto& text : value.as_array()) texts.emplace_back(text.as_string());
  return texts;
}

json::object to_json(const Begun& begun) {
  return {{"kind", "begun"},
          {"network", begun.network},
          {"sandbox", begun.sandbox},
          {"client_id", begun.app.client_id},
          {"authorize_base", begun.app.authorize_base},
          {"api_base", begun.app.api_base},
          {"secrets", to_json(begun.secrets)},
          {"redirect_uri", begun.redirect_uri}};
}

Begun begun_of(const json::object& object) {
  const std::string network = text_of(object, "network");
  return {
      network,
      object.at("sandbox").as_bool(),
      {network, text_of(object, "client_id"), text_of(object, "authorize_base"), text_of(object, "api_base")},
      secrets_of(object.at("secrets")),
      text_of(object, "redirect_uri")};
}

json::object to_json(const channels::Identity& who) {
  return {{"external_id", who.external_id},
          {"name", who.name},
          {"handle", who.handle},
          {"avatar_url", who.avatar_url},
          {"secrets", to_json(who.secrets)},
          {"facts", who.facts},
          {"missing", to_json(who.missing)}};
}

channels::Identity identity_of(const json::object& object) {
  return {text_of(object, "external_id"), text_of(object, "name"),          text_of(object, "handle"),
          text_of(object, "avatar_url"),  secrets_of(object.at("secrets")), object.at("facts").as_object(),
          texts_of(object.at("missing"))};
}

json::object to_json(const Ended& ended) {
  json::object object{{"kind", "ended"},
                      {"network", ended.network},
                      {"sandbox", ended.sandbox},
                      {"begun", to_json(ended.begun)},
                      {"scopes", to_json(ended.scopes)},
                      {"about", ended.about}};
  if (ended.account) object["account"] = ended.account->text();
  if (ended.expires) object["expires"] = ended.expires->us;
  json::array identities;
  for (const auto& who : ended.identities) identities.push_back(to_json(who));
  object["identities"] = std::move(identities);
  if (ended.fault) {
    object["fault"] = {
        {"code", ended.fault->code}, {"text", ended.fault->text}, {"remedy", ended.fault->remedy}};
  }
  return object;
}

Ended ended_of(const json::object& object) {
  Ended ended{.network = text_of(object, "network"), .sandbox = object.at("sandbox").as_bool()};
  ended.account = AccountId::parse(text_of(object, "account"));
  ended.begun = begun_of(object.at("begun").as_object());
  ended.scopes = texts_of(object.at("scopes"));
  ended.about = object.at("about").as_object();
  if (const auto* expires = object.if_contains("expires")) ended.expires = Instant{expires->as_int64()};
  for (const auto& who : object.at("identities").as_array())
    ended.identities.push_back(identity_of(who.as_object()));
  if (const auto* fault = object.if_contains("fault")) {
    const auto& said = fault->as_object();
    ended.fault = Fault{
        .code = text_of(said, "code"), .text = text_of(said, "text"), .remedy = text_of(said, "remedy")};
  }
  return ended;
}
}  // namespace

store::PendingConsent seal(const Begun& begun, const Request& request, const std::string& handle,
                           const Desk& desk) {
  return sealed(to_json(begun), request, handle, desk);
}

store::PendingConsent seal(const Ended& ended, const Request& request, const std::string& handle,
                           const Desk& desk) {
  return sealed(to_json(ended), request, handle, desk);
}

Result<Begun> take_begun(store::Unit& unit, const Request& request, const std::string& handle,
                         const Desk& desk) {
  const auto plain = taken(unit, request, handle, desk);
  if (!plain) return refuse(plain.error());
  if (text_of(*plain, "kind") != "begun") return refuse(used_up());
  return begun_of(*plain);
}

Result<Ended> take_ended(store::Unit& unit, const Request& request, const std::string& handle,
                         const Desk& desk) {
  const auto plain = taken(unit, request, handle, desk);
  if (!plain) return refuse(plain.error());
  if (text_of(*plain, "kind") != "ended") return refuse(used_up());
  return ended_of(*plain);
}

}  // namespace carillon::api
