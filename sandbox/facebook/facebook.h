// Facebook Pages through the Graph API, v25 as documented 2026-09 (developers.facebook.com/docs/pages-api),
// and Facebook Login. A user has two pages. Knows error codes, usage headers and permissions of these.
// Stricter than the real one in a single point: parameters nobody documented are refused.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Facebook final : public Network {
 public:
  explicit Facebook(Ground& ground);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;  // of a page
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  void settle(Instant now) override;  // scheduled posts, videos that were worked on

 private:
  // Who calls: a user, or a page (then `person` of the grant is the page's index).
  struct Caller {
    Grant grant;
    std::string token;
    bool page() const { return grant.kind == "page"; }
  };
  using Refusal = std::optional<wire::Response>;
  using Steps = std::vector<std::string>;  // of the path, without network and version

  wire::Response error(int status, int code, std::string_view message, int subcode = 0);
  wire::Response missing_object(std::string_view id);
  wire::Response needs_permission(std::string_view names);
  Refusal unknown_parameter(const Call& call, std::initializer_list<std::string_view> known);
  Refusal authenticate(const Call& call, Caller& caller);
  Refusal over_limit(const Call& call, const Caller& caller, wire::Headers& usage);
  wire::Response answer(const Call& call, const Steps& steps, const Caller& caller);
  wire::Response answer_object(const Call& call, const std::string& id, const Caller& caller);
  wire::Response answer_edge(const Call& call, const std::string& id, const std::string& edge,
                             const Caller& caller);

  wire::Response publish_edge(const Call& call, const std::string& edge, const Caller& caller);

  // Login (facebook_login.cpp)
  wire::Response token(const Call& call);
  wire::Response lengthen(const Call& call);
  wire::Response debug_token(const Call& call);
  wire::Response accounts(const Call& call, const Caller& caller);
  wire::Response answer_consent(const Call& call, const Ask& ask);
  std::string page_token(size_t page, const Grant& user, Instant now);

  // Publishing (facebook_posts.cpp)
  wire::Response create(const Call& call, const Caller& caller);
  wire::Response photo(const Call& call, const Caller& caller);
  wire::Response change(const Call& call, Post& post, const Caller& caller);
  wire::Response remove(Post& post, const Caller& caller);
  Refusal may_publish(const std::string& id, const Caller& caller);
  Refusal read_message(const Call& call, Post& post);
  Refusal read_attached(const Call& call, Post& post);
  Refusal read_timing(const Call& call, Post& post);
  Refusal is_new(const Post& post);
  std::string new_id(size_t page);
  Post& put(Post post, Instant now);

  // Videos, stories, comments (videos.cpp)
  wire::Response video_edge(const Call& call, const Caller& caller, std::string_view kind);
  wire::Response start_video(const Call& call, const Caller& caller, std::string_view kind);
  wire::Response transfer_video(const Call& call, const Caller& caller);
  std::optional<wire::Response> take_thumb(const Call& call, const Medium& video, std::string_view kind);
  wire::Response take_video(const Call& call, const std::string& id, const Caller& caller);
  wire::Response finish_video(const Call& call, const Caller& caller, std::string_view kind);
  std::string work_on(const Call& call, Medium& medium, std::string_view kind);
  wire::Response photo_story(const Call& call, const Caller& caller);
  wire::Response video_node(const Call& call, const Medium& medium);
  wire::Response stories(const Call& call, size_t page);
  const Post* commented(const std::string& id) const;
  wire::Response comment(const Call& call, const std::string& id, const Caller& caller);
  wire::Response comments(const Call& call, const std::string& id, const Caller& caller);

  // Reading (facebook_reads.cpp)
  wire::Response list(const Call& call, size_t page, const std::string& edge);
  wire::Response page_node(const Call& call, size_t page);
  wire::Response user_node(const Call& call, size_t user);
  wire::Response photo_node(const Call& call, const Medium& medium);
  wire::Response post_node(const Call& call, const Post& post);
  Refusal select(const boost::json::object& whole, std::string_view node, const Call& call,
                 std::string_view otherwise, boost::json::object& out);
  boost::json::object whole(const Post& post, Instant now);

  int64_t next_post_, next_photo_;
  std::vector<std::string> scheduled_;
  std::vector<Post> working_;  // of finished videos: shown at their time
  std::unordered_map<std::string, std::string> said_;  // page and message -> the last post that said it
};

std::string facebook_page_id(size_t page);
std::string facebook_user_id(size_t user);
std::string facebook_user_name(size_t user);
bool facebook_truth(const std::optional<std::string>& value, bool otherwise);

std::unique_ptr<Network> make_facebook(Ground& ground);
extern const Listing facebook_listing;

}  // namespace carillon::sandbox
