// Sending: core.telegram.org/bots/api#sendmessage, #sendphoto, #sendvideo, #sendmediagroup; limits:
// core.telegram.org/bots/faq (2026-06). Rights come before content, content before limits.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/telegram/telegram.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_text = 4096, max_caption = 1024;
constexpr uint64_t max_photo = 10 << 20, max_file = 50 << 20;

wire::Response bad(std::string_view what) {
  return telegram_error(400, fmt::format("Bad Request: {}", what));
}

bool good_type(std::string_view kind, std::string_view type) {
  if (kind == "photo") return type.starts_with("image/");
  if (kind == "video") return type == "video/mp4" || type == "video/quicktime";
  if (kind == "animation") return type == "image/gif" || type == "video/mp4";
  return true;
}

std::string_view wrong_type(std::string_view kind) {
  return kind == "photo" ? "IMAGE_PROCESS_FAILED" : "VIDEO_CONTENT_TYPE_INVALID";
}

}  // namespace

// About one a second and chat with bursts, 20 a minute in groups, about 30 a second in all.
Telegram::Refusal Telegram::may_post(const Call& call, const Chat& chat) {
  if (chat.standing == "stranger")
    return telegram_error(403, "Forbidden: bot is not a member of the channel chat");
  if (chat.standing == "kicked")
    return telegram_error(403, "Forbidden: bot was kicked from the channel chat");
  if (chat.standing == "reader") return bad("need administrator rights in the channel chat");
  Reading reading = meter_.pour("bot", 30, Duration(33'333), call.now);
  if (!reading.over) {
    reading = chat.type == "channel" ? meter_.pour(fmt::format("chat:{}", chat.id), 5, 1s, call.now)
                                     : meter_.pour(fmt::format("chat:{}", chat.id), 20, 3s, call.now);
  }
  Network::count(reading);
  if (!reading.over) return std::nullopt;
  return throttled(call, reading.reset - call.now, false);
}

Telegram::Refusal Telegram::read_words(const Call& call, std::string_view field, size_t limit, Post& post,
                                       json::array& entities) {
  const std::string given = call.param_or(field, "");
  const std::string mode = call.param_or("parse_mode", "");
  if (!is_utf8(given)) return bad("strings must be encoded in UTF-8");
  Marked marked;
  if (mode.empty())
    marked.text = given;
  else if (mode == "HTML")
    marked = telegram_html(given);
  else if (mode == "MarkdownV2")
    marked = telegram_markdown(given);
  else
    return bad("unsupported parse_mode");
  if (!marked.wrong.empty()) return bad(fmt::format("can't parse entities: {}", marked.wrong));
  post.text = std::string(trimmed(marked.text));
  entities = std::move(marked.entities);
  const bool caption = field == "caption";
  if (!caption && post.text.empty()) return bad("message text is empty");
  if (utf16_units(post.text) > limit)
    return bad(caption ? "message caption is too long" : "message is too long");
  return std::nullopt;
}

Telegram::Refusal Telegram::read_reply(const Call& call, const Chat& chat, Post& post) const {
  const auto text = call.param("reply_parameters");
  if (!text) return std::nullopt;
  boost::system::error_code failed;
  const json::value value = json::parse(*text, failed);
  const json::value* id =
      !failed && value.is_object() ? value.get_object().if_contains("message_id") : nullptr;
  if (!id || !id->is_int64()) return bad("can't parse reply parameters JSON object");
  const json::value* lenient = value.get_object().if_contains("allow_sending_without_reply");
  post.reply_to = std::to_string(id->get_int64());
  if (shelf_.find(fmt::format("{}/{}", chat.id, post.reply_to))) return std::nullopt;
  if (lenient && lenient->is_bool() && lenient->get_bool()) return post.reply_to.clear(), std::nullopt;
  return bad("message to be replied not found");
}

// A file as it may be given: multipart, attach://name, an address, or the id of a file sent before.
Telegram::Refusal Telegram::attach(const Call& call, std::string_view kind, const std::string& given,
                                   Attachment& out) {
  const Upload* file = call.upload(given.starts_with("attach://") ? std::string_view(given).substr(9)
                                   : given.empty()                ? kind
                                                                  : std::string_view("\n"));
  if (given.starts_with("attach://") && !file)
    return bad(fmt::format("can't parse InputMedia: {} not found", given));
  if (file && (file->filename.empty() || file->size == 0)) return bad("file must be non-empty");
  if (file && file->size > max_file) return telegram_error(413, "Request Entity Too Large");
  if (file && kind == "photo" && file->size > max_photo) return bad("file is too big");
  if (file && !good_type(kind, file->type())) return bad(wrong_type(kind));
  if (!file && given.empty()) return bad(fmt::format("there is no {} in the request", kind));
  const bool address = given.starts_with("http://") || given.starts_with("https://");
  if (address && !wire::parse_url(given)) return bad("wrong HTTP URL specified");
  const Medium* before = gallery_.find(given);
  if (!file && !address && !before) return bad("wrong remote file identifier specified: Wrong string length");
  if (before)
    out.medium = before->id;
  else {
    const std::string type = file ? file->type() : kind == "photo" ? "image/jpeg" : "video/mp4";
    Medium& medium = gallery_.add({.id = fmt::format("AgAC{:08}", ++last_file_),
                                   .type = type.empty() ? "application/octet-stream" : type,
                                   .size = file ? file->size : 0,
                                   .made = call.now,
                                   .ready = call.now});
    if (file) gallery_.keep_bytes(medium, file->bytes);
    out.medium = medium.id;
  }
  const Medium& medium = *gallery_.find(out.medium);
  json::object shown{{"file_id", medium.id}, {"file_unique_id", medium.id}, {"file_size", medium.size}};
  if (kind == "document")
    shown["mime_type"] = medium.type;
  else {
    shown["width"] = 1280;
    shown["height"] = 720;
    if (kind != "photo") shown["duration"] = 1;
  }
  if (kind == "photo")
    out.shown[kind] = json::array{shown};
  else
    out.shown[kind] = shown;
  return std::nullopt;
}

// #sendvideo, #inputmediavideo (2026-06): a picture that is uploaded with the video, or known already.
Telegram::Refusal Telegram::attach_cover(const Call& call, std::string_view kind, const std::string& given,
                                         const Attachment& video) {
  if (given.empty()) return std::nullopt;
  if (kind != "video") return bad("cover is for videos");
  Attachment picture;
  if (auto refusal = attach(call, "photo", given, picture)) return refusal;
  gallery_.find(video.medium)->cover = picture.medium;
  return std::nullopt;
}

// `messages` ids are used up; the first is the post's.
int64_t Telegram::keep(const Chat& chat, Post post, size_t messages) {
  int64_t& last = last_message_[chat.id];
  const int64_t id = last + 1;
  last += static_cast<int64_t>(messages);
  post.id = fmt::format("{}/{}", chat.id, id);
  post.url = fmt::format("{}/{}/{}", base(), chat.username, id);
  post.person = chat.index;
  record(shelf_.add(std::move(post)), std::to_string(chat.id), std::to_string(id));
  return id;
}

json::object Telegram::message(const Chat& chat, const Post& post, int64_t id) const {
  const json::object where{
      {"id", chat.id}, {"title", chat.title}, {"username", chat.username}, {"type", chat.type}};
  json::object out{{"message_id", id}, {"sender_chat", where}, {"chat", where}, {"date", post.at.seconds()}};
  if (!post.reply_to.empty())
    out["reply_to_message"] =
        json::object{{"message_id", to_number(post.reply_to).value_or(0)}, {"chat", where}};
  return out;
}

wire::Response Telegram::send_text(const Call& call) {
  if (auto refusal = telegram_unknown(
          call, {"chat_id", "text", "parse_mode", "entities", "link_preview_options", "disable_notification",
                 "protect_content", "reply_parameters", "reply_markup", "message_thread_id",
                 "direct_messages_topic_id", "message_effect_id", "business_connection_id",
                 "allow_paid_broadcast", "suggested_post_parameters"}))
    return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  Post post{.at = call.now};
  json::array entities;
  if (auto refusal = read_words(call, "text", max_text, post, entities)) return *refusal;
  if (auto refusal = read_reply(call, chat, post)) return *refusal;
  if (auto refusal = may_post(call, chat)) return *refusal;
  json::object shown = message(chat, post, keep(chat, post, 1));
  shown["text"] = post.text;
  if (!entities.empty()) shown["entities"] = entities;
  return telegram_ok(std::move(shown));
}

wire::Response Telegram::send_file(const Call& call, std::string_view kind) {
  if (auto refusal = telegram_unknown(call, {"chat_id",
                                             kind,
                                             "caption",
                                             "parse_mode",
                                             "caption_entities",
                                             "has_spoiler",
                                             "show_caption_above_media",
                                             "duration",
                                             "width",
                                             "height",
                                             "thumbnail",
                                             "cover",
                                             "start_timestamp",
                                             "supports_streaming",
                                             "disable_content_type_detection",
                                             "disable_notification",
                                             "protect_content",
                                             "reply_parameters",
                                             "reply_markup",
                                             "message_thread_id",
                                             "direct_messages_topic_id",
                                             "message_effect_id",
                                             "business_connection_id",
                                             "allow_paid_broadcast",
                                             "suggested_post_parameters"}))
    return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  Post post{.at = call.now};
  json::array entities;
  Attachment file;
  if (auto refusal = read_words(call, "caption", max_caption, post, entities)) return *refusal;
  if (auto refusal = read_reply(call, chat, post)) return *refusal;
  if (auto refusal = attach(call, kind, call.param_or(kind, ""), file)) return *refusal;
  const std::string cover = call.upload("cover") ? "attach://cover" : call.param_or("cover", "");
  if (auto refusal = attach_cover(call, kind, cover, file)) return *refusal;
  if (auto refusal = may_post(call, chat)) return *refusal;
  post.media = {file.medium};
  json::object shown = message(chat, post, keep(chat, post, 1));
  for (const auto& field : file.shown) shown[field.key()] = field.value();
  if (!post.text.empty()) shown["caption"] = post.text;
  if (!entities.empty()) shown["caption_entities"] = entities;
  return telegram_ok(std::move(shown));
}

// All of an album or nothing of it.
wire::Response Telegram::send_album(const Call& call) {
  if (auto refusal =
          telegram_unknown(call, {"chat_id", "media", "disable_notification", "protect_content",
                                  "reply_parameters", "message_thread_id", "direct_messages_topic_id",
                                  "message_effect_id", "business_connection_id", "allow_paid_broadcast"}))
    return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  boost::system::error_code failed;
  const json::value list = json::parse(call.param_or("media", ""), failed);
  if (failed || !list.is_array()) return bad("can't parse media JSON object");
  if (list.get_array().size() < 2 || list.get_array().size() > 10)
    return bad("wrong number of items in the album: 2 to 10 are expected");
  Post post{.at = call.now};
  std::vector<json::object> shown;
  if (auto refusal = read_reply(call, chat, post)) return *refusal;
  for (const json::value& value : list.get_array()) {
    const json::object* item = value.if_object();
    const auto text = [&](std::string_view name) {
      const json::value* found = item ? item->if_contains(name) : nullptr;
      return found && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    const std::string kind = text("type");
    if (kind != "photo" && kind != "video" && kind != "document")
      return bad(
          fmt::format("can't parse InputMedia: type \"{}\" is not part of the sandbox's albums", kind));
    if (text("media").empty()) return bad("can't parse InputMedia: media is empty");
    Attachment file;
    if (auto refusal = attach(call, kind, text("media"), file)) return *refusal;
    if (auto refusal = attach_cover(call, kind, text("cover"), file)) return *refusal;
    wire::Request words{
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = wire::encode_form({{"caption", text("caption")}, {"parse_mode", text("parse_mode")}})};
    Post one;
    json::array entities;
    if (auto refusal = read_words(read_call(words, call.now), "caption", max_caption, one, entities))
      return *refusal;
    if (!one.text.empty()) file.shown["caption"] = one.text;
    if (!one.text.empty()) post.text += (post.text.empty() ? "" : "\n") + one.text;
    post.media.push_back(file.medium);
    shown.push_back(std::move(file.shown));
  }
  if (auto refusal = may_post(call, chat)) return *refusal;
  post.group = std::to_string(100'000'000 + last_file_);
  const int64_t first = keep(chat, post, shown.size());
  json::array result;
  for (size_t i = 0; i < shown.size(); ++i) {
    json::object one = message(chat, post, first + static_cast<int64_t>(i));
    one["media_group_id"] = post.group;
    for (const auto& field : shown[i]) one[field.key()] = field.value();
    result.emplace_back(std::move(one));
  }
  return telegram_ok(std::move(result));
}

wire::Response Telegram::remove(const Call& call) {
  if (auto refusal = telegram_unknown(call, {"chat_id", "message_id"})) return *refusal;
  Chat chat;
  if (auto refusal = find_chat(call, chat)) return *refusal;
  const std::string id = call.param_or("message_id", "");
  Post* post = shelf_.find(fmt::format("{}/{}", chat.id, id));
  if (!post) return bad("message to delete not found");
  post->gone = true;
  ground_.ledger.strike(name_, std::to_string(chat.id), id);
  return telegram_ok(true);
}

}  // namespace carillon::sandbox
