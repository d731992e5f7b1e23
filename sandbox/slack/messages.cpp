// Messages: docs.slack.dev/reference/methods/chat.postMessage, conversations.history, conversations.replies
// (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/shape.h"
#include "sandbox/slack/slack.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr size_t max_text = 40'000, max_section = 3000, max_blocks = 50, max_alt = 2000;

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

std::string as_seen(std::string text) {
  replace_all(text, "&lt;", "<");
  replace_all(text, "&gt;", ">");
  replace_all(text, "&amp;", "&");
  return text;
}

std::string as_kept(std::string text) {
  replace_all(text, "&", "&amp;");
  replace_all(text, "<", "&lt;");
  replace_all(text, ">", "&gt;");
  return text;
}

std::string ts_of(const Post& post) {
  return post.id.substr(post.id.find('/') + 1);
}

json::value parsed(const std::optional<std::string>& text) {
  boost::system::error_code failed;
  json::value value = text ? json::parse(*text, failed) : json::value();
  return failed ? json::value() : value;
}

}  // namespace

Slack::Refusal Slack::find_channel(const Call& call, std::string& channel) const {
  channel = call.param_or("channel", "");
  if (channel == "C0STRANGER") return slack_error("not_in_channel");
  if (channel == "C0ARCHIVED") return slack_error("is_archived");
  return index_of(channel) ? std::nullopt : Refusal(slack_error("channel_not_found"));
}

Slack::Refusal Slack::read_text(const Call& call, Post& post) const {
  const std::string text = call.param_or("text", "");
  if (to_code_points(text).size() > max_text) return slack_error("msg_too_long");
  post.text = as_seen(text);
  return std::nullopt;
}

Slack::Refusal Slack::read_blocks(const Call& call, Post& post) {
  if (!call.param("blocks")) return std::nullopt;
  const json::value blocks = parsed(call.param("blocks"));
  if (!blocks.is_array() || blocks.get_array().size() > max_blocks) return slack_error("invalid_blocks");
  for (const json::value& one : blocks.get_array()) {
    const json::object* block = one.if_object();
    const std::string type = block ? text_or(*block, "type", "") : "";
    if (type == "section") {
      const json::object* text = object_member(*block, "text");
      const std::string words = text ? text_or(*text, "text", "") : "";
      if (words.empty() || to_code_points(words).size() > max_section) return slack_error("invalid_blocks");
      continue;
    }
    const json::object* file = type == "image" ? object_member(*block, "slack_file") : nullptr;
    const std::string alt = file ? text_or(*block, "alt_text", "") : "";
    if (!file || alt.empty() || alt.size() > max_alt) return slack_error("invalid_blocks");
    Medium* medium = gallery_.find(text_or(*file, "id", ""));
    if (!medium || !medium->complete || !medium->used) return slack_error("slack_file_not_found");
    if (!medium->type.starts_with("image/")) return slack_error("invalid_blocks");
    medium->alt = alt;
    post.media.push_back(medium->id);
  }
  return std::nullopt;
}

// A thread hangs on its first message; the id of a reply is no thread.
Slack::Refusal Slack::read_thread(const Call& call, const std::string& channel, Post& post) const {
  const auto ts = call.param("thread_ts");
  if (!ts) return std::nullopt;
  const Post* root = shelf_.find(channel + "/" + *ts);
  if (!root || !root->reply_to.empty()) return slack_error("thread_not_found");
  post.reply_to = post.thread = root->id;
  return std::nullopt;
}

wire::Response Slack::post_message(const Call& call) {
  if (auto refusal =
          slack_unknown(call, {"channel", "text", "blocks", "attachments", "thread_ts", "reply_broadcast",
                               "unfurl_links", "unfurl_media", "metadata", "mrkdwn", "parse", "link_names",
                               "username", "icon_url", "icon_emoji", "as_user"}))
    return *refusal;
  std::string channel;
  if (auto refusal = find_channel(call, channel)) return *refusal;
  Post post{.person = index_of(channel).value_or(0), .at = call.now};
  if (auto refusal = read_text(call, post)) return *refusal;
  if (auto refusal = read_blocks(call, post)) return *refusal;
  if (auto refusal = read_thread(call, channel, post)) return *refusal;
  if (post.text.empty() && post.media.empty()) return slack_error("no_text");
  const Reading reading = meter_.pour("post:" + channel, 4, std::chrono::seconds(1), call.now);
  count(reading);
  if (reading.over) return throttled(call, reading.reset - call.now, false);
  last_ts_ = std::max(last_ts_ + 1, call.now.us);
  const std::string ts = fmt::format("{}.{:06}", last_ts_ / 1'000'000, last_ts_ % 1'000'000);
  post.id = channel + "/" + ts;
  std::string plain = ts;
  std::erase(plain, '.');
  post.url = fmt::format("{}/archives/{}/p{}", base(), channel, plain);
  if (json::value metadata = parsed(call.param("metadata")); metadata.is_object())
    metadata_[post.id] = std::move(metadata);
  Post told = shelf_.add(std::move(post));
  if (!told.reply_to.empty()) told.reply_to = told.reply_to.substr(told.reply_to.find('/') + 1);
  record(told, channel, ts);
  return slack_ok({{"channel", channel}, {"ts", ts}, {"message", shown(*shelf_.find(told.id))}});
}

json::object Slack::shown(const Post& post) const {
  json::object message{{"type", "message"},
                       {"user", "U0SANDBOX"},
                       {"bot_id", "B0SANDBOX"},
                       {"ts", ts_of(post)},
                       {"text", as_kept(post.text)}};
  if (!post.thread.empty()) message["thread_ts"] = post.thread.substr(post.thread.find('/') + 1);
  if (const auto found = metadata_.find(post.id); found != metadata_.end())
    message["metadata"] = found->second;
  return message;
}

// Newest first; of a thread oldest first, the root among them.
wire::Response Slack::list(const Call& call, std::string_view channel, const std::string& root) {
  const auto limit = to_number(call.param_or("limit", "100"));
  const auto skip = to_number(call.param_or("cursor", "0"));
  if (!limit || *limit < 1 || *limit > 999) return slack_error("invalid_limit");
  if (!skip) return slack_error("invalid_cursor");
  const std::string oldest = call.param_or("oldest", "0");
  std::vector<const Post*> all;
  for (const Post& post : shelf_.posts()) {
    const bool here = post.id.starts_with(std::string(channel) + "/") && !post.gone;
    const bool wanted = root.empty() ? post.reply_to.empty() : post.id == root || post.thread == root;
    if (here && wanted && (post.id == root || ts_of(post) > oldest)) all.push_back(&post);
  }
  if (root.empty()) std::ranges::reverse(all);
  json::array messages;
  const auto begin = static_cast<size_t>(*skip),
             end = std::min(all.size(), begin + static_cast<size_t>(*limit));
  for (size_t i = begin; i < end; ++i) messages.emplace_back(shown(*all[i]));
  json::object answer{{"messages", std::move(messages)}, {"has_more", end < all.size()}};
  if (end < all.size()) answer["response_metadata"] = json::object{{"next_cursor", std::to_string(end)}};
  return slack_ok(std::move(answer));
}

wire::Response Slack::history(const Call& call) {
  if (auto refusal = slack_unknown(
          call, {"channel", "cursor", "include_all_metadata", "inclusive", "latest", "limit", "oldest"}))
    return *refusal;
  std::string channel;
  if (auto refusal = find_channel(call, channel)) return *refusal;
  return list(call, channel, "");
}

wire::Response Slack::replies(const Call& call) {
  if (auto refusal = slack_unknown(call, {"channel", "ts", "cursor", "include_all_metadata", "inclusive",
                                          "latest", "limit", "oldest"}))
    return *refusal;
  std::string channel;
  if (auto refusal = find_channel(call, channel)) return *refusal;
  const Post* post = shelf_.find(channel + "/" + call.param_or("ts", ""));
  if (!post) return slack_error("thread_not_found");
  if (post->reply_to.empty()) return list(call, channel, post->id);
  return slack_ok({{"messages", json::array{shown(*post)}}, {"has_more", false}});
}

wire::Response Slack::remove(const Call& call) {
  std::string channel;
  if (auto refusal = find_channel(call, channel)) return *refusal;
  Post* post = shelf_.find(channel + "/" + call.param_or("ts", ""));
  if (!post) return slack_error("message_not_found");
  post->gone = true;
  ground_.ledger.strike(name_, channel, ts_of(*post));
  return slack_ok({{"channel", channel}, {"ts", ts_of(*post)}});
}

wire::Response Slack::permalink(const Call& call) {
  std::string channel;
  if (auto refusal = find_channel(call, channel)) return *refusal;
  const Post* post = shelf_.find(channel + "/" + call.param_or("message_ts", ""));
  return post ? slack_ok({{"channel", channel}, {"permalink", post->url}}) : slack_error("message_not_found");
}

}  // namespace carillon::sandbox
