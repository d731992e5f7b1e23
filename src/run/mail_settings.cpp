#include "run/mail_settings.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "base/digest.h"
#include "store/records.h"

namespace carillon::run {
namespace json = boost::json;
namespace {

constexpr const char* server_name = "mail_server";
constexpr const char* sent_name = "mail_sent";
constexpr const char* trouble_name = "mail_trouble";
constexpr const char* place = "settings/mail_server/password";

json::object kept(store::Unit& unit) {
  const auto text = store::Settings(unit).get(server_name);
  return text ? json::parse(*text).as_object() : json::object();
}

std::string text_at(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

MailServer without_password(const json::object& object) {
  return {.host = text_at(object, "host"),
          .port = static_cast<uint16_t>(object.at("port").to_number<int>()),
          .security = mail_security_from(text_at(object, "security")).value_or(MailSecurity::starttls),
          .user = text_at(object, "user"),
          .password = {},
          .from = text_at(object, "from")};
}

std::string sealed_password(const json::object& before, const MailServer& server, const Keyring& keyring,
                            Random& random) {
  if (!server.password.empty()) return to_base64(keyring.seal(server.password.reveal(), place, random));
  if (before.empty() || server.user.empty()) return {};
  const bool same = text_at(before, "host") == server.host && text_at(before, "user") == server.user;
  return same ? text_at(before, "password") : "";
}

std::optional<Instant> instant_at(store::Unit& unit, const char* name) {
  const auto text = store::Settings(unit).get(name);
  int64_t us = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), us).ec != std::errc{})
    return std::nullopt;
  return Instant{us};
}

}  // namespace

Result<std::optional<MailServer>> mail_server(store::Unit& unit, const Keyring& keyring,
                                              const std::optional<MailServer>& configured) {
  if (configured) return configured;
  const json::object object = kept(unit);
  if (object.empty()) return std::optional<MailServer>();
  MailServer server = without_password(object);
  const auto sealed = from_base64(text_at(object, "password"));
  if (!sealed || sealed->empty()) return std::optional(std::move(server));
  auto password = keyring.open(*sealed, place);
  if (!password) return refuse(std::move(password.error()));
  server.password = std::move(*password);
  return std::optional(std::move(server));
}

void keep_mail_server(store::Unit& unit, const MailServer& server, const Keyring& keyring, Random& random) {
  json::object object{{"host", server.host},
                      {"port", server.port},
                      {"security", to_text(server.security)},
                      {"user", server.user},
                      {"from", server.from}};
  object["password"] = sealed_password(kept(unit), server, keyring, random);
  store::Settings(unit).set(server_name, json::serialize(object));
  store::Settings(unit).remove(trouble_name);
}

void forget_mail_server(store::Unit& unit) {
  for (const char* name : {server_name, trouble_name}) store::Settings(unit).remove(name);
}

MailState mail_state(store::Unit& unit) {
  MailState state{.sent = instant_at(unit, sent_name), .trouble = {}, .trouble_at = std::nullopt};
  const auto text = store::Settings(unit).get(trouble_name);
  if (!text) return state;
  const json::object object = json::parse(*text).as_object();
  state.trouble = text_at(object, "text");
  state.trouble_at = Instant{object.at("at").to_number<int64_t>()};
  return state;
}

void mail_went(store::Unit& unit, Instant now) {
  store::Settings(unit).set(sent_name, std::to_string(now.us));
  store::Settings(unit).remove(trouble_name);
}

void mail_failed(store::Unit& unit, const std::string& trouble, Instant now) {
  store::Settings(unit).set(trouble_name, json::serialize(json::object{{"text", trouble}, {"at", now.us}}));
}

}  // namespace carillon::run
