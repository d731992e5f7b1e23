// Telegram channels and groups through a bot (https://core.telegram.org/bots/api, Bot API 10.1, 2026-06-11):
// text, photo, video, animation, album. A bot cannot read back what it wrote, so a lost answer is a question
// for a person. Knows nothing of sockets, clocks, storage. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::telegram {

class TelegramChannel final : public Conversation {
 public:
  const Traits& traits() const override;
  std::vector<LaneNews> limits_in(const std::vector<std::string>& lanes, const wire::Response& response,
                                  Instant now) const override;
  CheckReport check(const Account& account, const ContentPart& part, uint32_t index, const Content& content,
                    const std::vector<MediaFacts>& media) const override;
  Escape escape(const ContentPart& part, const boost::json::object& options) const override;

 protected:
  Move due(const Job& job, const Progress& progress) const override;
  Move replied(const Job& job, const Progress& progress, const wire::Response& response) const override;
  Move vanished(const Job& job, const Progress& progress) const override;
  Move disproved(const Job& job, const Progress& progress) const override;
};

// Connected by a bot's token (the secret "access") and a chat: App.client_id is the chat, "@channel" or its
// number. identities() looks the chat up; about() asks for the bot itself, so that test() can ask for the
// bot's rights.
class TelegramAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App&, const Consent&) const override { return {}; }
  wire::Request exchange(const App& app,
                         const std::string& redirect_uri) const override;  // getMe: nothing to exchange
  Result<Login> read_typed(const std::map<std::string, std::string>& typed) const override;
  Result<Tokens> read_tokens(const wire::Response& response) const override;
  std::optional<wire::Request> lengthen(const App&) const override { return {}; }
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  std::optional<wire::Request> about(const App& app) const override;
  boost::json::object read_about(const wire::Response& response) const override;
  std::optional<wire::Request> refresh(const App&, const Account&) const override { return {}; }
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const TelegramChannel channel;
extern const TelegramAuth auth;

// Inside the folder.
const Traits& telegram_traits();
Fault fault_in(const wire::Response& response);
wire::Request request(const std::string& api_base, const std::string& method);  // "sendMessage"
// Text and link as they are sent, in the markup that the option parse_mode names.
std::string message_of(const ContentPart& part, const boost::json::object& options);
// Its length after the markup is taken away, in UTF-16 units: what Telegram counts.
uint64_t length_of(const std::string& message, const std::string& parse_mode);
std::string parse_mode_of(const boost::json::object& options);  // "" for plain text
// The first sign that makes Telegram refuse a message; "": it finds nothing wrong. Says nothing of how marks
// nest.
std::string stray_sign(std::string_view message, const std::string& parse_mode);

}  // namespace carillon::channels::telegram
