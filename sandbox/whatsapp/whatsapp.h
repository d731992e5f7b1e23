// WhatsApp Business, Cloud API as documented 2026-09: phone numbers that a token can speak for. Sending is
// not part of it yet. Knows its nodes and error bodies.
#pragma once

#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

class Whatsapp final : public Network {
 public:
  explicit Whatsapp(Ground& ground) : Network(ground, "whatsapp", "EAAW") {}

  std::optional<wire::Response> consent(const Call&) override { return std::nullopt; }
  wire::Response serve(const Call& call) override;
  wire::Response throttled(const Call& call, Duration wait, bool silent) override;
  wire::Response unavailable(const Call& call) override;
  Person person(size_t index) const override;
  Person connect(size_t index, Instant now) override;
  std::optional<size_t> index_of(std::string_view external_id) const override;
  void adopt(const Effect&) override {}
  const Post* shown_at(const Call&) override { return nullptr; }

 private:
  wire::Response error(int status, int code, std::string_view message, int subcode = 0);
  wire::Response node(const Call& call, size_t index);
};

std::unique_ptr<Network> make_whatsapp(Ground& ground);
extern const Listing whatsapp_listing;

}  // namespace carillon::sandbox
