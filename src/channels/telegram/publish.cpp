// A message in a Telegram chat: one request. When its answer is lost nobody can be asked: a person must look.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {

namespace json = boost::json;

// The token stands in the path; it is put in by net/. https://core.telegram.org/bots/api#making-requests
// (2026-06)
wire::Request request(const std::string& api_base, const std::string& method) {
  wire::Request request;
  request.method = "POST";
  request.url = api_base + "/bot{token}/" + method;
  request.secrets = {{"access", wire::Insert::Place::path, "{token}"}};
  return request;
}

namespace {

// A group that became a supergroup has a new number: Telegram said so, and it is kept in the progress.
std::string chat_of(const Job& job, const json::object& facts) {
  const std::string moved = kept_text(facts, "chat");
  return moved.empty() ? job.from.external_id : moved;
}

// https://core.telegram.org/bots/api#sendmessage (2026-06)
wire::Request text_request(const Job& job, const json::object& facts) {
  const json::object& options = job.content.options;
  json::object body = {{"chat_id", chat_of(job, facts)}, {"text", message_of(job.body(), options)}};
  if (const auto mode = parse_mode_of(options); !mode.empty()) body["parse_mode"] = mode;
  if (option_is(job, "link_preview", "false")) body["link_preview_options"] = {{"is_disabled", true}};
  if (option_is(job, "silent", "true")) body["disable_notification"] = true;
  wire::Request made = request(job.from.api_base, "sendMessage");
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return made;
}

// The text of the post is the question. https://core.telegram.org/bots/api#sendpoll (2026-06)
wire::Request poll_request(const Job& job, const json::object& facts) {
  const Poll& poll = *job.body().poll;
  json::array answers;
  for (const std::string& answer : poll.options) answers.emplace_back(json::object{{"text", answer}});
  json::object body = {{"chat_id", chat_of(job, facts)},
                       {"question", with_link(job.body())},
                       {"options", std::move(answers)},
                       {"open_period", poll.open.count() / 1'000'000}};
  if (poll.multiple) body["allows_multiple_answers"] = true;
  if (option_is(job, "silent", "true")) body["disable_notification"] = true;
  wire::Request made = request(job.from.api_base, "sendPoll");
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return made;
}

std::string_view type_of(const MediaFacts& file) {
  const auto kind = kind_of(file);
  if (kind == "document") return "document";
  return kind == "image" ? "photo" : kind == "gif" ? "animation" : "video";
}

// https://core.telegram.org/bots/api#sendphoto, #sendvideo, #sendanimation, #senddocument (2026-06)
std::string single_method(const MediaFacts& file) {
  const auto type = type_of(file);
  if (type == "document") return "sendDocument";
  return type == "photo" ? "sendPhoto" : type == "animation" ? "sendAnimation" : "sendVideo";
}

// A picture that stands for the video until it is played; sent under a name of its own.
std::string cover_name(size_t which) {
  return fmt::format("cover{}", which);
}

bool has_cover(const MediaFacts& file) {
  return type_of(file) == "video" && !file.cover.empty();
}

std::vector<wire::Part> single_parts(const Job& job) {
  std::vector<wire::Part> parts;
  const std::string caption = message_of(job.body(), job.content.options);
  const std::string mode = parse_mode_of(job.content.options);
  if (!caption.empty()) parts.push_back(text_part("caption", caption));
  if (!caption.empty() && !mode.empty()) parts.push_back(text_part("parse_mode", mode));
  parts.push_back(file_part(std::string(type_of(job.media[0])), job.media[0]));
  if (!has_cover(job.media[0])) return parts;
  parts.push_back(text_part("cover", "attach://" + cover_name(0)));
  parts.push_back(file_part(cover_name(0), job.media[0].cover[0]));
  return parts;
}

// https://core.telegram.org/bots/api#sendmediagroup (2026-06); the caption stands on the first.
std::vector<wire::Part> album_parts(const Job& job) {
  const std::string caption = message_of(job.body(), job.content.options);
  const std::string mode = parse_mode_of(job.content.options);
  json::array album;
  for (size_t i = 0; i < job.media.size(); ++i) {
    json::object one = {{"type", json::string(type_of(job.media[i]))},
                        {"media", fmt::format("attach://file{}", i)}};
    if (has_cover(job.media[i])) one["cover"] = "attach://" + cover_name(i);
    if (i == 0 && !caption.empty()) one["caption"] = caption;
    if (i == 0 && !caption.empty() && !mode.empty()) one["parse_mode"] = mode;
    album.push_back(std::move(one));
  }
  std::vector<wire::Part> parts = {text_part("media", json::serialize(album))};
  for (size_t i = 0; i < job.media.size(); ++i) {
    parts.push_back(file_part(fmt::format("file{}", i), job.media[i]));
    if (has_cover(job.media[i])) parts.push_back(file_part(cover_name(i), job.media[i].cover[0]));
  }
  return parts;
}

wire::Request media_request(const Job& job, const json::object& facts) {
  const bool album = job.media.size() > 1;
  std::vector<wire::Part> parts = {text_part("chat_id", chat_of(job, facts))};
  if (option_is(job, "silent", "true")) parts.push_back(text_part("disable_notification", "true"));
  for (wire::Part& part : album ? album_parts(job) : single_parts(job)) parts.push_back(std::move(part));
  uint64_t bytes = 0;
  for (const MediaFacts& file : job.media) bytes += file.bytes + (has_cover(file) ? file.cover[0].bytes : 0);
  wire::Request made = request(job.from.api_base, album ? "sendMediaGroup" : single_method(job.media[0]));
  made.body = form_of(job, std::move(parts));
  made.timeout = time_for(bytes);
  return made;
}

Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  auto made = job.body().poll     ? poll_request(job, facts)
              : job.media.empty() ? text_request(job, facts)
                                  : media_request(job, facts);
  return {std::move(made), Repeat::never, true, {"chat", "bot"}, {"publish", std::move(facts)}};
}

// Public: https://t.me/{username}/{id}; private: https://t.me/c/{number without -100}/{id}.
std::string link_to(const json::value& message, const std::string& chat, const std::string& id) {
  if (const auto name = text_at(message, {"chat", "username"}); !name.empty())
    return "https://t.me/" + name + "/" + id;
  if (chat.starts_with('@')) return "https://t.me/" + chat.substr(1) + "/" + id;
  return chat.starts_with("-100") ? "https://t.me/c/" + chat.substr(4) + "/" + id : std::string();
}

}  // namespace

Move TelegramChannel::due(const Job& job, const Progress& progress) const {
  return publish(job, progress.facts);
}

Move TelegramChannel::replied(const Job& job, const Progress& progress,
                              const wire::Response& response) const {
  const auto answer = read_json(response.body);
  if (!accepted(response) || !answer || !true_at(*answer, {"ok"})) {
    const std::string moved = answer ? text_at(*answer, {"parameters", "migrate_to_chat_id"}) : "";
    const bool again = response.status == 400 && !moved.empty() && moved != chat_of(job, progress.facts);
    if (!again) return fault_in(response);
    json::object facts = progress.facts;
    facts["chat"] = moved;
    return publish(job, std::move(facts));
  }
  const json::value* result = look(*answer, {"result"});
  if (result != nullptr && result->is_array() && !result->get_array().empty())
    result = &result->get_array()[0];
  const std::string id = result == nullptr ? "" : text_at(*result, {"message_id"});
  if (id.empty()) return unreadable(telegram_traits().label, response);
  const std::string chat = chat_of(job, progress.facts);
  return Done{id, permalink(job.from, id, link_to(*result, chat, id))};
}

Move TelegramChannel::vanished(const Job& job, const Progress& progress) const {
  const std::string where = job.from.name.empty() ? job.from.external_id : job.from.name;
  return Unclear{"Telegram did not answer, and a bot cannot read back what it wrote. Look into " + where +
                 " and say whether the message is there."};
}

Move TelegramChannel::disproved(const Job& job, const Progress& progress) const {
  return publish(job, progress.facts);
}

}  // namespace carillon::channels::telegram
