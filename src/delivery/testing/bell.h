// A network for tests that is one request: publish, and a look-up where it can be asked. The test says what
// its answers mean by their status. Tests only.
#pragma once

#include "channels/registry.h"
#include "delivery/engine.h"

namespace carillon::delivery::testing {

class BellChannel final : public channels::Channel {
 public:
  explicit BellChannel(channels::Repeat repeat) : repeat_(repeat) {
    traits_.network = "bell";
    traits_.lanes = {{.name = "post", .limit = 3, .window = 60s},
                     {.name = "read", .limit = 100, .window = 60s}};
    traits_.post_lanes = {"post"};
    traits_.can_look_up = repeat == channels::Repeat::probe;
  }
  channels::Traits& mutable_traits() { return traits_; }
  void carry(wire::Body body) { body_ = std::move(body); }  // what it publishes from now on

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
  channels::Send publish() const;
  channels::Send look_up() const;
  channels::Repeat repeat_;
  channels::Traits traits_;
  wire::Body body_;
};

class BellTower final : public channels::Registry {
 public:
  explicit BellTower(const channels::Channel& channel) : entry_{&channel, nullptr} {}
  std::span<const channels::Entry> all() const override { return {&entry_, 1}; }

 private:
  channels::Entry entry_;
};

// What the store would do with saves, and what a driver would see: one account, one engine, one clock.
class Stage {
 public:
  explicit Stage(channels::Repeat repeat = channels::Repeat::probe);

  BellChannel channel;
  BellTower tower;
  SeededRandom random{7};
  Policy policy;
  Engine engine;
  Account account;
  Instant now = Instant::from_seconds(1'800'000'000);
  std::vector<Delivery> rows;
  std::vector<Attempt> attempts;
  std::vector<Transmit> sent;  // requests that left and have no answer yet
  std::vector<Refresh> refreshes;
  std::vector<Notice> notices;
  DeliveryState before = DeliveryState::delivered;  // of the part before, for rows that follow one
  Saved next_save = Saved::applied;                 // what the store says to the next save

  DeliveryId add(LatePolicy late = {});
  Delivery& row(DeliveryId id);
  void run();                                               // claims and saves until nothing more happens now
  void pass(Duration span);                                 // time goes by, then run()
  void answer(int status, const std::string& body = "{}");  // to the oldest request that is out
  void lose();
  void refuse();
  std::vector<Claim> look();  // what would have to be read; carries out what begins without that
  size_t reads() const { return reads_; }
  size_t published() const;  // publishing requests that ever left

 private:
  void carry_out(Effects effects);
  Saved write(const Save& save);
  size_t published_ = 0, reads_ = 0;
};

}  // namespace carillon::delivery::testing
