// X, API v2 as documented 2026-08 (docs.x.com, OpenAPI 2.167), for one self-serve app. Knows its endpoints,
// scopes, limits and error bodies. What other networks do it does not know.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <span>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class X final : public Network {
 public:
  explicit X(Ground& ground);

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
  struct Endpoint;
  using Refusal = std::optional<wire::Response>;
  using Rule = Refusal (X::*)(const boost::json::object& body, size_t person, Post& post);
  static std::span<const Endpoint> endpoints();

  // Consent and tokens (x_oauth.cpp)
  wire::Response token(const Call& call);
  wire::Response trade_code(const Call& call, const std::string& client);
  wire::Response refresh(const Call& call, const std::string& client);
  wire::Response revoke(const Call& call);
  wire::Response answer_consent(const Call& call, const Ask& ask);
  wire::Response tokens_for(size_t person, const std::string& client, const std::string& scopes, Instant now);

  // Posts (x_posts.cpp)
  wire::Response create(const Call& call, size_t person);
  wire::Response remove(const Call& call, size_t person);
  Refusal read_text(const boost::json::object& body, size_t person, Post& post);
  Refusal read_reply(const boost::json::object& body, size_t person, Post& post);
  Refusal read_quote(const boost::json::object& body, size_t person, Post& post);
  Refusal read_media(const boost::json::object& body, size_t person, Post& post);
  Refusal read_poll(const boost::json::object& body, size_t person, Post& post);
  Refusal has_content(const boost::json::object& body, size_t person, Post& post);
  Refusal is_new(const boost::json::object& body, size_t person, Post& post);
  std::string saying(const Post& post) const;

  // Articles (articles.cpp)
  struct Article {
    size_t person;
    std::string title, text;
    std::vector<std::string> media{};  // the cover first
  };
  wire::Response draft_article(const Call& call, size_t person);
  std::optional<wire::Response> take_image(const boost::json::value& image, size_t person, Instant now,
                                           Article& article);
  std::optional<wire::Response> read_entities(const boost::json::array& entities, size_t person, Instant now,
                                              Article& article);
  wire::Response publish_article(const Call& call, size_t person);

  // Reading (x_reads.cpp)
  wire::Response me(const Call& call, size_t person);
  wire::Response timeline(const Call& call, size_t person);
  wire::Response one_post(const Call& call, size_t person);
  wire::Response some_posts(const Call& call, size_t person);
  boost::json::object shown(const Post& post, const Call& call) const;

  // Media (x_media.cpp)
  wire::Response upload(const Call& call, size_t person);
  wire::Response initialize(const Call& call, size_t person);
  wire::Response append(const Call& call, size_t person);
  wire::Response finalize(const Call& call, size_t person);
  wire::Response status(const Call& call, size_t person);
  wire::Response metadata(const Call& call, size_t person);
  Medium* own_medium(std::string_view id, size_t person, Instant now);
  boost::json::object described(const Medium& medium, Instant now) const;

  Snowflake ids_;
  std::unordered_map<std::string, Article> articles_;  // drafts and published ones, by id
  std::unordered_map<std::string, std::string> said_;  // person and text -> the last post that said it
};

// Problem documents (docs.x.com/x-api/fundamentals/response-codes-and-errors, 2026-08).
wire::Response x_problem(int status, std::string_view title, std::string_view detail,
                         std::string_view type = "about:blank");
wire::Response x_invalid(std::string_view parameter, std::string_view value, std::string_view message);
wire::Response x_not_found(std::string_view parameter, std::string_view value, std::string_view resource);
// The first field of the object that is not among the known ones, as a refusal.
std::optional<wire::Response> x_unknown_field(const boost::json::object& body,
                                              std::initializer_list<std::string_view> known,
                                              std::string_view where);
std::optional<wire::Response> x_unknown_parameter(const Call& call,
                                                  std::initializer_list<std::string_view> known);
std::string x_user_id(size_t person);

// A post that shows an article begins with its address; the API gives nothing but the address.
constexpr std::string_view x_article_address = "https://x.com/i/article/";

// The text as the API gives it: links as t.co addresses, a media address at the end, & < > escaped; and the
// entities that say what the addresses stand for.
struct Wrapped {
  std::string text;
  boost::json::array urls;
};
Wrapped x_wrapped(const Post& post, std::string_view handle);

std::unique_ptr<Network> make_x(Ground& ground);
extern const Listing x_listing;

}  // namespace carillon::sandbox
