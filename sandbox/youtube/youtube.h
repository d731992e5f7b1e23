// YouTube's Data API v3 as far as uploads go (developers.google.com/youtube/v3, 2026-09): Google's OAuth,
// channels, resumable uploads with their addresses, the list of videos. Stricter in a single point: members
// that no document names are refused.
#pragma once

#include <boost/json/object.hpp>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Youtube final : public Network {
 public:
  explicit Youtube(Ground& ground);

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
  // An upload under way: its words, and how much has arrived.
  struct Session {
    size_t person = 0;
    Post post;
    std::string type, video;  // video: its id, once it is whole
    uint64_t total = 0, there = 0;
    Instant until;
  };
  // Consent and tokens (oauth.cpp)
  wire::Response token(const Call& call);
  wire::Response tokens_for(size_t person, const std::string& scopes, Instant now, bool with_refresh);
  wire::Response revoke(const Call& call);
  // Videos (uploads.cpp)
  wire::Response open(const Call& call, size_t person);
  wire::Response take(const Call& call, size_t person);
  wire::Response finish(Session& session, const Call& call);
  wire::Response set_thumbnail(const Call& call, size_t person);  // thumbnails.cpp
  wire::Response channels(const Call& call, size_t person) const;
  wire::Response videos(const Call& call, size_t person);
  std::string wrong_words(const boost::json::object& body, Post& post, std::string& reason) const;

  std::unordered_map<std::string, Session> sessions_;
  int64_t last_session_ = 0;
};

wire::Response youtube_error(int status, std::string_view reason, std::string_view message);

std::unique_ptr<Network> make_youtube(Ground& ground);
extern const Listing youtube_listing;

}  // namespace carillon::sandbox
