#include "store/fitting.h"

#include <map>

#include "delivery/reasons.h"
#include "store/delivery_rows.h"
#include "store/freezer.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

constexpr int64_t places_per_target = 1000;

using Parts = std::map<uint32_t, Delivery>;

class Fitting {
 public:
  Fitting(Connection& connection, const Post& post, const Fit& how, Minter& mint)
      : db_(connection), post_(post), how_(how), mint_(mint), freezer_(connection, post, mint) {}

  std::vector<Delivery> run();

 private:
  void fit_target(const Target& target, Parts parts, int64_t place);
  void refit(Delivery& d, ContentId content, const Delivery* before);
  void take_away(const Delivery& d);
  bool untouched(const Delivery& d) { return d.state == DeliveryState::waiting && !may_be_out(db_, d); }

  Connection& db_;
  const Post& post_;
  const Fit& how_;
  Minter& mint_;
  Freezer freezer_;
  Tally change_;
  std::vector<Delivery> current_;
};

std::vector<Delivery> Fitting::run() {
  std::map<AccountId, Parts> there;
  for (Delivery& d : deliveries_of(db_, post_.workspace, post_.id, true)) {
    Parts& parts = there[d.account];
    parts.insert_or_assign(d.part, std::move(d));
  }
  int64_t place = 0;
  for (const Target& target : post_.targets) {
    fit_target(target, std::move(there[target.account]), place);
    there.erase(target.account);
    place += places_per_target;
  }
  for (const auto& [account, parts] : there) {  // no target any longer
    for (const auto& [part, d] : parts) take_away(d);
  }
  change_tally(db_, post_.workspace, post_.id, change_);
  return std::move(current_);
}

void Fitting::fit_target(const Target& target, Parts parts, int64_t place) {
  const Freezer::Frozen frozen = freezer_.of(target);
  const Delivery* before = nullptr;
  current_.reserve(current_.size() + frozen.parts);  // `before` points into it
  for (uint32_t part = 0; part < frozen.parts; ++part) {
    const auto found = parts.find(part);
    const bool there = found != parts.end();
    const bool over =
        there && is_settled(found->second.state) && found->second.state != DeliveryState::delivered;
    if (there && !(over && how_.renew)) {
      refit(found->second, frozen.id, before);
      current_.push_back(found->second);
    } else if (!before || how_.renew || !is_settled(before->state) ||
               before->state == DeliveryState::delivered) {
      if (there) supersede(db_, found->second, change_);
      current_.push_back(new_delivery(post_, target.account, frozen.id, part, before, how_.due, mint_));
      insert_delivery(db_, current_.back(), place + part);
      ++change_[DeliveryState::waiting];
    } else {
      break;  // the part before is not out and will not be: this one comes with its retry
    }
    before = &current_.back();
  }
  for (const auto& [part, d] : parts) {
    if (part >= frozen.parts) take_away(d);
  }
}

// A waiting row of which nothing can be out yet says what the post says now.
void Fitting::refit(Delivery& d, ContentId content, const Delivery* before) {
  if (!untouched(d)) return;
  d.content = content;
  d.late = post_.late;
  d.progress = {};
  d.tries = 0;
  d.fault.reset();
  ++d.revision;
  if (how_.moved) {
    const bool waits = before && before->state != DeliveryState::delivered;
    d.planned = how_.due;
    d.due = waits ? how_.due + part_patience : how_.due;
    d.reason = waits ? delivery::reason::after_part : delivery::reason::scheduled;
  }
  db_.tell(
      "UPDATE deliveries SET content = $3, late_then = $4, late_within = $5, step = 'start', facts = '', "
      "tries = 0, "
      "fault = '', planned = $6, due = $7, reason = $8, revision = $9 WHERE workspace = $1 AND id = $2",
      d.workspace, d.id, d.content, number_of(d.late.then), d.late.within.count(), d.planned, d.due, d.reason,
      d.revision);
}

// Its target or part is no longer wanted. What may be out stays and is counted.
void Fitting::take_away(const Delivery& d) {
  if (!untouched(d)) {
    current_.push_back(d);
    return;
  }
  take_off(db_, d, post_.updated, change_);
}

}  // namespace

void take_off(Connection& db, const Delivery& d, Instant now, Tally& change) {
  supersede(db, d, change);
  db.tell(
      "UPDATE deliveries SET state = 5, reason = 'canceled', settled = $3, wish = 0 WHERE workspace = $1 AND "
      "id = $2",
      d.workspace, d.id, now);
}

std::vector<Delivery> fit(Connection& connection, const Post& post, const Fit& how, Minter& mint) {
  return Fitting(connection, post, how, mint).run();
}

}  // namespace carillon::store
