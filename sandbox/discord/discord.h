// Discord's webhooks, API v10 (docs.discord.com/developers/resources/webhook, 2026-08): one webhook per
// channel, which can write, and read one message by its number, but no history. Stricter in a single point:
// fields that no document names are refused.
#pragma once

#include <boost/json/object.hpp>

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Discord final : public Network {
 public:
  explicit Discord(Ground& ground);

  std::optional<wire::Response> consent(const Call&) override { return std::nullopt; }
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  void expire(Instant) override {
    refuse_next_ = true;
  }  // a webhook has no end: the next request finds it gone
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  Character speaker(const Post& post) const override;
  void adopt(const Effect& effect) override;
  const Post* shown_at(const Call& call) override;

 private:
  wire::Response webhook(size_t index) const;
  wire::Response execute(const Call& call, size_t index);
  wire::Response message(const Call& call, size_t index);
  wire::Response remove(const Call& call, size_t index);
  // "" or what is wrong, as the field and the sentence about it.
  using Wrong = std::optional<wire::Response>;
  Wrong read_message(const boost::json::object& body, const Call& call, Post& post);
  Wrong read_poll(const boost::json::object& poll, Post& post) const;
  Wrong read_files(const boost::json::object& body, const Call& call, Post& post);
  boost::json::object shown(const Post& post) const;

  Snowflake ids_;
  int64_t last_file_ = 0;
  bool refuse_next_ = false;
};

wire::Response discord_error(int status, int64_t code, std::string_view message);
wire::Response discord_invalid(std::string_view field, std::string_view message);

std::unique_ptr<Network> make_discord(Ground& ground);
extern const Listing discord_listing;

}  // namespace carillon::sandbox
