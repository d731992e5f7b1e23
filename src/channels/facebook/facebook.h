// Facebook Pages, Graph API (https://developers.facebook.com/docs/pages-api/posts, read 2026-09): texts,
// links, one photo, several photos, a video, a reel, a story, and a comment of one's own. Knows nothing of
// sockets, clocks, storage. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"
#include "channels/graph_answer.h"

namespace carillon::channels::facebook {

// https://developers.facebook.com/docs/graph-api/changelog/versions (2026-09): usable until 2028-07-29.
inline constexpr const char* version = "v25.0";

class FacebookChannel final : public Conversation {
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

// The login is a person's ("access"); each page that is chosen brings its own token ("page").
class FacebookAuth final : public Auth {
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
  std::optional<wire::Request> further(const App& app, const std::vector<Identity>& found) const override;
  void read_further(const App&, const wire::Response& response, std::vector<Identity>& found) const override;
  std::optional<wire::Request> refresh(const App&, const Account&) const override { return {}; }
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const FacebookChannel channel;
extern const FacebookAuth auth;

// Inside the folder.
const Traits& facebook_traits();
std::optional<Refusal> facebook_table(const GraphError& error);
Fault fault_in(const wire::Response& response, Instant now);
wire::Request request(const Account& account, std::string method,
                      const std::string& path);  // path: "/{page}/feed"
std::string message_of(const Job& job);
Move published(const Job& job, const std::string& id, const std::string& url);
// What it is there: "post", "reel" or "story".
std::string form_of(const Content& content);
bool is_video(const std::vector<MediaFacts>& media);
std::string page_path(const Job& job, const char* edge);

// Videos, reels and video stories (video.cpp): everything before the request that publishes.
bool is_video_step(std::string_view step);
Send next_video_step(const Job& job, const Progress& progress);
std::variant<Progress, Wait, Fault> on_video_reply(const Job& job, const Progress& progress,
                                                   const wire::Response& response);
bool video_is_there(const boost::json::object& facts);  // uploaded: it can be published
void forget_video(boost::json::object& facts);
wire::Request finish_video(const Job& job, const boost::json::object& facts);

// Looking up (find.cpp; videos and stories: find_video.cpp).
Send look_at_video(const Job& job, boost::json::object facts);
Move on_video_seen(const Job& job, const Progress& progress, const wire::Response& response);
Move unless_taken(const boost::json::object& facts, Move found);
void forget_looks(boost::json::object& facts);  // at a finish before this one
Send look_up_story(const Job& job, boost::json::object facts);
Move on_story_reply(const Job& job, const Progress& progress, const wire::Response& response);
Send look_up_request(const Job& job, boost::json::object facts);
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);

}  // namespace carillon::channels::facebook
