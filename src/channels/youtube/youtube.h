// Videos on YouTube (https://developers.google.com/youtube/v3, 2026-09): a resumable upload, whose address
// can be asked at any time how much has arrived, and whether it was the end. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::youtube {

class YoutubeChannel final : public Conversation {
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

class YoutubeAuth final : public Auth {
 public:
  bool uses_pkce() const override { return true; }
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
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App& app, const Account& account) const override;
};

extern const YoutubeChannel channel;
extern const YoutubeAuth auth;

// Inside the folder.
const Traits& youtube_traits();
Fault fault_in(const wire::Response& response, Instant now);
// What is said, as YouTube wants it: a title (its own, or the first line), the rest below the video.
struct Words {
  std::string title, description;
};
Words words_of(const ContentPart& part, const Content& content);
// How much of the upload has arrived? `step` says what the answer is for.
Send ask(const Job& job, boost::json::object facts, const char* step);
Done done(const Job& job, const std::string& id);
// The cover goes to a video that is there: the fact "video" names it (cover.cpp).
bool wants_cover(const Job& job, const boost::json::object& facts);
Send set_cover(const Job& job, boost::json::object facts);
Move on_cover(const Job& job, const Progress& progress, const wire::Response& response);

}  // namespace carillon::channels::youtube
