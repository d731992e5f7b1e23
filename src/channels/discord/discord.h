// A Discord channel through a webhook (https://docs.discord.com/developers/resources/webhook, API v10,
// 2026-08): text, links, files, polls. A webhook cannot read what it wrote, so a lost answer is a question
// for a person. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::discord {

class DiscordChannel final : public Conversation {
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

// Connected by the address of a webhook: its number is the account (App.client_id), its last step the secret
// "access".
class DiscordAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App&, const Consent&) const override { return {}; }
  Result<Login> read_typed(const std::map<std::string, std::string>& typed) const override;
  wire::Request exchange(const App& app,
                         const std::string& redirect_uri) const override;  // nothing to exchange
  Result<Tokens> read_tokens(const wire::Response& response) const override;
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

extern const DiscordChannel channel;
extern const DiscordAuth auth;

// Inside the folder.
const Traits& discord_traits();
Fault fault_in(const wire::Response& response, Instant now);
wire::Request request(const std::string& api_base, const std::string& webhook, std::string method);

}  // namespace carillon::channels::discord
