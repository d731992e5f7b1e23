#include "sandbox/containers.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr int64_t account_calls = 4800, app_calls = 20'000;
constexpr std::chrono::hours container_life(24);
constexpr std::chrono::seconds images_take(1), videos_take(6);

std::string usage_of(int64_t percent) {
  return json::serialize(
      json::object{{"call_count", percent}, {"total_cputime", percent / 2}, {"total_time", percent / 2}});
}

int64_t percent_of(const Reading& reading) {
  return reading.over ? 100 : reading.used * 100 / reading.limit;
}

std::string account_usage(std::string_view account, std::string_view kind, int64_t percent, int64_t minutes) {
  const json::object one{{"type", kind},
                         {"call_count", percent},
                         {"total_cputime", percent / 2},
                         {"total_time", percent / 2},
                         {"estimated_time_to_regain_access", minutes}};
  return json::serialize(json::object{{account, json::array{one}}});
}

std::vector<std::string> names_in(std::string_view fields) {
  std::vector<std::string> names;
  int depth = 0;
  std::string name;
  for (const char c : fields) {
    if (c == '{') ++depth;
    if (c == ',' && depth == 0)
      names.push_back(std::exchange(name, {}));
    else if (depth == 0 && c != ' ')
      name += c;
    if (c == '}') --depth;
  }
  if (!name.empty()) names.push_back(name);
  return names;
}

bool is_version(const std::string& step) {
  return step.size() > 1 && step[0] == 'v' && step[1] >= '0' && step[1] <= '9';
}

}  // namespace

Containers::Containers(Ground& ground, std::string_view name, std::string_view prefix,
                       std::string_view letters, int64_t first)
    : Network(ground, name, prefix), letters_(letters), first_(first), ids_(1'400'000'000'000, 20) {}

wire::Response Containers::error(int status, int code, std::string_view message, int subcode) {
  json::object body{
      {"message", message}, {"type", code == 190 ? "OAuthException" : "IGApiException"}, {"code", code}};
  if (subcode != 0) body["error_subcode"] = subcode;
  body["is_transient"] = code == 1 || code == 2 || code == 4 || code == 32;
  body["fbtrace_id"] = "A" + random_token(ground_.random, 16);
  return json_answer(status, json::object{{"error", body}});
}

wire::Response Containers::missing(std::string_view id) {
  return error(
      400, 100,
      fmt::format("Unsupported request. Object with ID '{}' does not exist, cannot be loaded due to missing "
                  "permissions, or does not support this operation",
                  id),
      33);
}

Containers::Refusal Containers::unknown_parameter(const Call& call,
                                                  std::initializer_list<std::string_view> known) {
  for (const std::string& name : call.names()) {
    if (name == "access_token" || name == "fields" ||
        std::ranges::find(known, std::string_view(name)) != known.end())
      continue;
    return error(
        400, 100,
        fmt::format("(#100) Unknown parameter: {} (the sandbox refuses what the documentation does not name)",
                    name));
  }
  return std::nullopt;
}

Containers::Refusal Containers::needs(const Grant& grant, std::string_view scope) {
  if (grant.allows(scope)) return std::nullopt;
  return error(403, 10, fmt::format("(#10) Application does not have permission for this action: {}", scope));
}

Containers::Refusal Containers::authenticate(const Call& call, Grant& grant) {
  const std::string token = call.param_or("access_token", call.bearer().value_or(""));
  if (token.empty()) return error(400, 104, "An access token is required to request this resource.");
  const Grant* found = grants_.find(token);
  if (!found) return error(400, 190, "Invalid OAuth access token - Cannot parse access token");
  if (!found->usable(call.now))
    return error(400, 190, "Error validating access token: Session has expired", 463);
  grant = *found;
  return std::nullopt;
}

wire::Response Containers::serve(const Call& call) {
  Steps steps(call.steps.begin() + 1, call.steps.end());
  if (call.malformed) return error(400, 100, "(#100) The body could not be read.");
  if (steps == Steps{"oauth", "access_token"}) return token(call);
  if (steps == Steps{"access_token"}) return longer(call, true);
  if (steps == Steps{"refresh_access_token"}) return longer(call, false);
  if (!steps.empty() && is_version(steps[0])) steps.erase(steps.begin());
  Grant grant;
  if (auto refusal = authenticate(call, grant)) return *refusal;
  const Reading app = meter("app", app_calls, 1h, call.now);
  const Reading account = meter(fmt::format("account:{}", grant.person), account_calls, 24h, call.now);
  wire::Response response = app.over       ? error(400, 4, "(#4) Application request limit reached")
                            : account.over ? error(400, 32, "(#32) Account request limit reached")
                                           : answer(call, steps, grant);
  const int64_t minutes = account.over ? (account.reset - call.now).count() / 60'000'000 + 1 : 0;
  response.headers.push_back({"X-App-Usage", usage_of(percent_of(app))});
  response.headers.push_back(
      {"X-Business-Use-Case-Usage", account_usage(id_of(grant.person), name_, percent_of(account), minutes)});
  return response;
}

wire::Response Containers::throttled(const Call& call, Duration wait, bool silent) {
  wire::Response response = error(400, 4, "(#4) Application request limit reached");
  if (silent) return response;
  Grant grant;
  const bool known = !authenticate(call, grant);
  response.headers.push_back(
      {"X-Business-Use-Case-Usage",
       account_usage(id_of(known ? grant.person : 0), name_, 100, (wait - 1us).count() / 60'000'000 + 1)});
  return response;
}

wire::Response Containers::unavailable(const Call&) {
  return error(503, 2, "An unexpected error has occurred. Please retry your request later.");
}

std::optional<size_t> Containers::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  const bool ours = number && *number >= first_ && *number < first_ + 1'000'000;
  return ours ? std::optional(static_cast<size_t>(*number - first_)) : std::nullopt;
}

Person Containers::person(size_t index) const {
  const Character who = character(index);
  return {id_of(index), who.name, who.handle, {}};
}

Person Containers::connect(size_t index, Instant now) {
  std::string scopes;
  for (const Wish& wish : wishes()) scopes += (scopes.empty() ? "" : " ") + std::string(wish.name);
  const std::string access = grants_.issue({.kind = "long",
                                            .person = index,
                                            .client = std::string(app_id),
                                            .scopes = scopes,
                                            .issued = now - 25h,  // old enough to be refreshed
                                            .expires = now + std::chrono::days(60)});
  Person someone = person(index);
  someone.credential = {{"access", access},
                        {"refresh", access},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void Containers::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .reply_to = effect.reply_to,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(post.id);
  shelf_.add(std::move(post));
}

const Post* Containers::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 3 && s[1] == "p" ? shelf_.find(s[2]) : nullptr;
}

wire::Response Containers::selected(const Call& call, const json::object& whole, std::string_view otherwise) {
  json::object out;
  for (const std::string& name : names_in(call.param_or("fields", otherwise))) {
    const json::value* value = whole.if_contains(name);
    if (!value) return error(400, 100, fmt::format("(#100) Tried accessing nonexisting field ({})", name));
    if (!value->is_null()) out[name] = *value;
  }
  if (whole.contains("id")) out["id"] = whole.at("id");
  return json_answer(200, out);
}

wire::Response Containers::listed(const Call& call, size_t person, bool replies, std::string_view otherwise) {
  if (auto refusal = unknown_parameter(call, {"since", "until", "limit", "after", "before"})) return *refusal;
  const auto since = to_number(call.param_or("since", "0"));
  if (!since) return error(400, 100, "(#100) Param since must be a time");
  const auto limit =
      static_cast<size_t>(std::clamp<int64_t>(to_number(call.param_or("limit", "25")).value_or(25), 1, 100));
  const auto first =
      static_cast<size_t>(std::max<int64_t>(0, to_number(call.param_or("after", "0")).value_or(0)));
  size_t skip = first;
  json::array data;
  bool more = false;
  for (auto post = shelf_.posts().rbegin(); post != shelf_.posts().rend() && !more; ++post) {
    if (post->person != person || post->gone || post->at.seconds() < *since ||
        post->reply_to.empty() == replies)
      continue;
    if (skip > 0) {
      --skip;
      continue;
    }
    more = data.size() == limit;
    if (more) break;
    const wire::Response one = selected(call, shown(*post, call.now), otherwise);
    if (one.status != 200) return one;
    data.push_back(json::parse(one.body));
  }
  json::object body{{"data", data}};
  if (!data.empty())
    body["paging"] = {{"cursors",
                       {{"before", number_text(static_cast<int64_t>(first))},
                        {"after", number_text(static_cast<int64_t>(first + data.size()))}}}};
  if (more) body["paging"].get_object()["next"] = ground_.base_url + call.path;
  return json_answer(200, body);
}

void Containers::fill(Container& container, const std::string& url, bool video, std::string_view alt,
                      Instant now) {
  const auto found = found_at(ground_, url, video ? "video/mp4" : "image/jpeg");
  container.ready = now + (video ? Duration(videos_take) : Duration(images_take));
  container.failure = found ? failure_of(*found, container) : "unreachable";
  Medium& medium = gallery_.add({.id = ids_.next(now),
                                 .type = found && !found->type.empty() ? found->type
                                         : video                       ? "video/mp4"
                                                                       : "image/jpeg",
                                 .alt = std::string(alt),
                                 .size = found ? found->size : 0,
                                 .person = container.post.person,
                                 .made = now,
                                 .ready = container.ready});
  if (found) gallery_.keep_bytes(medium, found->bytes);
  container.post.media = {medium.id};
}

Containers::Container& Containers::keep(Container made, Instant now) {
  made.id = ids_.next(now);
  made.made = now;
  if (made.ready < now) made.ready = now;
  return containers_.insert_or_assign(made.id, std::move(made)).first->second;
}

Containers::Container* Containers::container(std::string_view id) {
  const auto found = containers_.find(std::string(id));
  return found == containers_.end() ? nullptr : &found->second;
}

wire::Response Containers::published_already(std::initializer_list<std::pair<int, int>> errors) {
  const auto& [code, subcode] = *(errors.begin() + ground_.random.below(errors.size()));
  return error(400, code, "The requested resource cannot be published", subcode);
}

std::string_view Containers::standing(const Container& one, Instant now) const {
  if (one.published) return "PUBLISHED";
  if (now >= one.made + container_life) return "EXPIRED";
  if (now < one.ready) return "IN_PROGRESS";
  return one.failure.empty() ? "FINISHED" : "ERROR";
}

Post& Containers::publish(Container& one, Instant now) {
  one.published = true;
  Post post = one.post;
  post.id = ids_.next(now);
  post.url = fmt::format("{}/p/{}", base(), post.id);
  post.at = now;
  Post& kept = shelf_.add(std::move(post));
  record(kept, id_of(kept.person));
  return kept;
}

}  // namespace carillon::sandbox
