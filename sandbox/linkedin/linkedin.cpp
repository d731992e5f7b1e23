#include "sandbox/linkedin/linkedin.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr int64_t first_organisation = 105'500'001;
constexpr int64_t epoch_ms = 1'288'834'974'657;
constexpr std::string_view organisation_prefix = "urn:li:organization:", member_prefix = "urn:li:person:sb";
constexpr std::string_view all_scopes =
    "openid profile w_member_social w_organization_social r_organization_social rw_organization_admin";
// marketing/versioning (2026-09): about a year each.
constexpr std::array<std::string_view, 12> versions = {"202510", "202511", "202512", "202601",
                                                       "202602", "202603", "202604", "202605",
                                                       "202606", "202607", "202608", "202609"};
constexpr int64_t member_day = 1000, member_posts = 150;  // share-on-linkedin (2026-09); others: own choice

wire::Response too_many() {
  return linkedin_error(429, "TOO_MANY_REQUESTS",
                        "Resource level throttle limit for calls to this resource is reached.");
}

}  // namespace

Linkedin::Linkedin(Ground& ground) : Network(ground, "linkedin", "AQS"), ids_(epoch_ms, 22) {}

std::unique_ptr<Network> make_linkedin(Ground& ground) {
  return std::make_unique<Linkedin>(ground);
}

// shared/api-guide/concepts/error-handling (2026-09)
wire::Response linkedin_error(int status, std::string_view code, std::string_view message) {
  return json_answer(status, json::object{{"message", message},
                                          {"status", status},
                                          {"code", code},
                                          {"serviceErrorCode", status == 401 ? 65'600 : 100}});
}

std::optional<wire::Response> linkedin_unknown_field(const json::object& body,
                                                     std::initializer_list<std::string_view> known,
                                                     std::string_view where) {
  for (const auto& field : body) {
    if (std::ranges::find(known, std::string_view(field.key())) != known.end()) continue;
    return linkedin_error(422, "UNPROCESSABLE_ENTITY",
                          fmt::format("ERROR :: {}/{} :: unrecognized field found but not allowed", where,
                                      std::string_view(field.key())));
  }
  return std::nullopt;
}

std::string linkedin_urn(size_t index) {
  if (index % 2 == 1) return fmt::format("{}{}", member_prefix, index / 2);
  return fmt::format("{}{}", organisation_prefix, first_organisation + static_cast<int64_t>(index / 2));
}

std::string linkedin_member_name(size_t member) {
  constexpr std::array<std::string_view, 3> names = {"Robin Hale", "Sam Okafor", "Mira Lindqvist"};
  const std::string name(names[member % names.size()]);
  return member < names.size() ? name : fmt::format("{} {}", name, member / names.size() + 1);
}

std::optional<size_t> Linkedin::index_of(std::string_view urn) const {
  const bool member = urn.starts_with(member_prefix);
  if (!member && !urn.starts_with(organisation_prefix)) return std::nullopt;
  const auto number = to_number(urn.substr(member ? member_prefix.size() : organisation_prefix.size()));
  const int64_t first = member ? 0 : first_organisation;
  if (!number || *number < first || *number >= first + 1'000'000) return std::nullopt;
  return static_cast<size_t>(*number - first) * 2 + (member ? 1 : 0);
}

Person Linkedin::person(size_t index) const {
  if (index % 2 == 1)
    return {linkedin_urn(index), linkedin_member_name(index / 2), linkedin_member_name(index / 2), {}};
  const Character who = character(index / 2);
  return {linkedin_urn(index), who.name, who.handle, {}};
}

Character Linkedin::speaker(const Post& post) const {
  const Person who = person(post.person);
  return {who.name, who.handle};
}

Person Linkedin::connect(size_t index, Instant now) {
  const size_t member = index % 2 == 1 ? index / 2 : index / 4;
  Grant grant{.kind = "access",
              .person = member,
              .client = std::string(app_id),
              .scopes = std::string(all_scopes),
              .issued = now,
              .expires = now + std::chrono::days(60)};
  Person someone = person(index);
  someone.credential = {{"access", grants_.issue(grant)}};
  grant.kind = "refresh";
  grant.expires = now + std::chrono::days(365);
  someone.credential.emplace_back("refresh", grants_.issue(grant));
  someone.credential.emplace_back("client_id", app_id);
  someone.credential.emplace_back("client_secret", app_secret);
  return someone;
}

Linkedin::Refusal Linkedin::speaks_well(const Call& call) {
  const auto version = call.header("linkedin-version");
  if (!version)
    return linkedin_error(400, "VERSION_MISSING", "A version must be present. Please specify a version.");
  if (std::ranges::find(versions, *version) == versions.end())
    return linkedin_error(426, "NONEXISTENT_VERSION",
                          fmt::format("Requested version {} is not active", *version));
  if (call.header("x-restli-protocol-version") != "2.0.0")
    return linkedin_error(400, "PROTOCOL_VERSION", "X-Restli-Protocol-Version must be 2.0.0");
  if (call.path.find("urn:li:") != std::string::npos)
    return linkedin_error(400, "ILLEGAL_ARGUMENT", "Urns in the path must be percent-encoded");
  if (call.malformed) return linkedin_error(400, "BAD_REQUEST", "Cannot parse request entity");
  return std::nullopt;
}

wire::Response Linkedin::serve(const Call& call) {
  Steps steps(call.steps.begin() + 1, call.steps.end());
  if (steps == Steps{"oauth", "v2", "accessToken"}) return token(call);
  if (steps.size() >= 2 && steps[0] == "dms-uploads") return put(call);
  const auto bearer = call.bearer();
  if (!bearer) return linkedin_error(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token");
  const Grant* grant = grants_.find(*bearer);
  if (!grant || grant->kind != "access")
    return linkedin_error(401, "INVALID_ACCESS_TOKEN", "Invalid access token");
  if (grant->state == Grant::State::revoked)
    return linkedin_error(401, "REVOKED_ACCESS_TOKEN",
                          "The token used in the request has been revoked by the user");
  if (!grant->usable(call.now))
    return linkedin_error(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired");
  const Grant who = *grant;
  if (steps == Steps{"v2", "userinfo"} && call.method() == "GET") return userinfo(who);
  if (steps.empty() || steps[0] != "rest")
    return linkedin_error(404, "NOT_FOUND", "No virtual resource found");
  if (auto refusal = speaks_well(call)) return *refusal;
  // Counted per UTC day and member; nothing is said about it (shared/api-guide/concepts/rate-limits,
  // 2026-09).
  const int64_t day = call.now.us / 86'400'000'000;
  const bool posts = call.method() == "POST" && steps.size() > 1 && steps[1] == "posts";
  const auto reading = meter(fmt::format("{}:{}:{}", posts ? "posts" : "rest", who.person, day),
                             posts ? member_posts : member_day, 24h, call.now);
  if (reading.over) return too_many();
  steps.erase(steps.begin());
  return answer(call, steps, who);
}

wire::Response Linkedin::answer(const Call& call, const Steps& steps, const Grant& grant) {
  const std::string_view method = call.method();
  const std::string& what = steps.empty() ? call.path : steps[0];
  if (what == "images" || what == "videos" || what == "documents") return media(call, steps, grant);
  if (what == "posts" && steps.size() == 1) {
    if (method == "POST") return create(call, grant);
    if (method == "GET") return by_author(call, grant);
  }
  if (what == "posts" && steps.size() == 2) {
    if (method == "GET") return post_node(steps[1]);
    if (method == "DELETE") return remove(steps[1], grant);
  }
  if (what == "socialActions" && steps.size() == 3 && steps[2] == "comments") {
    if (method == "POST") return comment(call, steps[1], grant);
    if (method == "GET") return comments(call, steps[1], grant);
  }
  if (what == "organizationAcls" && steps.size() == 1 && method == "GET") return acls(call, grant);
  if (what == "organizations" && steps.size() == 2 && method == "GET") return organisation(steps[1], grant);
  return linkedin_error(404, "NOT_FOUND", "No virtual resource found: " + call.path);
}

// LinkedIn itself never says when a limit ends. One that was ordered does, or nobody could wait for it.
wire::Response Linkedin::throttled(const Call&, Duration wait, bool silent) {
  wire::Response response = too_many();
  if (!silent) response.headers.push_back({"Retry-After", number_text(seconds_to_wait(wait))});
  return response;
}

wire::Response Linkedin::unavailable(const Call&) {
  return linkedin_error(503, "SERVICE_UNAVAILABLE", "Service unavailable");
}

void Linkedin::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .reply_to = effect.reply_to,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(std::string_view(post.id).substr(post.id.find_last_of(":,") + 1));
  shelf_.add(std::move(post));
}

const Post* Linkedin::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 4 && s[1] == "feed" && s[2] == "update" ? shelf_.find(s[3]) : nullptr;
}

}  // namespace carillon::sandbox
