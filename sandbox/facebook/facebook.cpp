#include "sandbox/facebook/facebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/digest.h"
#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr int64_t first_page = 615'500'000'000'001, first_user = 10'220'000'000'000'001;
// 200 calls per user and hour; the sandbox's app has twenty users a day. A page with one engaged user.
constexpr int64_t app_calls = 4000, page_calls = 4800;
constexpr std::string_view all_scopes =
    "public_profile pages_show_list pages_manage_posts pages_read_engagement pages_manage_engagement";

std::string version_free(const std::string& step) {
  return step.size() > 1 && step[0] == 'v' && step[1] >= '0' && step[1] <= '9' ? "" : step;
}

std::string usage_of(int64_t percent) {
  return json::serialize(
      json::object{{"call_count", percent}, {"total_cputime", percent / 2}, {"total_time", percent / 2}});
}

std::string page_usage(std::string_view page, int64_t percent, int64_t minutes) {
  const json::object one{{"type", "pages"},
                         {"call_count", percent},
                         {"total_cputime", percent / 2},
                         {"total_time", percent / 2},
                         {"estimated_time_to_regain_access", minutes}};
  return json::serialize(json::object{{page, json::array{one}}});
}

int64_t percent_of(const Reading& reading) {
  return reading.over ? 100 : reading.used * 100 / reading.limit;
}
int64_t minutes_until(Instant then, Instant now) {
  return std::max<int64_t>(1, (then - now).count() / 60'000'000 + 1);
}

}  // namespace

Facebook::Facebook(Ground& ground)
    : Network(ground, "facebook", "EAAS"),
      next_post_(122'100'000'000'000'001),
      next_photo_(122'200'000'000'000'001) {}

std::unique_ptr<Network> make_facebook(Ground& ground) {
  return std::make_unique<Facebook>(ground);
}

std::string facebook_page_id(size_t page) {
  return std::to_string(first_page + static_cast<int64_t>(page));
}
std::string facebook_user_id(size_t user) {
  return std::to_string(first_user + static_cast<int64_t>(user));
}

std::string facebook_user_name(size_t user) {
  constexpr std::array<std::string_view, 3> names = {"Robin Hale", "Sam Okafor", "Mira Lindqvist"};
  return std::string(names[user % names.size()]);
}

bool facebook_truth(const std::optional<std::string>& value, bool otherwise) {
  return value ? *value != "false" && *value != "0" && !value->empty() : otherwise;
}

// developers.facebook.com/docs/graph-api/guides/error-handling (2026-09)
wire::Response Facebook::error(int status, int code, std::string_view message, int subcode) {
  json::object body{{"message", message},
                    {"type", code == 100 || code == 506 ? "GraphMethodException" : "OAuthException"},
                    {"code", code}};
  if (subcode != 0) body["error_subcode"] = subcode;
  body["is_transient"] = code == 1 || code == 2 || code == 4 || code == 32;
  body["fbtrace_id"] = "A" + random_token(ground_.random, 16);
  return json_answer(status, json::object{{"error", body}});
}

wire::Response Facebook::missing_object(std::string_view id) {
  return error(400, 100,
               fmt::format("Unsupported request. Object with ID '{}' does not exist, cannot be loaded due to "
                           "missing permissions, or does not support this operation.",
                           id),
               33);
}

wire::Response Facebook::needs_permission(std::string_view names) {
  return error(
      403, 200,
      fmt::format(
          "(#200) This needs the permission(s) {} as an admin with sufficient administrative permission",
          names));
}

Facebook::Refusal Facebook::unknown_parameter(const Call& call,
                                              std::initializer_list<std::string_view> known) {
  constexpr std::array<std::string_view, 4> everywhere = {"access_token", "appsecret_proof", "fields",
                                                          "format"};
  for (const std::string& name : call.names()) {
    if (std::ranges::find(known, std::string_view(name)) != known.end() ||
        std::ranges::find(everywhere, name) != everywhere.end())
      continue;
    return error(
        400, 100,
        fmt::format("(#100) Unknown parameter: {} (the sandbox refuses what the documentation does not name)",
                    name));
  }
  return std::nullopt;
}

Facebook::Refusal Facebook::authenticate(const Call& call, Caller& caller) {
  const auto header = call.header("authorization");
  const std::string oauth = header && header->starts_with("OAuth ") ? std::string(header->substr(6)) : "";
  caller.token = call.param_or("access_token", call.bearer().value_or(oauth));
  if (caller.token.empty()) return error(400, 104, "An access token is required to request this resource.");
  const Grant* grant = grants_.find(caller.token);
  if (!grant) return error(400, 190, "Invalid OAuth access token - Cannot parse access token");
  if (grant->state == Grant::State::revoked)
    return error(400, 190,
                 "Error validating access token: The user has not authorized application carillon-sandbox.",
                 458);
  if (!grant->usable(call.now)) {
    const Instant end = std::min(grant->expires, call.now);
    return error(
        400, 190,
        fmt::format("Error validating access token: Session has expired on {}. The current time is {}.",
                    iso_offset(end), iso_offset(call.now)),
        463);
  }
  const auto proof = call.param("appsecret_proof");
  if (proof && !same_secret(*proof, to_hex(hmac_sha256(app_secret, caller.token))))
    return error(400, 100, "Invalid appsecret_proof provided in the API argument");
  caller.grant = *grant;
  return std::nullopt;
}

// Usage in percent on every answer; refused at 100 (docs/graph-api/overview/rate-limiting, 2026-09).
Facebook::Refusal Facebook::over_limit(const Call& call, const Caller& caller, wire::Headers& usage) {
  const Reading app = meter("app", app_calls, 1h, call.now);
  usage.push_back({"X-App-Usage", usage_of(percent_of(app))});
  if (app.over) return error(400, 4, "(#4) Application request limit reached");
  if (!caller.page()) return std::nullopt;
  const Reading page = meter(fmt::format("page:{}", caller.grant.person), page_calls, 24h, call.now);
  usage.push_back(
      {"X-Business-Use-Case-Usage", page_usage(facebook_page_id(caller.grant.person), percent_of(page),
                                               page.over ? minutes_until(page.reset, call.now) : 0)});
  return page.over ? Refusal(error(400, 32, "(#32) Page request limit reached")) : std::nullopt;
}

wire::Response Facebook::throttled(const Call& call, Duration wait, bool silent) {
  wire::Response response = error(400, 32, "(#32) Page request limit reached");
  if (silent) return response;
  Caller caller;
  const bool page = !authenticate(call, caller) && caller.page();
  response.headers.push_back({"X-App-Usage", usage_of(1)});
  response.headers.push_back(
      {"X-Business-Use-Case-Usage", page_usage(facebook_page_id(page ? caller.grant.person : 0), 100,
                                               minutes_until(call.now + wait - 1us, call.now))});
  return response;
}

wire::Response Facebook::unavailable(const Call&) {
  return error(503, 2, "An unexpected error has occurred. Please retry your request later.");
}

wire::Response Facebook::serve(const Call& call) {
  Steps steps(call.steps.begin() + 1, call.steps.end());
  if (!steps.empty() && version_free(steps[0]).empty()) steps.erase(steps.begin());
  if (call.malformed) return error(400, 100, "(#100) The body could not be read.");
  if (steps == Steps{"oauth", "access_token"}) return token(call);
  if (steps == Steps{"debug_token"} && call.method() == "GET") return debug_token(call);
  Caller caller;
  if (auto refusal = authenticate(call, caller)) return *refusal;
  wire::Headers usage;
  auto refusal = over_limit(call, caller, usage);
  wire::Response response = refusal ? *refusal : answer(call, steps, caller);
  response.headers.insert(response.headers.end(), usage.begin(), usage.end());
  return response;
}

wire::Response Facebook::answer(const Call& call, const Steps& steps, const Caller& caller) {
  if (steps.size() == 3 && steps[0] == "video-upload" && call.method() == "POST")
    return take_video(call, steps[2], caller);
  if (steps.empty() || steps.size() > 2) return error(400, 2500, "Unknown path components: " + call.path);
  const std::string own =
      caller.page() ? facebook_page_id(caller.grant.person) : facebook_user_id(caller.grant.person);
  const std::string id = steps[0] == "me" ? own : steps[0];
  if (steps.size() == 1) return answer_object(call, id, caller);
  return answer_edge(call, id, steps[1], caller);
}

wire::Response Facebook::answer_object(const Call& call, const std::string& id, const Caller& caller) {
  if (Post* post = shelf_.find(id)) {
    if (call.method() == "GET") return post_node(call, *post);
    if (call.method() == "POST") return change(call, *post, caller);
    if (call.method() == "DELETE") return remove(*post, caller);
  }
  if (call.method() != "GET") return missing_object(id);
  if (const auto page = index_of(id)) return page_node(call, *page);
  if (!caller.page() && id == facebook_user_id(caller.grant.person))
    return user_node(call, caller.grant.person);
  if (const Medium* medium = gallery_.find(id))
    return medium->kind() == "video" ? video_node(call, *medium) : photo_node(call, *medium);
  return missing_object(id);
}

wire::Response Facebook::answer_edge(const Call& call, const std::string& id, const std::string& edge,
                                     const Caller& caller) {
  const bool self = !caller.page() && id == facebook_user_id(caller.grant.person);
  if (self && edge == "accounts" && call.method() == "GET") return accounts(call, caller);
  if (self && edge == "permissions" && call.method() == "DELETE") {
    const size_t user = caller.grant.person;
    grants_.revoke_where(
        [&](const Grant& g) { return g.kind == "user" ? g.person == user : g.person / 2 == user; });
    return json_answer(200, json::object{{"success", true}});
  }
  if (edge == "comments")
    return call.method() == "POST" ? comment(call, id, caller) : comments(call, id, caller);
  const auto page = index_of(id);
  if (!page) return missing_object(id);
  if (call.method() == "POST") {
    if (auto refusal = may_publish(id, caller)) return *refusal;
    return publish_edge(call, edge, caller);
  }
  const bool listed = edge == "published_posts" || edge == "feed" || edge == "posts" ||
                      edge == "scheduled_posts" || edge == "stories";
  if (call.method() != "GET" || !listed) return error(400, 2500, "Unknown path components: /" + edge);
  if (!caller.page() || caller.grant.person != *page || !caller.grant.allows("pages_read_engagement"))
    return needs_permission("pages_read_engagement");
  return edge == "stories" ? stories(call, *page) : list(call, *page, edge);
}

wire::Response Facebook::publish_edge(const Call& call, const std::string& edge, const Caller& caller) {
  if (edge == "feed") return create(call, caller);
  if (edge == "photos") return photo(call, caller);
  if (edge == "videos") return video_edge(call, caller, "video");
  if (edge == "video_reels") return video_edge(call, caller, "reel");
  if (edge == "video_stories") return video_edge(call, caller, "story");
  if (edge == "photo_stories") return photo_story(call, caller);
  return error(400, 2500, "Unknown path components: /" + edge);
}

std::optional<size_t> Facebook::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  const bool page = number && *number >= first_page && *number < first_page + 1'000'000;
  return page ? std::optional(static_cast<size_t>(*number - first_page)) : std::nullopt;
}

Person Facebook::person(size_t index) const {
  const Character who = character(index);
  return {facebook_page_id(index), who.name, who.handle, {}};
}

Person Facebook::connect(size_t index, Instant now) {
  const Grant user{.kind = "user",
                   .person = index / 2,
                   .client = std::string(app_id),
                   .scopes = std::string(all_scopes),
                   .issued = now,
                   .expires = now + std::chrono::days(60)};
  const std::string page = page_token(index, user, now);
  Person someone = person(index);
  someone.credential = {{"access", page},
                        {"page", page},
                        {"user", grants_.issue(user)},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void Facebook::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  post.media.resize(effect.media);
  const size_t tail = post.id.find('_') + 1;
  next_post_ = std::max(next_post_, to_number(std::string_view(post.id).substr(tail)).value_or(0) + 1);
  said_[fmt::format("{}\n{}\n", post.person, post.text)] = post.id;
  shelf_.add(std::move(post));
}

void Facebook::settle(Instant now) {
  for (const Post& post : working_)
    if (post.at <= now) put(post, now);
  std::erase_if(working_, [&](const Post& post) { return post.at <= now; });
  std::erase_if(scheduled_, [&](const std::string& id) {
    Post* post = shelf_.find(id);
    if (!post || post->out || post->at <= now) {
      if (post && !post->out) {
        post->out = true;
        record(*post, facebook_page_id(post->person));
      }
      return true;
    }
    return false;
  });
}

const Post* Facebook::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 3 && s[1] == "posts" ? shelf_.find(s[2]) : nullptr;
}

}  // namespace carillon::sandbox
