// Instagram for professional accounts with Instagram Login, v25 as documented 2026-09
// (developers.facebook.com/docs/ instagram-platform/content-publishing). Knows its media rules, quota and
// subcodes.
#pragma once

#include "sandbox/containers.h"

namespace carillon::sandbox {

class Instagram final : public Containers {
 public:
  explicit Instagram(Ground& ground);

 protected:
  std::span<const Wish> wishes() const override;
  std::string_view publishing_scope() const override { return "instagram_business_content_publish"; }
  wire::Response answer(const Call& call, const Steps& steps, const Grant& grant) override;
  boost::json::object shown(const Post& post, Instant now) override;
  std::string failure_of(const Found& found, const Container& container) const override;

 private:
  wire::Response create(const Call& call, const Grant& grant);
  wire::Response publish_container(const Call& call, const Grant& grant);
  wire::Response node(const Call& call, const std::string& id, const Grant& grant);
  wire::Response quota(const Call& call, const Grant& grant);
  wire::Response comment(const Call& call, const Post& post, const Grant& grant);
  wire::Response comments(const Call& call, const Post& post);
  wire::Response stories(const Call& call, const Grant& grant);
  Refusal read_caption(const Call& call, Container& made);
  Refusal read_medium(const Call& call, Container& made);
  Refusal read_cover(const Call& call, Container& made);
  Refusal read_children(const Call& call, Container& made);
  int64_t published_lately(size_t person, Instant now) const;
};

std::unique_ptr<Network> make_instagram(Ground& ground);
extern const Listing instagram_listing;

}  // namespace carillon::sandbox
