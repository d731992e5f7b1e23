// LinkedIn, the versioned REST API as documented 2026-09 (learn.microsoft.com/en-us/linkedin), and its
// sign-in. Each member administers two organisations. Knows its headers, urns, little text and error bodies.
// Stricter than the real one: fields and parameters nobody documented are refused.
#pragma once

#include <boost/json/object.hpp>
#include <initializer_list>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Linkedin final : public Network {
 public:
  explicit Linkedin(Ground& ground);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view urn) const override;
  Character speaker(const Post& post) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;

 private:
  using Refusal = std::optional<wire::Response>;
  using Steps = std::vector<std::string>;  // of the path below /rest

  Refusal speaks_well(const Call& call);  // version and protocol headers, encoded urns
  wire::Response answer(const Call& call, const Steps& steps, const Grant& grant);
  // The index of the author when this grant may speak for it; the refusal otherwise.
  Refusal may_write(const Grant& grant, std::string_view urn, size_t& author);
  Refusal may_read(const Grant& grant, std::string_view urn, size_t& author);

  // Sign-in (oauth.cpp)
  wire::Response token(const Call& call);
  wire::Response tokens_for(size_t member, const std::string& scopes, Instant now);
  wire::Response answer_consent(const Call& call, const Ask& ask);
  wire::Response userinfo(const Grant& grant);
  wire::Response acls(const Call& call, const Grant& grant);
  wire::Response organisation(const std::string& id, const Grant& grant);

  // Media (media.cpp)
  wire::Response media(const Call& call, const Steps& steps, const Grant& grant);
  wire::Response initialize(const Call& call, std::string_view kind, const Grant& grant);
  wire::Response finalize(const Call& call, const Grant& grant);
  wire::Response media_node(const Call& call, std::string_view kind, const std::string& urn);
  wire::Response put(const Call& call);
  wire::Response put_cover(const Call& call, const std::string& urn);

  // Posts and comments (posts.cpp)
  wire::Response create(const Call& call, const Grant& grant);
  wire::Response comment(const Call& call, const std::string& urn, const Grant& grant);
  Refusal read_content(const boost::json::object& content, Post& post, Instant now);
  Refusal read_media(const boost::json::value& media, Post& post, Instant now);
  Refusal read_images(const boost::json::value& images, Post& post, Instant now);
  Refusal read_article(const boost::json::value& article, Post& post, Instant now);
  Refusal read_poll(const boost::json::value& poll, Post& post);
  Refusal take(const std::string& urn, std::string_view kind, Post& post, Instant now);

  // Reading (reads.cpp)
  wire::Response by_author(const Call& call, const Grant& grant);
  wire::Response comments(const Call& call, const std::string& urn, const Grant& grant);
  wire::Response post_node(const std::string& urn);
  wire::Response remove(const std::string& urn, const Grant& grant);
  boost::json::object shown(const Post& post) const;

  struct Said {
    std::string urn;
    Instant at;
  };
  Snowflake ids_;
  std::unordered_map<std::string, Said> said_;  // what was posted lately, word for word
};

// {"message","status","code","serviceErrorCode"}
wire::Response linkedin_error(int status, std::string_view code, std::string_view message);
std::optional<wire::Response> linkedin_unknown_field(const boost::json::object& body,
                                                     std::initializer_list<std::string_view> known,
                                                     std::string_view where);
// Organisations have even indices, members odd ones.
std::string linkedin_urn(size_t index);
std::string linkedin_member_name(size_t member);
// What a reader sees of little text: an unescaped bracket cuts it.
std::string linkedin_seen(std::string_view little);

std::unique_ptr<Network> make_linkedin(Ground& ground);
extern const Listing linkedin_listing;

}  // namespace carillon::sandbox
