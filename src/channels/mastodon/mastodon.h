// Mastodon and servers that speak its API (https://docs.joinmastodon.org/methods/statuses/, read 2026-09):
// texts, media, threads. Every server has its own limits: Account.facts["instance"]. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::mastodon {

class MastodonChannel final : public Conversation {
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

class MastodonAuth final : public Auth {
 public:
  bool uses_pkce() const override { return true; }
  std::optional<wire::Request> register_app(const std::string& api_base,
                                            const std::string& redirect_uri) const override;
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response& response) const override;
  std::string consent_url(const App& app, const Consent& consent) const override;
  wire::Request exchange(const App& app, const std::string& redirect_uri) const override;
  Result<Tokens> read_tokens(const wire::Response& response) const override;
  std::optional<wire::Request> lengthen(const App&) const override { return {}; }
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  std::optional<wire::Request> about(const App& app) const override;  // the server's limits
  boost::json::object read_about(const wire::Response& response) const override;
  std::optional<wire::Request> refresh(const App&, const Account&) const override { return {}; }
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App& app, const Account& account) const override;
};

extern const MastodonChannel channel;
extern const MastodonAuth auth;

// Inside the folder.
const Traits& mastodon_traits();
Traits traits_of(const Account& account);  // with the limits of its server
bool keeps_keys(const Account& account);   // does its server honour Idempotency-Key?
Fault fault_in(const wire::Response& response, Instant now);
wire::Request request(const Account& account, std::string method, const std::string& path);
Send look_up_request(const Job& job, boost::json::object facts);
// Absent when it is proven; what follows is decided in publish.cpp.
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);

}  // namespace carillon::channels::mastodon
