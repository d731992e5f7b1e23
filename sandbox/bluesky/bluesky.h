// A server of the AT Protocol as Bluesky runs it (docs.bsky.app and the lexicons of 2026-08; bodies as the
// reference server gives them): sessions, blobs, the records of posts. Stricter in a single point: members of
// a record that no lexicon names are refused.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <span>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Bluesky final : public Network {
 public:
  explicit Bluesky(Ground& ground);

  std::optional<wire::Response> consent(const Call&) override { return std::nullopt; }
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  std::string shelf_id(const Effect& effect) const override {
    return effect.account + "/" + effect.external_id;
  }

 private:
  struct Endpoint;
  static std::span<const Endpoint> endpoints();
  wire::Response admitted(const Call& call, const Endpoint& endpoint);

  // Sessions (session.cpp)
  wire::Response create_session(const Call& call);
  wire::Response refresh_session(const Call& call);
  wire::Response delete_session(const Call& call);
  wire::Response get_session(const Call& call, size_t person);
  wire::Response resolve_handle(const Call& call, size_t person);
  wire::Response session(size_t person, Instant now);

  // Records (repo.cpp)
  wire::Response upload_blob(const Call& call, size_t person);
  wire::Response create_record(const Call& call, size_t person);
  wire::Response put_record(const Call& call, size_t person);
  wire::Response get_record(const Call& call, size_t person);
  wire::Response list_records(const Call& call, size_t person);
  wire::Response delete_record(const Call& call, size_t person);
  wire::Response stored(const Call& call, size_t person, const std::string& key, Post post);
  boost::json::object shown(const Post& post) const;
  std::string wrong_target(const boost::json::object& body, size_t person) const;

  // What a record of app.bsky.feed.post may be (record.cpp). "" or what is wrong.
  std::string read_record(const boost::json::object& record, size_t person, Post& post);
  std::string read_reply(const boost::json::object& reply, Post& post) const;
  std::string read_embed(const boost::json::object& embed, size_t person, Post& post);
  std::string read_images(const boost::json::object& embed, size_t person, Post& post);
  std::string read_video(const boost::json::object& embed, size_t person, Post& post);
  std::string read_blob(const boost::json::object* blob, size_t person, std::string_view types,
                        uint64_t limit, Post& post);
  const Post* referred(const boost::json::object* reference) const;

  int64_t last_blob_ = 0, last_key_ = 0;
};

std::string bluesky_did(size_t person);
std::string bluesky_handle(size_t person);
enum class Codec : uint8_t { bytes = 0x55, record = 0x71 };
std::string bluesky_cid(Codec codec, std::string_view of);
std::string bluesky_cid(const Post& post);
std::string bluesky_uri(const Post& post);
wire::Response bluesky_error(int status, std::string_view error, std::string_view message);
// Facets of a text: offsets in bytes, within it, at the edges of characters. "" or what is wrong.
std::string wrong_facets(const boost::json::array& facets, std::string_view text);

inline constexpr std::string_view bluesky_password = "sand-boxa-ppas-word";

std::unique_ptr<Network> make_bluesky(Ground& ground);
extern const Listing bluesky_listing;

}  // namespace carillon::sandbox
