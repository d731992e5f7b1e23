// Boards on Pinterest (https://developers.pinterest.com, API v5, 2025-12): pins of a picture, of several, of
// a video. Pinterest fetches pictures from an address of this server; videos are sent to it. Pure, any
// thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::pinterest {

class PinterestChannel final : public Conversation {
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

// One login has several boards; each is an account.
class PinterestAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App& app, const Consent& consent) const override;
  wire::Request exchange(const App& app, const std::string& redirect_uri) const override;
  Result<Tokens> read_tokens(const wire::Response& response) const override;
  std::optional<wire::Request> lengthen(const App&) const override { return {}; }
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  std::optional<wire::Request> further(const App& app, const std::vector<Identity>& found) const override;
  void read_further(const App&, const wire::Response& response, std::vector<Identity>& found) const override;
  Duration refreshed_before() const override { return std::chrono::hours(24 * 7); }  // it lives thirty days
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const PinterestChannel channel;
extern const PinterestAuth auth;

// Inside the folder.
const Traits& pinterest_traits();
Fault fault_in(const wire::Response& response, Instant now);
wire::Request request(const std::string& api_base, std::string method, const std::string& path);  // "/pins"
std::string title_of(const Content& content);
Send look_up_request(const Job& job, boost::json::object facts);
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);
Done done(const Job& job, const std::string& id);

}  // namespace carillon::channels::pinterest
