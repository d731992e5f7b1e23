// Pinterest's API v5 (developers.pinterest.com and its OpenAPI of 2025-12): boards, pins of pictures that it
// fetches, videos that are sent to it. Stricter in a single point: members that no document names are
// refused.
#pragma once

#include <boost/json/object.hpp>
#include <span>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

// A board is an identity: the first two of each person's boards can be connected.
class Pinterest final : public Network {
 public:
  explicit Pinterest(Ground& ground);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;

 private:
  using Refusal = std::optional<wire::Response>;
  struct Endpoint;
  static std::span<const Endpoint> endpoints();
  // Consent and tokens (oauth.cpp)
  wire::Response token(const Call& call);
  wire::Response tokens_for(size_t person, const std::string& scopes, Instant now);
  wire::Response boards(const Call& call, size_t person);
  wire::Response board(const Call& call, size_t person);
  // Pins (pins.cpp)
  wire::Response create(const Call& call, size_t person);
  wire::Response pins(const Call& call, size_t person);
  wire::Response one_pin(const Call& call, size_t person);
  wire::Response remove(const Call& call, size_t person);
  Refusal read_words(const boost::json::object& body, Post& post) const;
  Refusal read_source(const boost::json::object& source, Post& post, size_t person);
  Refusal fetch(const std::string& url, const std::string& alt, Post& post);
  Refusal read_cover(const boost::json::object& source, const std::string& video, Post& post);
  boost::json::object shown(const Post& post) const;
  // Videos (media.cpp)
  wire::Response announce(const Call& call, size_t person);
  wire::Response take_bytes(const Call& call);
  wire::Response video(const Call& call, size_t person);

  Snowflake ids_;
  int64_t last_medium_ = 0;
};

wire::Response pinterest_error(int status, int64_t code, std::string_view message);

std::unique_ptr<Network> make_pinterest(Ground& ground);
extern const Listing pinterest_listing;

}  // namespace carillon::sandbox
