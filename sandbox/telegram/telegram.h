// Telegram's Bot API 10.1 (core.telegram.org/bots/api, 2026-06): one bot, channels it may post to, and a few
// chats it may not. No history can be read, as with the real one. Stricter in a single point: parameters
// nobody documented are refused.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Telegram final : public Network {
 public:
  explicit Telegram(Ground& ground);

  std::optional<wire::Response> consent(const Call&) override { return std::nullopt; }
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  void expire(Instant) override {
    refuse_next_ = true;
  }  // a bot token has no end: the next request finds it revoked
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  Character speaker(const Post& post) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  std::string shelf_id(const Effect& effect) const override {
    return effect.account + "/" + effect.external_id;
  }

 private:
  using Refusal = std::optional<wire::Response>;
  struct Chat {
    int64_t id = 0;
    size_t index = 0;
    std::string username, title;
    std::string_view type = "channel";
    std::string_view standing = "administrator";  // of the bot: administrator, reader, stranger, kicked
  };
  struct Method;
  struct Attachment {
    std::string medium;
    boost::json::object shown;
  };

  wire::Response answer(const Call& call, std::string_view method);
  wire::Response me(const Call& call);
  wire::Response chat(const Call& call);
  wire::Response member(const Call& call);
  wire::Response count(const Call& call);
  // Sending (telegram_send.cpp)
  wire::Response send_text(const Call& call);
  wire::Response send_photo(const Call& call) { return send_file(call, "photo"); }
  wire::Response send_video(const Call& call) { return send_file(call, "video"); }
  wire::Response send_animation(const Call& call) { return send_file(call, "animation"); }
  wire::Response send_document(const Call& call) { return send_file(call, "document"); }
  wire::Response send_poll(const Call& call);  // poll.cpp
  wire::Response send_file(const Call& call, std::string_view kind);
  wire::Response send_album(const Call& call);
  wire::Response remove(const Call& call);
  Refusal find_chat(const Call& call, Chat& chat) const;
  Refusal may_post(const Call& call, const Chat& chat);
  Refusal read_words(const Call& call, std::string_view field, size_t limit, Post& post,
                     boost::json::array& entities);
  Refusal read_reply(const Call& call, const Chat& chat, Post& post) const;
  Refusal attach(const Call& call, std::string_view kind, const std::string& given, Attachment& out);
  Refusal attach_cover(const Call& call, std::string_view kind, const std::string& given,
                       const Attachment& video);
  int64_t keep(const Chat& chat, Post post, size_t messages);
  boost::json::object message(const Chat& chat, const Post& post, int64_t id) const;
  static Chat channel(size_t index);

  std::unordered_map<int64_t, int64_t> last_message_;  // per chat
  int64_t last_file_ = 0;
  bool refuse_next_ = false;
};

inline constexpr std::string_view telegram_token = "100200300:sandbox-bot-token";

wire::Response telegram_error(int code, std::string_view description);
wire::Response telegram_ok(boost::json::value result);
std::optional<wire::Response> telegram_unknown(const Call& call,
                                               std::initializer_list<std::string_view> known);

// A text with its markup taken out.
struct Marked {
  std::string text;
  boost::json::array entities;
  std::string wrong;  // what cannot be parsed; empty: all was
};
Marked telegram_html(std::string_view text);      // parse_mode HTML
Marked telegram_markdown(std::string_view text);  // parse_mode MarkdownV2

std::unique_ptr<Network> make_telegram(Ground& ground);
extern const Listing telegram_listing;

}  // namespace carillon::sandbox
