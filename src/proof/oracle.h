// Who knows the truth: compares what the engine stores with what the networks' ledgers say, after every step,
// and keeps its own books of everything that was promised. One thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "proof/scene.h"
#include "store/journal.h"

namespace carillon::proof {

class Oracle {
 public:
  explicit Oracle(Scene& scene) : scene_(scene) {}

  void decided(const delivery::Save& save);  // the engine asked for it; not durable yet
  void saved(const delivery::Save& save, delivery::Saved how, const store::Tenure& tenure);
  void leaves(const delivery::Transmit& transmit);  // a request is about to leave
  void look_at_ledger();                            // D1 over what is new in it
  void look_at_rows();                              // every row, every tally
  void stopped(DeliveryId delivery);                // canceled or paused, durable now
  void resumed(DeliveryId delivery) { stopped_.erase(delivery); }
  void consented_to_be_late(DeliveryId delivery) { late_by_consent_.insert(delivery); }
  bool all_settled();
  bool take_changed() { return std::exchange(changed_, false); }  // was anything saved since the last time?
  void at_rest();                                                 // everything settled: the balance

  // Does the network show this delivery's post?
  bool is_out_there(const Delivery& delivery) const;
  std::string name_of(const Delivery& delivery) const;  // "p3k0 by @shop"

 private:
  void judge_row(const Delivery& row);
  void judge_intent(const delivery::Save& save);
  void judge_lanes(const delivery::Save& save);
  void judge_patience(const delivery::Save& save);
  void note_patience(const delivery::Save& save);
  void judge_end(const Delivery& row);
  std::vector<Delivery> rows();
  std::string key_of(const Delivery& delivery) const;  // "x:123:p3k0"
  const Account& account(AccountId id);

  Scene& scene_;
  bool changed_ = true;
  size_t ledger_seen_ = 0;
  std::map<std::string, int> out_there_;  // by key
  std::map<DeliveryId, std::pair<DeliveryState, std::string>> settled_;
  std::map<DeliveryId, size_t> stopped_;  // attempts made until then
  std::set<DeliveryId> late_by_consent_, begun_;
  std::map<delivery::EffectId, Instant> decided_;
  std::map<LaneKey, std::vector<Instant>> taken_;  // real time of each request in its lanes
  std::map<AccountId, Account> accounts_;
  std::map<PostId, int> numbers_;
  std::map<std::pair<AccountId, std::string>, Instant> come_back_;  // by account and step, real time
};

}  // namespace carillon::proof
