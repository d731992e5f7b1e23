// A network for measurements: publishing is one POST, a lost answer can be asked about, nothing is limited.
// One delivery of an account at a time, as on the networks that are shipped. The id of a delivery carries the
// time when it is due (UUIDv7: its first 48 bits); the request passes it on, so that the other side can say
// how late it came.
#pragma once

#include "channels/registry.h"

namespace carillon::bench {

class RingChannel final : public channels::Channel {
 public:
  RingChannel();
  const channels::Traits& traits() const override { return traits_; }
  channels::Move step(const channels::Job& job, const Progress& progress,
                      const channels::Event& event) const override;
  std::vector<channels::LaneNews> limits_in(const std::vector<std::string>&, const wire::Response&,
                                            Instant) const override {
    return {};
  }
  channels::CheckReport check(const Account&, const ContentPart&, uint32_t, const Content&,
                              const std::vector<MediaFacts>&) const override {
    return {};
  }

 private:
  channels::Traits traits_;
};

class RingTower final : public channels::Registry {
 public:
  std::span<const channels::Entry> all() const override { return {&entry_, 1}; }

 private:
  RingChannel channel_;
  channels::Entry entry_{&channel_, nullptr};
};

}  // namespace carillon::bench
