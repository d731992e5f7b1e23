// LinkedIn, the versioned REST API
// (https://learn.microsoft.com/en-us/linkedin/marketing/community-management/ shares/posts-api, read
// 2026-09): a person, and the organisations they administer. Texts, images, a video, a document, a link with
// a card of its own, polls, and a comment of one's own. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::linkedin {

// https://learn.microsoft.com/en-us/linkedin/marketing/versioning (2026-09): works until 2027-09-15.
inline constexpr const char* version = "202609";

class LinkedinChannel final : public Conversation {
 public:
  const Traits& traits() const override;
  std::vector<LaneNews> limits_in(const std::vector<std::string>&, const wire::Response&,
                                  Instant) const override {
    return {};  // it sends no headers about limits
  }
  CheckReport check(const Account& account, const ContentPart& part, uint32_t index, const Content& content,
                    const std::vector<MediaFacts>& media) const override;

 protected:
  Move due(const Job& job, const Progress& progress) const override;
  Move replied(const Job& job, const Progress& progress, const wire::Response& response) const override;
  Move vanished(const Job& job, const Progress& progress) const override;
  Move disproved(const Job& job, const Progress& progress) const override;
};

class LinkedinAuth final : public Auth {
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
  void read_further(const App& app, const wire::Response& response,
                    std::vector<Identity>& found) const override;
  Duration refreshed_before() const override { return std::chrono::days(7); }
  std::optional<wire::Request> refresh(const App& app, const Account& account) const override;
  Result<Tokens> read_refresh(const wire::Response& response) const override;
  wire::Request test(const Account& account) const override;
  Result<std::string> read_test(const Account& account, const wire::Response& response) const override;
  std::optional<wire::Request> revoke(const App&, const Account&) const override { return {}; }
};

extern const LinkedinChannel channel;
extern const LinkedinAuth auth;

// Inside the folder.
const Traits& linkedin_traits();
Fault fault_in(const wire::Response& response, Instant now);
// The post that a refusal names as the same; empty: it is no such refusal, or names none.
std::string duplicate_in(const wire::Response& response);
wire::Request request(const Account& account, std::string method, const std::string& path);
wire::Request json_request(const Account& account, const std::string& path, const boost::json::object& body);
bool is_organisation(const Account& account);
Move published(const Job& job, const std::string& urn);
// What the options say; "" when nothing was chosen.
std::string option(const Job& job, std::string_view name);
std::string commentary_of(const Content& content, const ContentPart& part);  // as typed, before escaping
bool has_card(const Content& content, const ContentPart& part);              // its link is a card of its own
std::string poll_question(const ContentPart& part);
// The body of POST /rest/posts.
boost::json::object post_body(const Job& job, const boost::json::object& facts);

// Uploads (upload.cpp).
bool is_upload_step(std::string_view step);
std::optional<Progress> next_upload(const Job& job, const boost::json::object& facts);
Send upload_request(const Job& job, const Progress& progress);
std::variant<Progress, Wait, Fault> on_upload_reply(const Job& job, const Progress& progress,
                                                    const wire::Response& response);

// Looking up (find.cpp).
Send look_up_request(const Job& job, boost::json::object facts);
Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response);

}  // namespace carillon::channels::linkedin
