// Videos and photos on TikTok (https://developers.tiktok.com, Content Posting API, 2026-09): what the creator
// allows is asked first, then the video is announced and sent, or the photos are named, which TikTok fetches;
// what becomes of it TikTok says under an id of its own. Pure, any thread.
#pragma once

#include <boost/json/value.hpp>

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::tiktok {

class TiktokChannel final : public Conversation {
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

class TiktokAuth final : public Auth {
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
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App& app, const Account& account) const override;
};

extern const TiktokChannel channel;
extern const TiktokAuth auth;

// Inside the folder.
const Traits& tiktok_traits();
Fault fault_in(const wire::Response& response, Instant now);
wire::Request call(const Job& job, const std::string& path, const boost::json::object& body);
bool option_is(const Job& job, const char* name, std::string_view wanted);
// A post of photos (photos.cpp).
bool is_photos(const std::vector<MediaFacts>& media);
std::string title_of(const Content& content);             // of the photos; may be empty
std::optional<int64_t> cover_of(const Content& content);  // which photo is the cover, from 1; none: no number
Send post_photos(const Job& job, boost::json::object facts);
Move on_photos(const Job& job, const Progress& progress, const wire::Response& response);
bool says_ok(const wire::Response& response);  // 2xx, and error.code is "ok"
// Why what was sent is not published: data.fail_reason of its status. It was taken and given up, so it is
// about this post alone: whether the account may post is said by the answer to the next request.
Fault failure_in(const boost::json::value& status, const wire::Response& response);
std::string privacy_of(const Content& content);

}  // namespace carillon::channels::tiktok
