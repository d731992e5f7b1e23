// Mastodon, one server of version 4.4 as documented 2026-07 (docs.joinmastodon.org). Knows its endpoints,
// scopes, limits and error bodies. Stricter than the real one in a single point: parameters nobody documented
// are refused.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <span>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Mastodon final : public Network {
 public:
  explicit Mastodon(Ground& ground);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  void settle(Instant now) override;  // scheduled statuses

 private:
  struct Endpoint;
  struct App {
    std::string secret;
    std::vector<std::string> redirect_uris, scopes;
  };
  struct Kept {
    std::string status;
    Instant until;
  };
  using Refusal = std::optional<wire::Response>;
  using Rule = Refusal (Mastodon::*)(const Call& call, size_t person, Post& post);
  static std::span<const Endpoint> endpoints();

  // Apps, consent, tokens (mastodon_oauth.cpp)
  wire::Response register_app(const Call& call);
  wire::Response token(const Call& call);
  wire::Response revoke(const Call& call);
  wire::Response answer_consent(const Call& call, const Ask& ask);
  std::string wrong_with(const Call& call, const Ask& ask);
  App* app_named(const std::string& client);
  wire::Response metadata(const Call& call) const;

  // Statuses (mastodon_statuses.cpp)
  wire::Response create(const Call& call, size_t person);
  wire::Response remove(const Call& call, size_t person);
  Refusal read_text(const Call& call, size_t person, Post& post);
  Refusal read_reply(const Call& call, size_t person, Post& post);
  Refusal read_options(const Call& call, size_t person, Post& post);
  Refusal read_media(const Call& call, size_t person, Post& post);
  Refusal read_poll(const Call& call, size_t person, Post& post);
  Refusal read_schedule(const Call& call, size_t person, Post& post);
  void publish(Post& post);

  // Reading (mastodon_reads.cpp)
  wire::Response me(const Call& call, size_t person);
  wire::Response instance(const Call& call, size_t person);
  wire::Response timeline(const Call& call, size_t person);
  wire::Response one(const Call& call, size_t person);
  wire::Response source(const Call& call, size_t person);
  wire::Response context(const Call& call, size_t person);
  boost::json::object account(size_t person) const;
  boost::json::object shown(const Post& post, Instant now);
  boost::json::object shown(const Medium& medium, Instant now) const;
  const Post* visible(std::string_view id, size_t person);

  // Media (mastodon_media.cpp)
  wire::Response upload(const Call& call, size_t person);
  wire::Response look_up(const Call& call, size_t person);
  wire::Response describe(const Call& call, size_t person);

  Snowflake ids_, media_ids_;
  std::unordered_map<std::string, App> apps_;
  std::unordered_map<std::string, Kept> keys_;  // person and Idempotency-Key -> the status it made
  std::vector<std::string> scheduled_;
};

wire::Response mastodon_error(int status, std::string_view error);
std::optional<wire::Response> mastodon_unknown(const Call& call,
                                               std::initializer_list<std::string_view> known);
bool mastodon_allows(const Grant& grant, std::string_view need);  // "write" covers "write:statuses"
// Text as the server renders it: paragraphs, line breaks, links, tags.
std::string mastodon_html(std::string_view text, std::string_view base);

std::unique_ptr<Network> make_mastodon(Ground& ground);
extern const Listing mastodon_listing;

}  // namespace carillon::sandbox
