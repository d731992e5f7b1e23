// Two networks of one company publish alike: a container is made, which fetches its medium from an address,
// and is published once it is filled. Their tokens live an hour, then sixty days, and are refreshed with
// themselves. Common to both; fields, limits and words are each network's own (developers.facebook.com,
// 2026-09).
#pragma once

#include <boost/json/object.hpp>
#include <initializer_list>

#include "sandbox/fetching.h"
#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Containers : public Network {
 public:
  // "th" or "ig": the first letters of its grant types. first: the id of its first identity.
  Containers(Ground& ground, std::string_view name, std::string_view prefix, std::string_view letters,
             int64_t first);

  std::optional<wire::Response> consent(const Call& call) override;
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;

 protected:
  using Refusal = std::optional<wire::Response>;
  using Steps = std::vector<std::string>;  // of the path, without network and version

  struct Container {
    std::string id, kind;  // kind: as the network names it
    Post post;
    bool child = false, published = false;
    std::vector<std::string> children;
    std::string failure;  // why it cannot be filled; empty: it can
    Instant made, ready;
  };

  struct Wish {
    std::string_view name, words;
  };
  virtual std::span<const Wish> wishes() const = 0;  // the scopes there are
  virtual std::string_view publishing_scope() const = 0;
  virtual wire::Response answer(const Call& call, const Steps& steps, const Grant& grant) = 0;
  virtual boost::json::object shown(const Post& post, Instant now) = 0;
  // What is wrong with a fetched file; "": nothing.
  virtual std::string failure_of(const Found& found, const Container& container) const = 0;

  wire::Response error(int status, int code, std::string_view message, int subcode = 0);
  wire::Response missing(std::string_view id);
  Refusal unknown_parameter(const Call& call, std::initializer_list<std::string_view> known);
  Refusal needs(const Grant& grant, std::string_view scope);
  // The fields asked for; a field that does not exist fails the whole call.
  wire::Response selected(const Call& call, const boost::json::object& whole, std::string_view otherwise);
  wire::Response listed(const Call& call, size_t person, bool replies, std::string_view otherwise);
  // Fetches its medium, or says why it cannot be.
  void fill(Container& container, const std::string& url, bool video, std::string_view alt, Instant now);
  Container& keep(Container container, Instant now);
  Container* container(std::string_view id);
  std::string_view standing(const Container& container, Instant now) const;
  Post& publish(Container& container, Instant now);
  // A second publication is an error; which one stands nowhere: one of these codes and subcodes.
  wire::Response published_already(std::initializer_list<std::pair<int, int>> errors);
  std::string id_of(size_t person) const { return std::to_string(first_ + static_cast<int64_t>(person)); }

 private:
  wire::Response token(const Call& call);
  wire::Response longer(const Call& call, bool exchange);
  wire::Response answer_consent(const Call& call, const Ask& ask);
  Refusal authenticate(const Call& call, Grant& grant);

  std::string letters_;
  int64_t first_;
  Snowflake ids_;
  std::unordered_map<std::string, Container> containers_;
};

}  // namespace carillon::sandbox
