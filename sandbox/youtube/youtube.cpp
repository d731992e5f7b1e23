#include "sandbox/youtube/youtube.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr std::string_view id_begin = "UCcarillonsandbox";
constexpr std::string_view upload_scope = "https://www.googleapis.com/auth/youtube.upload",
                           read_scope = "https://www.googleapis.com/auth/youtube.readonly";

}  // namespace

Youtube::Youtube(Ground& ground) : Network(ground, "youtube", "ya29.") {}

std::unique_ptr<Network> make_youtube(Ground& ground) {
  return std::make_unique<Youtube>(ground);
}

wire::Response youtube_error(int status, std::string_view reason, std::string_view message) {
  const json::object one{{"message", message}, {"domain", "youtube"}, {"reason", reason}};
  return json_answer(
      status,
      json::object{
          {"error", json::object{{"code", status}, {"message", message}, {"errors", json::array{one}}}}});
}

wire::Response Youtube::serve(const Call& call) {
  if (call.is("POST", {"youtube", "token"})) return token(call);
  if (call.is("POST", {"youtube", "revoke"})) return revoke(call);
  const bool opens = call.is("POST", {"youtube", "upload", "youtube", "v3", "videos"});
  const bool takes = call.is("PUT", {"youtube", "upload", "session", "*"});
  const bool covers = call.is("POST", {"youtube", "upload", "youtube", "v3", "thumbnails", "set"});
  const bool lists = call.is("GET", {"youtube", "youtube", "v3", "channels"});
  const bool shows = call.is("GET", {"youtube", "youtube", "v3", "videos"});
  if (!opens && !takes && !covers && !lists && !shows) return youtube_error(404, "notFound", "Not Found");
  const Grant* grant = grants_.find(call.bearer().value_or(""));
  if (!grant || grant->kind != "access" || !grant->usable(call.now))
    return youtube_error(401, "authError", "Request had invalid authentication credentials.");
  if (!grant->allows(opens || takes || covers ? upload_scope : read_scope))
    return youtube_error(403, "insufficientPermissions", "Request had insufficient authentication scopes.");
  const size_t person = grant->person;
  if (opens) return open(call, person);
  if (takes) return take(call, person);
  if (covers) return set_thumbnail(call, person);
  return lists ? channels(call, person) : videos(call, person);
}

wire::Response Youtube::throttled(const Call&, Duration wait, bool silent) {
  wire::Response response = youtube_error(429, "rateLimitExceeded", "Rate Limit Exceeded");
  if (!silent) response.headers.push_back({"Retry-After", number_text(seconds_to_wait(wait))});
  return response;
}

wire::Response Youtube::unavailable(const Call&) {
  return youtube_error(503, "backendError", "Backend Error");
}

std::optional<size_t> Youtube::index_of(std::string_view external_id) const {
  if (!external_id.starts_with(id_begin)) return std::nullopt;
  const auto number = to_number(external_id.substr(id_begin.size()));
  return number && *number >= 0 && *number < 1'000'000 ? std::optional(static_cast<size_t>(*number))
                                                       : std::nullopt;
}

Person Youtube::person(size_t index) const {
  return {fmt::format("{}{:06}", id_begin, index), character(index).name, character(index).handle, {}};
}

Person Youtube::connect(size_t index, Instant now) {
  Person someone = person(index);
  const auto given =
      json::parse(tokens_for(index, fmt::format("{} {}", upload_scope, read_scope), now, true).body);
  someone.credential = {{"access", std::string(given.at("access_token").as_string())},
                        {"refresh", std::string(given.at("refresh_token").as_string())},
                        {"client_id", std::string(app_id)},
                        {"client_secret", std::string(app_secret)}};
  return someone;
}

void Youtube::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  post.media.resize(effect.media);
  shelf_.add(std::move(post));
}

const Post* Youtube::shown_at(const Call& call) {
  return call.is("GET", {"youtube", "watch"}) ? shelf_.find(call.param_or("v", "")) : nullptr;
}

}  // namespace carillon::sandbox
