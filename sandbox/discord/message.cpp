// What a message may be: docs.discord.com/developers/resources/webhook#execute-webhook, /resources/poll
// (2026-08).
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/discord/discord.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_content = 2000, max_files = 10, max_question = 300, max_answer = 55, max_answers = 10;
constexpr uint64_t max_file = 10 << 20;
constexpr int64_t max_hours = 768, known_flags = 1 << 2 | 1 << 12;

size_t characters(std::string_view text) {
  return to_code_points(text).size();
}

}  // namespace

Discord::Wrong Discord::read_message(const json::object& body, const Call& call, Post& post) {
  if (const auto odd =
          stranger(body, {"content", "username", "avatar_url", "tts", "embeds", "allowed_mentions",
                          "components", "attachments", "flags", "thread_name", "applied_tags", "poll"});
      !odd.empty())
    return discord_invalid(odd, "The sandbox refuses what the documentation does not name");
  post.text = text_or(body, "content", "");
  if (characters(post.text) > max_content)
    return discord_invalid("content", "Must be 2000 or fewer in length.");
  const std::string name = text_or(body, "username", "");
  if (characters(name) > 80) return discord_invalid("username", "Must be between 1 and 80 in length.");
  if (lowered(name).find("discord") != std::string::npos)
    return discord_invalid("username", "Username cannot contain \"discord\"");
  const auto flags = number_member(body, "flags").value_or(0);
  if ((flags & ~known_flags) != 0) return discord_invalid("flags", "Unknown flags");
  if (const json::object* poll = object_member(body, "poll"))
    if (auto wrong = read_poll(*poll, post)) return wrong;
  if (auto wrong = read_files(body, call, post)) return wrong;
  if (trimmed(post.text).empty() && post.media.empty() && post.choices.empty())
    return discord_error(400, 50006, "Cannot send an empty message");
  return std::nullopt;
}

Discord::Wrong Discord::read_poll(const json::object& poll, Post& post) const {
  if (const auto odd =
          stranger(poll, {"question", "answers", "duration", "allow_multiselect", "layout_type"});
      !odd.empty())
    return discord_invalid("poll." + odd, "The sandbox refuses what the documentation does not name");
  const json::object* question = object_member(poll, "question");
  const json::array* answers = array_member(poll, "answers");
  const std::string text = question ? text_or(*question, "text", "") : "";
  if (text.empty() || characters(text) > max_question)
    return discord_invalid("poll.question", "Must be between 1 and 300 in length.");
  if (!answers || answers->empty() || answers->size() > max_answers)
    return discord_invalid("poll.answers", "Must be between 1 and 10 in length.");
  for (const json::value& one : *answers) {
    const json::object* media = one.is_object() ? object_member(one.get_object(), "poll_media") : nullptr;
    const std::string answer = media ? text_or(*media, "text", "") : "";
    if (answer.empty() || characters(answer) > max_answer)
      return discord_invalid("poll.answers", "Must be between 1 and 55 in length.");
    post.choices.push_back(answer);
  }
  const auto hours = number_member(poll, "duration").value_or(24);
  if (hours < 1 || hours > max_hours) return discord_invalid("poll.duration", "Must be between 1 and 768.");
  if (post.text.empty()) post.text = text;
  post.open = std::chrono::hours(hours);
  return std::nullopt;
}

Discord::Wrong Discord::read_files(const json::object& body, const Call& call, Post& post) {
  const json::array none, *attachments = array_member(body, "attachments");
  if (call.uploads.size() > max_files)
    return discord_error(400, 30015, "Maximum number of attachments reached (10)");
  for (const json::value& one : attachments ? *attachments : none) {
    const auto number = one.is_object() ? number_member(one.get_object(), "id") : std::nullopt;
    const Upload* file = number ? call.upload(fmt::format("files[{}]", *number)) : nullptr;
    if (!file) return discord_invalid("attachments", "There is no file of this id");
    const std::string alt = text_or(one.get_object(), "description", "");
    if (characters(alt) > 1024)
      return discord_invalid("attachments.description", "Must be 1024 or fewer in length.");
    if (file->size > max_file) return discord_error(413, 40005, "Request entity too large");
    const std::string type = file->type();
    Medium& medium = gallery_.add({.id = fmt::format("file{}", ++last_file_),
                                   .type = type.empty() ? "application/octet-stream" : type,
                                   .alt = alt,
                                   .size = file->size,
                                   .made = call.now,
                                   .ready = call.now});
    gallery_.keep_bytes(medium, file->bytes);
    post.media.push_back(medium.id);
  }
  if (post.media.size() != call.uploads.size()) return discord_invalid("attachments", "A file is not listed");
  return std::nullopt;
}

}  // namespace carillon::sandbox
