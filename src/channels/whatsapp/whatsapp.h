// WhatsApp Business, Cloud API (https://developers.facebook.com/documentation/business-messaging/whatsapp,
// read 2026-09). A channel for messages to people, not for posts: an account can be connected and tested;
// what it sends belongs to message campaigns. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"
#include "channels/graph_answer.h"

namespace carillon::channels::whatsapp {

inline constexpr const char* version = "v25.0";

class WhatsappChannel final : public Conversation {
 public:
  const Traits& traits() const override;
  std::vector<LaneNews> limits_in(const std::vector<std::string>& lanes, const wire::Response& response,
                                  Instant now) const override;
  CheckReport check(const Account& account, const ContentPart& part, uint32_t index, const Content& content,
                    const std::vector<MediaFacts>& media) const override;

 protected:
  Move due(const Job& job, const Progress& progress) const override;
  Move replied(const Job& job, const Progress& progress, const wire::Response& response) const override;
  Move vanished(const Job& job, const Progress& progress) const override;
  Move disproved(const Job& job, const Progress& progress) const override;
};

// A system user's token and the id of a phone number.
class WhatsappAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App&, const Consent&) const override { return ""; }
  wire::Request exchange(const App& app, const std::string& redirect_uri) const override;
  Result<Tokens> read_tokens(const wire::Response& response) const override;
  Result<Login> read_typed(const std::map<std::string, std::string>& typed) const override;
  std::optional<wire::Request> lengthen(const App&) const override { return {}; }
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  std::optional<wire::Request> refresh(const App&, const Account&) const override { return {}; }
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const WhatsappChannel channel;
extern const WhatsappAuth auth;

// Inside the folder.
const Traits& whatsapp_traits();
std::optional<Refusal> whatsapp_table(const GraphError& error);

}  // namespace carillon::channels::whatsapp
