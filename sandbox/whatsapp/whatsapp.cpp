#include "sandbox/whatsapp/whatsapp.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr int64_t first_phone = 106'540'000'000'001;
constexpr std::string_view management = "whatsapp_business_management";

}  // namespace

std::unique_ptr<Network> make_whatsapp(Ground& ground) {
  return std::make_unique<Whatsapp>(ground);
}

wire::Response Whatsapp::error(int status, int code, std::string_view message, int subcode) {
  json::object body{{"message", message}, {"type", "OAuthException"}, {"code", code}};
  if (subcode != 0) body["error_subcode"] = subcode;
  body["error_data"] = {{"messaging_product", "whatsapp"}, {"details", message}};
  body["fbtrace_id"] = "A" + random_token(ground_.random, 16);
  return json_answer(status, json::object{{"error", body}});
}

std::optional<size_t> Whatsapp::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  const bool ours = number && *number >= first_phone && *number < first_phone + 1'000'000;
  return ours ? std::optional(static_cast<size_t>(*number - first_phone)) : std::nullopt;
}

Person Whatsapp::person(size_t index) const {
  return {std::to_string(first_phone + static_cast<int64_t>(index)),
          character(index).name,
          fmt::format("+49 30 5550{:04}", index % 10'000),
          {}};
}

Person Whatsapp::connect(size_t index, Instant now) {
  const std::string token =
      grants_.issue({.kind = "system",
                     .person = index,
                     .scopes = "whatsapp_business_messaging whatsapp_business_management",
                     .issued = now});
  Person someone = person(index);
  someone.credential = {{"access", token}, {"token", token}, {"phone", someone.external_id}};
  return someone;
}

wire::Response Whatsapp::serve(const Call& call) {
  std::vector<std::string> steps(call.steps.begin() + 1, call.steps.end());
  if (!steps.empty() && steps[0].size() > 1 && steps[0][0] == 'v' && steps[0][1] <= '9')
    steps.erase(steps.begin());
  const Grant* grant = grants_.find(call.param_or("access_token", call.bearer().value_or("")));
  if (!grant) return error(401, 190, "Invalid OAuth access token - Cannot parse access token");
  if (!grant->usable(call.now))
    return error(401, 190, "Error validating access token: Session has expired", 463);
  const auto index = steps.size() == 1 ? index_of(steps[0]) : std::nullopt;
  if (!index || *index != grant->person || call.method() != "GET")
    return error(400, 100,
                 "Unsupported request. Object does not exist, cannot be loaded due to missing permissions, "
                 "or does not support this operation",
                 33);
  if (!grant->allows(management))
    return error(403, 10, "(#10) Application does not have permission for this action");
  return node(call, *index);
}

wire::Response Whatsapp::node(const Call& call, size_t index) {
  const Person who = person(index);
  const json::object whole{
      {"id", who.external_id},     {"display_phone_number", who.handle},     {"verified_name", who.name},
      {"quality_rating", "GREEN"}, {"code_verification_status", "VERIFIED"}, {"platform_type", "CLOUD_API"}};
  json::object out{{"id", who.external_id}};
  for (const std::string& name : split(call.param_or("fields", "display_phone_number,verified_name"), ",")) {
    const json::value* value = whole.if_contains(name);
    if (!value) return error(400, 100, fmt::format("(#100) Tried accessing nonexisting field ({})", name));
    out[name] = *value;
  }
  return json_answer(200, out);
}

wire::Response Whatsapp::throttled(const Call&, Duration, bool) {
  return error(429, 130'429, "(#130429) Rate limit hit");
}

wire::Response Whatsapp::unavailable(const Call&) {
  return error(503, 131'016, "(#131016) Service unavailable");
}

}  // namespace carillon::sandbox
