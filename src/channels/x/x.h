// X, API v2 (https://docs.x.com/x-api/introduction, read 2026-09): posts with images, a GIF or a video,
// threads as chains of replies. Knows nothing of sockets, clocks, storage. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"
#include "channels/finding.h"
#include "channels/look_up.h"

namespace carillon::channels::x {

class XChannel final : public Conversation {
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

class XAuth final : public Auth {
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

extern const XChannel channel;
extern const XAuth auth;

// Inside the folder.
const Traits& x_traits();
Fault fault_in(const wire::Response& response, Instant now);  // of an answer that is no acceptance
wire::Request request(const Account& account, std::string method, const std::string& path);
wire::Request json_request(const Account& account, const std::string& path, const boost::json::object& body);

// Steps of an upload; each progress says which request it is.
bool is_upload_step(const std::string& step);
Send upload_request(const Job& job, const Progress& progress);
// The next step that is still missing before the post can be made; nothing when all media are there.
std::optional<Progress> next_upload(const Job& job, boost::json::object facts);
std::variant<Progress, Wait, Fault> on_upload_reply(const Job& job, const Progress& progress,
                                                    const wire::Response& response);

// The id that an answer gives ("id", "post_id"), or what is wrong with it.
Result<std::string> told_id(const wire::Response& response, std::string_view member, Instant now);
Move published(const Job& job, const std::string& id);  // done: the post and where it is seen

// Articles.
bool is_article(const Content& content, uint32_t part);
Send draft_request(const Job& job, boost::json::object facts);
Send article_request(const Job& job, boost::json::object facts);
Move on_draft_reply(const Job& job, const Progress& progress, const wire::Response& response);
Move on_article_reply(const Job& job, const wire::Response& response);
// Is this post the one that shows the article of this draft?
Likeness compare_article(const boost::json::value& post, const std::string& id);
void check_article(CheckReport& report, const Checked& checked);

// The question after a lost answer.
Send look_up_request(const Job& job, boost::json::object facts);
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);

}  // namespace carillon::channels::x
