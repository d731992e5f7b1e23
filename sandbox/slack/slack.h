// Slack's Web API for one bot in one workspace (docs.slack.dev, 2026-09): messages, threads, uploads,
// history. It answers 200 to nearly everything and says "ok" or what is wrong. Stricter in a single point:
// arguments that no document names are refused.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <unordered_map>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Slack final : public Network {
 public:
  explicit Slack(Ground& ground);

  std::optional<wire::Response> consent(const Call&) override { return std::nullopt; }
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  void expire(Instant) override {
    refuse_next_ = true;
  }  // a bot's token has no end: the next request finds it revoked
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  Character speaker(const Post&) const override { return {"Carillon", "app"}; }
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;
  std::string shelf_id(const Effect& effect) const override {
    return effect.account + "/" + effect.external_id;
  }

 private:
  using Refusal = std::optional<wire::Response>;
  struct Method;
  wire::Response answer(const Call& call);
  wire::Response who(const Call& call);
  wire::Response info(const Call& call);
  // Messages (messages.cpp)
  wire::Response post_message(const Call& call);
  wire::Response remove(const Call& call);
  wire::Response permalink(const Call& call);
  wire::Response history(const Call& call);
  wire::Response replies(const Call& call);
  wire::Response list(const Call& call, std::string_view channel, const std::string& root);
  Refusal find_channel(const Call& call, std::string& channel) const;
  Refusal read_text(const Call& call, Post& post) const;
  Refusal read_blocks(const Call& call, Post& post);
  Refusal read_thread(const Call& call, const std::string& channel, Post& post) const;
  boost::json::object shown(const Post& post) const;
  // Files (files.cpp)
  wire::Response upload_address(const Call& call);
  wire::Response take_bytes(const Call& call);
  wire::Response complete(const Call& call);

  std::unordered_map<std::string, boost::json::value> metadata_;  // of messages, until a restart
  int64_t last_ts_ = 0, last_file_ = 0;
  bool refuse_next_ = false;
};

inline constexpr std::string_view slack_token = "xoxb-sandbox-bot-token";

wire::Response slack_ok(boost::json::object body);
wire::Response slack_error(std::string_view error);
std::optional<wire::Response> slack_unknown(const Call& call, std::initializer_list<std::string_view> known);

std::unique_ptr<Network> make_slack(Ground& ground);
extern const Listing slack_listing;

}  // namespace carillon::sandbox
