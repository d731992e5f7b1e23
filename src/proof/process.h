// One life of the server in a world: the same dumb driver as run/pump, with the world's clock and wires, and
// a body that can die between any two effects or freeze and wake up too late. One thread.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "delivery/renewal.h"
#include "proof/scene.h"
#include "proof/wires.h"
#include "store/journal.h"

namespace carillon::proof {

class Process : public std::enable_shared_from_this<Process> {
 public:
  Process(Scene& scene, std::string holder);

  bool start();  // false: another one is in office
  void die();
  void freeze(Duration span);
  bool alive() const { return alive_; }
  bool awake() const { return alive_ && !frozen_; }

  // What the reception would tell after a commit.
  void expect(AccountId account, Line line, Instant due);
  void account_changed(AccountId account);
  void clock_moved(Duration by);

 private:
  void carry_out(delivery::Effects effects);
  void work();  // one effect
  void save(const delivery::Save& save);
  void transmit(const delivery::Transmit& transmit);
  void heard(delivery::EffectId id, const net::Outcome& outcome);
  void refresh(AccountId account);
  struct Renewing {
    std::string stored;  // the credential as it was read
    delivery::Grant grant;
  };
  void renew(std::shared_ptr<Renewing> what, delivery::RenewalMove move);
  void store_renewal(const Renewing& what, const delivery::RenewalMove& move);
  void arm();  // look at the claims when the engine wants to be woken
  void look();
  void read(const delivery::Claim& claim);
  void renew();
  bool may_crash();
  void soon(Duration span, std::function<void()> what);  // unless dead; later when frozen

  Scene& scene_;
  const std::string holder_;
  SeededRandom engine_dice_;
  delivery::Engine engine_;
  store::Tenure tenure_;
  Instant office_until_;
  std::deque<delivery::Effect> effects_;
  bool working_ = false, alive_ = true, frozen_ = false;
  Instant next_look_ = Instant::never();
  std::vector<std::function<void()>> held_back_;  // while frozen
  std::map<AccountId, bool> refreshing_;
  delivery::RenewalPace pace_{engine_dice_};
};

}  // namespace carillon::proof
