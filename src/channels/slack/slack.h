// A Slack channel through a bot (https://docs.slack.dev, 2026-09): text, links, pictures, threads. Each
// message carries the delivery's own id, so that it can be found again. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::slack {

class SlackChannel final : public Conversation {
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

// Connected by a bot's token (the secret "access") and a channel's id (App.client_id).
class SlackAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App&, const Consent&) const override { return {}; }
  Result<Login> read_typed(const std::map<std::string, std::string>& typed) const override;
  wire::Request exchange(const App& app, const std::string& redirect_uri) const override;  // auth.test
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

extern const SlackChannel channel;
extern const SlackAuth auth;

// Inside the folder.
const Traits& slack_traits();
// 2xx and "ok": Slack answers 200 to refusals as well.
bool agreed(const wire::Response& response);
Fault fault_in(const wire::Response& response, Instant now);
wire::Request call(const std::string& api_base, std::string method,
                   const std::string& name);  // "chat.postMessage"
// What Slack's markup would take for itself is written out.
std::string escaped(std::string_view text);
std::string message_of(const ContentPart& part);
Send look_up_request(const Job& job, boost::json::object facts);
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);
Done done(const Job& job, const std::string& ts);

}  // namespace carillon::channels::slack
