// Instagram for professional accounts, with Instagram Login
// (https://developers.facebook.com/docs/instagram-platform/ content-publishing, read 2026-09): one image, a
// carousel, a reel, a story, and a comment of one's own. Media are fetched from an address of this server.
// Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/container.h"
#include "channels/graph_answer.h"

namespace carillon::channels::instagram {

// https://developers.facebook.com/docs/graph-api/changelog/versions (2026-09): usable until 2028-07-29.
inline constexpr const char* version = "v25.0";

class InstagramChannel final : public ContainerTalk {
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
  size_t children(const Job& job) const override;
  std::optional<Fault> impossible(const Job& job) const override;
  wire::Request make_child(const Job& job, size_t which) const override;
  wire::Request make(const Job& job, const std::vector<std::string>& made) const override;
  wire::Request ask(const Job& job, const std::string& container) const override;
  std::variant<Standing, Fault> read_standing(const Job& job, const wire::Response& response) const override;
  wire::Request publish(const Job& job, const std::string& container) const override;
  Setback setback(const wire::Response& response) const override;
  Send list(const Job& job, boost::json::object facts) const override;
  bool says_the_same(const boost::json::value& one, const Job& job) const override;
  Fault fault(const wire::Response& response, Instant now) const override;
  Move published(const Job& job, const std::string& id, const std::string& url) const override;
  std::vector<std::string> lanes(const Job& job, Errand errand) const override;
};

class InstagramAuth final : public Auth {
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
  std::optional<wire::Request> lengthen(const App& app) const override;
  wire::Request identities(const App& app) const override;
  Result<std::vector<Identity>> read_identities(const App& app,
                                                const wire::Response& response) const override;
  Duration refreshed_before() const override { return std::chrono::days(10); }
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const InstagramChannel channel;
extern const InstagramAuth auth;

// Inside the folder.
const Traits& instagram_traits();
std::optional<Refusal> instagram_table(const GraphError& error);
wire::Request request(const Account& account, std::string method, const std::string& path);
// What it is there: "post", "reel" or "story". A single video is a reel whatever was chosen, but a story.
std::string form_of(const Content& content, const std::vector<MediaFacts>& media);

}  // namespace carillon::channels::instagram
