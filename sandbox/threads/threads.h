// Threads, API v1.0 as documented 2026-09 (developers.facebook.com/docs/threads). Knows its fields, limits
// and the words for what went wrong.
#pragma once

#include "sandbox/containers.h"

namespace carillon::sandbox {

class Threads final : public Containers {
 public:
  explicit Threads(Ground& ground);

 protected:
  std::span<const Wish> wishes() const override;
  std::string_view publishing_scope() const override { return "threads_content_publish"; }
  wire::Response answer(const Call& call, const Steps& steps, const Grant& grant) override;
  boost::json::object shown(const Post& post, Instant now) override;
  std::string failure_of(const Found& found, const Container& container) const override;

 private:
  wire::Response create(const Call& call, const Grant& grant);
  wire::Response publish_container(const Call& call, const Grant& grant);
  wire::Response node(const Call& call, const std::string& id, const Grant& grant);
  wire::Response quota(const Call& call, const Grant& grant);
  Refusal read_text(const Call& call, Container& made);
  Refusal read_kind(const Call& call, Container& made);
  Refusal read_children(const Call& call, Container& made);
  Refusal read_poll(const Call& call, Container& made);
};

size_t threads_length(std::string_view text);  // characters; emoji as their bytes

std::unique_ptr<Network> make_threads(Ground& ground);
extern const Listing threads_listing;

}  // namespace carillon::sandbox
