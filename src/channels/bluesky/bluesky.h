// Bluesky and other servers of the AT Protocol (https://docs.bsky.app, lexicons of 2026-08): texts, links,
// images, video, threads. The key of a record is ours, so that sending it again makes no second post. Pure,
// any thread.
#pragma once

#include <string_view>

#include "channels/auth.h"
#include "channels/conversation.h"

namespace carillon::channels::bluesky {

class BlueskyChannel final : public Conversation {
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

// Connected by a handle (App.client_id) and an app password, which is the "code" of the exchange: it is given
// up for a session, and only that is kept.
class BlueskyAuth final : public Auth {
 public:
  bool uses_pkce() const override { return false; }
  std::optional<wire::Request> register_app(const std::string&, const std::string&) const override {
    return {};
  }
  Result<std::pair<App, Credential>> read_app(const std::string& api_base,
                                              const wire::Response&) const override;
  std::string consent_url(const App&, const Consent&) const override { return {}; }
  Result<Login> read_typed(const std::map<std::string, std::string>& typed) const override;
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

extern const BlueskyChannel channel;
extern const BlueskyAuth auth;

// Inside the folder.
const Traits& bluesky_traits();
Fault fault_in(const wire::Response& response, Instant now);
std::string error_in(const wire::Response& response);  // "RecordNotFound"; "" when none is named
wire::Request request(const std::string& api_base, std::string method, std::string_view nsid);

// A stretch of the text that leads somewhere, in bytes of its UTF-8.
struct Facet {
  enum class Kind : uint8_t { link, mention, tag } kind;
  size_t begin = 0, end = 0;
  std::string value;  // the address, the handle without "@", the tag without "#"
};
std::vector<Facet> facets_in(std::string_view text);
// The text as it is published: the link is in it where pictures take the place of its card.
std::string text_of(const ContentPart& part);
// A record key that nobody else has: thirteen characters of time and chance (https://atproto.com/specs/tid).
std::string record_key(Instant now, const DeliveryId& id);
// The record of the post, from what the progress has gathered.
boost::json::object record_of(const Job& job, const boost::json::object& facts);

}  // namespace carillon::channels::bluesky
