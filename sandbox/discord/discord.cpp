#include "sandbox/discord/discord.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr int64_t first_webhook = 900'100'000'000'000'000, guild = 700'100'000'000'000'000,
                  first_channel = 800'100'000'000'000'000, epoch_ms = 1'420'070'400'000;

std::string token_of(size_t index) {
  return fmt::format("sandbox-webhook-token-{}", index + 1);
}

// docs.discord.com/developers/topics/rate-limits (2026-08); the numbers are those of its answers.
void add_rate(wire::Response& response, const Reading& reading, Instant now) {
  const double after = static_cast<double>(std::max<int64_t>((reading.reset - now).count(), 0)) / 1e6;
  response.headers.push_back({"X-RateLimit-Limit", number_text(reading.limit)});
  response.headers.push_back({"X-RateLimit-Remaining", number_text(reading.left())});
  response.headers.push_back(
      {"X-RateLimit-Reset", fmt::format("{:.3f}", static_cast<double>(reading.reset.us) / 1e6)});
  response.headers.push_back({"X-RateLimit-Reset-After", fmt::format("{:.3f}", after)});
  response.headers.push_back({"X-RateLimit-Bucket", "sandboxbucket"});
}

wire::Response limited(Duration wait) {
  const double seconds = static_cast<double>(wait.count() + 999) / 1e6;
  wire::Response response = json_answer(
      429,
      json::object{{"message", "You are being rate limited."}, {"retry_after", seconds}, {"global", false}});
  response.headers.push_back({"Retry-After", number_text((wait.count() + 999'999) / 1'000'000)});
  return response;
}

}  // namespace

Discord::Discord(Ground& ground) : Network(ground, "discord", "unused"), ids_(epoch_ms, 22) {}

std::unique_ptr<Network> make_discord(Ground& ground) {
  return std::make_unique<Discord>(ground);
}

wire::Response discord_error(int status, int64_t code, std::string_view message) {
  return json_answer(status, json::object{{"message", message}, {"code", code}});
}

wire::Response discord_invalid(std::string_view field, std::string_view message) {
  const json::object error{
      {"_errors", json::array{json::object{{"code", "BASE_TYPE_BAD"}, {"message", message}}}}};
  return json_answer(
      400, json::object{
               {"message", "Invalid Form Body"}, {"code", 50035}, {"errors", json::object{{field, error}}}});
}

wire::Response Discord::serve(const Call& call) {
  const auto& s = call.steps;
  if (s.size() < 6 || s[1] != "api" || s[2] != "v10" || s[3] != "webhooks")
    return discord_error(404, 0, "404: Not Found");
  const auto index = index_of(s[4]);
  if (!index || std::exchange(refuse_next_, false)) return discord_error(404, 10015, "Unknown Webhook");
  if (s[5] != token_of(*index)) return discord_error(401, 50027, "Invalid Webhook Token");
  const bool one = s.size() == 8 && s[6] == "messages";
  if (call.method() == "GET" && s.size() == 6) return webhook(*index);
  if (call.method() == "POST" && s.size() == 6) return execute(call, *index);
  if (call.method() == "GET" && one) return message(call, *index);
  if (call.method() == "DELETE" && one) return remove(call, *index);
  return discord_error(405, 0, "405: Method Not Allowed");
}

// Five in two seconds, thirty in a minute.
wire::Response Discord::execute(const Call& call, size_t index) {
  Reading reading = meter(fmt::format("burst:{}", index), 5, std::chrono::seconds(2), call.now);
  if (!reading.over) {
    const Reading minute =
        meter_.take(fmt::format("minute:{}", index), 30, std::chrono::minutes(1), call.now);
    if (minute.over) count(minute);
    if (minute.over || minute.left() == 0) reading = minute;
  }
  if (reading.over) {
    wire::Response refusal = limited(reading.reset - call.now);
    add_rate(refusal, reading, call.now);
    return refusal;
  }
  const std::string* waits = nullptr;
  for (const auto& [name, value] : call.query) {
    if (name == "wait") waits = &value;
    if (name != "wait" && name != "thread_id" && name != "with_components")
      return discord_invalid(name, "The sandbox knows no such parameter");
  }
  json::object body;
  if (call.json) body = *call.json;
  if (const auto payload = wire::field(call.form, "payload_json")) {
    boost::system::error_code failed;
    const json::value value = json::parse(*payload, failed);
    if (failed || !value.is_object())
      return discord_error(400, 50109, "The request body contains invalid JSON.");
    body = value.get_object();
  }
  if (call.malformed) return discord_error(400, 50109, "The request body contains invalid JSON.");
  Post post{.person = index, .at = call.now};
  if (auto wrong = read_message(body, call, post)) return *wrong;
  post.id = ids_.next(call.now);
  post.url = fmt::format("{}/channels/{}/{}/{}", base(), guild, first_channel + static_cast<int64_t>(index),
                         post.id);
  const Post& kept = shelf_.add(std::move(post));
  record(kept, std::to_string(first_webhook + static_cast<int64_t>(index)));
  wire::Response response =
      waits && *waits == "true" ? json_answer(200, shown(kept)) : wire::Response{204, {}, ""};
  add_rate(response, reading, call.now);
  return response;
}

wire::Response Discord::webhook(size_t index) const {
  const auto number = static_cast<int64_t>(index);
  return json_answer(200, json::object{{"id", std::to_string(first_webhook + number)},
                                       {"type", 1},
                                       {"name", character(index).name},
                                       {"avatar", nullptr},
                                       {"guild_id", std::to_string(guild)},
                                       {"channel_id", std::to_string(first_channel + number)},
                                       {"token", token_of(index)},
                                       {"application_id", nullptr},
                                       {"url", fmt::format("{}/api/webhooks/{}/{}", base(),
                                                           first_webhook + number, token_of(index))}});
}

json::object Discord::shown(const Post& post) const {
  json::array attachments;
  int64_t number = 0;
  for (const std::string& id : post.media)
    attachments.emplace_back(json::object{{"id", std::to_string(++number)}, {"filename", id}});
  return {{"id", post.id},
          {"type", 0},
          {"content", post.choices.empty() ? post.text : ""},
          {"channel_id", std::to_string(first_channel + static_cast<int64_t>(post.person))},
          {"webhook_id", std::to_string(first_webhook + static_cast<int64_t>(post.person))},
          {"timestamp", iso_millis(post.at)},
          {"attachments", attachments},
          {"embeds", json::array{}}};
}

wire::Response Discord::message(const Call& call, size_t index) {
  const Post* post = shelf_.find(call.steps[7]);
  if (!post || post->person != index) return discord_error(404, 10008, "Unknown Message");
  return json_answer(200, shown(*post));
}

wire::Response Discord::remove(const Call& call, size_t index) {
  Post* post = shelf_.find(call.steps[7]);
  if (!post || post->person != index) return discord_error(404, 10008, "Unknown Message");
  post->gone = true;
  ground_.ledger.strike(name_, std::to_string(first_webhook + static_cast<int64_t>(index)), post->id);
  return {204, {}, ""};
}

wire::Response Discord::throttled(const Call& call, Duration wait, bool silent) {
  if (silent) return discord_error(429, 0, "You are being rate limited.");
  wire::Response response = limited(wait);
  add_rate(response, {5, 5, call.now + wait}, call.now);
  return response;
}

wire::Response Discord::unavailable(const Call&) {
  return discord_error(503, 0, "Service Unavailable");
}

std::optional<size_t> Discord::index_of(std::string_view external_id) const {
  const auto number = to_number(external_id);
  const bool one = number && *number >= first_webhook && *number < first_webhook + 1'000'000;
  return one ? std::optional(static_cast<size_t>(*number - first_webhook)) : std::nullopt;
}

Person Discord::person(size_t index) const {
  return {std::to_string(first_webhook + static_cast<int64_t>(index)),
          character(index).name,
          character(index).name,
          {}};
}

Person Discord::connect(size_t index, Instant) {
  Person someone = person(index);
  someone.credential = {
      {"access", token_of(index)},
      {"webhook", fmt::format("{}/api/webhooks/{}/{}", base(), someone.external_id, token_of(index))}};
  return someone;
}

Character Discord::speaker(const Post& post) const {
  const std::string given = post.spoiler;  // the name that this message was written under
  const Character who = character(post.person);
  return {given.empty() ? who.name : given, "webhook"};
}

void Discord::adopt(const Effect& effect) {
  Post post{.id = effect.external_id,
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  post.media.resize(effect.media);
  ids_.seen(post.id);
  shelf_.add(std::move(post));
}

const Post* Discord::shown_at(const Call& call) {
  const auto& s = call.steps;
  return s.size() == 5 && s[1] == "channels" ? shelf_.find(s[4]) : nullptr;
}

}  // namespace carillon::sandbox
