// TikTok's Content Posting API as far as direct posts of videos and photos go (developers.tiktok.com, 2026-09): OAuth,
// what a creator allows, uploads in chunks, the status of what was sent. Stricter in a single point: members
// that no document names are refused.
#pragma once

#include <boost/json/object.hpp>
#include <unordered_map>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Tiktok final : public Network {
 public:
  explicit Tiktok(Ground& ground);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  void settle(Instant now) override;  // what was worked on long enough is published

 private:
  struct Upload {
    Post post;
    std::string type, failure;  // failure: why it will not be published
    uint64_t total = 0, chunk = 0, count = 0, there = 0;
    bool photos = false;  // fetched, not uploaded; their media are in the post
    Instant until, ready;
    bool published = false;
  };
  // Consent and tokens (oauth.cpp)
  wire::Response token(const Call& call);
  wire::Response tokens_for(size_t person, const std::string& scopes, Instant now);
  wire::Response user(const Call& call, size_t person) const;
  // Photos (photos.cpp)
  wire::Response init_photos(const Call& call, size_t person);
  std::string wrong_photos(const boost::json::object& source, Upload& upload, Instant now);
  // Videos (videos.cpp)
  wire::Response creator(size_t person) const;
  wire::Response init(const Call& call, size_t person);
  wire::Response take(const Call& call);
  wire::Response status(const Call& call, size_t person);
  std::string wrong_post(const boost::json::object& post, Post& made) const;
  std::string given_up(const Call& call, const std::string& words);
  std::string wrong_source(const boost::json::object& source, Upload& upload) const;

  std::unordered_map<std::string, Upload> uploads_;  // by publish id
  std::vector<std::string> working_;
  int64_t last_ = 0;
};

wire::Response tiktok_error(int status, std::string_view code, std::string_view message);
wire::Response tiktok_ok(boost::json::object data);

std::unique_ptr<Network> make_tiktok(Ground& ground);
extern const Listing tiktok_listing;

}  // namespace carillon::sandbox
