// Connecting a phone number: a system user's token, tried by asking who the number is.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers,
// …/support/error-codes (2026-09)
#include <fmt/format.h>

#include "channels/json_answer.h"
#include "channels/whatsapp/whatsapp.h"
#include "wire/url.h"

namespace carillon::channels::whatsapp {

using Place = wire::Insert::Place;

namespace {

constexpr const char* fields = "?fields=id,display_phone_number,verified_name,quality_rating";

wire::Request who_is(const std::string& base, const std::string& phone) {
  wire::Request request;
  request.url = base + "/" + version + "/" + wire::percent_encode(phone) + fields;
  request.secrets = {{"access", Place::bearer, ""}};
  return request;
}

Fault fault_in(const wire::Response& response) {
  return graph_fault(whatsapp_traits().label, response, Instant{0}, whatsapp_table);
}

}  // namespace

std::optional<Refusal> whatsapp_table(const GraphError& error) {
  const int64_t code = error.code;
  if (code == 0) return Refusal::token_expired;
  if (code == 131005) return Refusal::permission_missing;
  if (is_one_of(code, {130429, 131048, 131056, 133016, 131049})) return Refusal::rate_limited;
  if (is_one_of(code, {131000, 131016, 131057, 133004})) return Refusal::transient;
  if (is_one_of(code, {131052, 131053})) return Refusal::media_invalid;
  if (is_one_of(code, {131031, 130497, 131042, 132015, 132016})) return Refusal::account_restricted;
  if (code == 132007) return Refusal::content_blocked;
  if (code == 33) return Refusal::not_found;
  return std::nullopt;
}

Result<std::pair<App, Credential>> WhatsappAuth::read_app(const std::string& api_base,
                                                          const wire::Response&) const {
  return std::pair(App{.network = "whatsapp", .api_base = api_base}, Credential{});
}

Result<Login> WhatsappAuth::read_typed(const std::map<std::string, std::string>& typed) const {
  const std::string& phone = typed.at("phone");
  if (!whole_number(phone)) {
    return refuse({.kind = FaultKind::invalid,
                   .code = "phone_id",
                   .text = "The phone number id has digits only, and is not the number itself.",
                   .field = "fields.phone",
                   .remedy = "Copy it from the WhatsApp Manager."});
  }
  return Login{.client_id = phone, .secrets = {{"access", Secret(typed.at("token"))}}};
}

wire::Request WhatsappAuth::exchange(const App& app, const std::string&) const {
  return who_is(app.api_base, app.client_id);
}

Result<Tokens> WhatsappAuth::read_tokens(const wire::Response& response) const {
  if (!accepted(response) || graph_error(response)) return refuse(fault_in(response));
  return Tokens{};  // the token that was entered is the credential
}

wire::Request WhatsappAuth::identities(const App& app) const {
  return who_is(app.api_base, app.client_id);
}

Result<std::vector<Identity>> WhatsappAuth::read_identities(const App&,
                                                            const wire::Response& response) const {
  const auto answer = read_json(response.body);
  Identity number;
  number.external_id = answer ? text_at(*answer, {"id"}) : "";
  number.handle = answer ? text_at(*answer, {"display_phone_number"}) : "";
  if (!accepted(response) || number.external_id.empty() || number.handle.empty())
    return refuse(fault_in(response));
  number.name = text_at(*answer, {"verified_name"});
  if (number.name.empty()) number.name = number.handle;
  number.facts["quality"] = text_at(*answer, {"quality_rating"});
  return std::vector{std::move(number)};
}

Result<Tokens> WhatsappAuth::read_refresh(const wire::Response& response) const {
  return refuse(fault_in(response));  // nothing is refreshed: whatever came is no new token
}

wire::Request WhatsappAuth::test(const Account& account) const {
  return who_is(account.api_base, account.external_id);
}

Result<std::string> WhatsappAuth::read_test(const Account&, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string number = answer ? text_at(*answer, {"display_phone_number"}) : "";
  if (!accepted(response) || number.empty()) return refuse(fault_in(response));
  const std::string quality = text_at(*answer, {"quality_rating"});
  return fmt::format("WhatsApp knows this number as {} ({}), quality {}.", number,
                     text_at(*answer, {"verified_name"}), quality.empty() ? "not rated" : quality);
}

}  // namespace carillon::channels::whatsapp
