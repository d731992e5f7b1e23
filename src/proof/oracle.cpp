#include "proof/oracle.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/accounts.h"
#include "store/posts.h"
#include "store/records.h"

namespace carillon::proof {
namespace {

// "p3k0v1" of the first word; empty when it is not one of ours.
std::string mark_in(const std::string& text) {
  const size_t start = text.find_first_not_of(" \n");
  const size_t v = text.find('v', start == std::string::npos ? 0 : start);
  if (start == std::string::npos || text[start] != 'p' || v == std::string::npos) return {};
  return text.substr(start, v - start);
}

}  // namespace

std::string Oracle::key_of(const Delivery& delivery) const {
  const Account& who = accounts_.at(delivery.account);
  return fmt::format("{}:{}:{}", who.network, who.external_id,
                     mark(numbers_.at(delivery.post), delivery.part));
}

std::string Oracle::name_of(const Delivery& delivery) const {
  return fmt::format("{} by {}", mark(numbers_.at(delivery.post), delivery.part),
                     accounts_.at(delivery.account).handle);
}

bool Oracle::is_out_there(const Delivery& delivery) const {
  return out_there_.contains(key_of(delivery));
}

std::vector<Delivery> Oracle::rows() {
  std::vector<Delivery> all;
  scene_.transact([&](store::Unit& unit) {
    for (const Part& part : scene_.parts) {
      numbers_[part.post.id] = part.number;
      for (Delivery& row : store::Posts(unit).deliveries(scene_.workspace, part.post.id))
        all.push_back(std::move(row));
    }
    for (const AccountId id : scene_.accounts) {
      if (!accounts_.contains(id)) accounts_[id] = *store::Accounts(unit).find(scene_.workspace, id);
    }
  });
  return all;
}

void Oracle::decided(const delivery::Save& save) {
  decided_[save.id] = scene_.time.now();
}

void Oracle::saved(const delivery::Save& save, delivery::Saved how, const store::Tenure& tenure) {
  const Delivery& d = save.delivery;
  changed_ = true;
  if (accounts_.empty() || !numbers_.contains(d.post)) rows();
  scene_.tell(fmt::format("{} -> {} ({}){}", name_of(d), to_text(d.state), d.reason,
                          how == delivery::Saved::applied ? "" : " REFUSED BY THE STORE"));
  if (tenure.epoch < scene_.epoch) scene_.violate("D4", "a result of an old owner was not refused");
  if (how != delivery::Saved::applied) return;
  note_patience(save);
  if (save.open) judge_intent(save);
  const auto row =
      scene_.transact([&](store::Unit& unit) { return store::Posts(unit).delivery(scene_.workspace, d.id); });
  if (row) judge_row(*row);
}

// D8, L3, R1: what must hold when an intent becomes durable.
void Oracle::judge_intent(const delivery::Save& save) {
  const Delivery& d = save.delivery;
  const bool question = d.line == Line::ask;  // allowed: it settles what had left before
  if (stopped_.contains(d.id) && !question)
    scene_.violate("D8", "a new intent after it was stopped: " + name_of(d));
  const bool by_word = d.wish == Wish::send_late;  // a person said "send it"
  const bool first = begun_.insert(d.id).second;
  if (first && !by_word && !d.follows && save.open->opened < d.planned) {
    scene_.violate("L3", "sent before its time: " + name_of(d));
  }
  if (d.follows) {
    const auto before = scene_.transact(
        [&](store::Unit& unit) { return store::Posts(unit).delivery(scene_.workspace, *d.follows); });
    if (!before || before->state != DeliveryState::delivered)
      scene_.violate("D", "a part goes before the one before it: " + name_of(d));
  }
  judge_patience(save);
  judge_lanes(save);
}

// R2: after "come back at T" nothing of that kind goes before T. Judged in worlds whose clock is right.
void Oracle::judge_patience(const delivery::Save& save) {
  const auto told = come_back_.find({save.delivery.account, save.open->step});
  if (told == come_back_.end() || scene_.skew.count() != 0) return;
  const Duration early = told->second - decided_.at(save.id);
  if (early > Duration(0)) {
    scene_.violate("R2", fmt::format("asked again {} us before the network allowed it: {}", early.count(),
                                     name_of(save.delivery)));
  }
}

void Oracle::note_patience(const delivery::Save& save) {
  if (!save.close || !save.close->fault || save.close->fault->kind != FaultKind::throttled) return;
  if (!save.close->fault->retry_after) return;
  Instant& until = come_back_[{save.delivery.account, save.close->step}];
  until = std::max(until, decided_.at(save.id) + *save.close->fault->retry_after);
}

// R1: every lane that a request takes, whatever the request is for.
void Oracle::judge_lanes(const delivery::Save& save) {
  const Account& who = accounts_.at(save.delivery.account);
  const channels::Traits& traits = scene_.channels.find(who.network)->channel->traits();
  for (const LaneKey& key : save.takes) {
    const std::string name = key.substr(key.rfind(':') + 1);
    const auto rule = std::ranges::find(traits.lanes, name, &channels::LaneRule::name);
    if (rule == traits.lanes.end() || rule->limit == 0) continue;
    auto& times = taken_[key];
    times.push_back(decided_.at(save.id));
    std::ranges::sort(times);
    const auto limit = static_cast<size_t>(rule->limit);
    for (size_t i = limit; i < times.size(); ++i) {
      if (times[i] - times[i - limit] >= rule->window) continue;
      return scene_.violate("R1", fmt::format("{} requests in {} s on lane {} of {}", limit + 1,
                                              rule->window / 1s, name, who.handle));
    }
  }
}

// D3: no request without its durable intent.
void Oracle::leaves(const delivery::Transmit& transmit) {
  const auto [row, attempts] = scene_.transact([&](store::Unit& unit) {
    store::Posts posts(unit);
    return std::pair(posts.delivery(scene_.workspace, transmit.delivery),
                     posts.attempts(scene_.workspace, transmit.delivery));
  });
  scene_.tell(fmt::format("  request {}: {} {}", transmit.id, transmit.request.method, transmit.request.url));
  const bool open =
      std::ranges::any_of(attempts, [](const Attempt& a) { return a.outcome == Attempt::Outcome::open; });
  if (!row || !open) scene_.violate("D3", "a request leaves without a durable intent");
}

void Oracle::look_at_ledger() {
  const auto& ledger = scene_.platform.ledger();
  for (; ledger_seen_ < ledger.size(); ++ledger_seen_) {
    const sandbox::Effect& effect = ledger[ledger_seen_];
    const std::string ours = mark_in(effect.text);
    if (ours.empty() || effect.deleted) continue;
    const std::string key = fmt::format("{}:{}:{}", effect.network, effect.account, ours);
    scene_.tell(fmt::format("    {} shows {}", effect.network, ours));
    if (++out_there_[key] > 1)
      scene_.violate("D1", fmt::format("{} is out there {} times", key, out_there_[key]));
  }
}

// D settled never changes; L2 reason and due; at most one open attempt.
void Oracle::judge_row(const Delivery& row) {
  const auto known = settled_.find(row.id);
  if (known != settled_.end() &&
      (known->second.first != row.state || known->second.second != row.external_id)) {
    scene_.violate("A2", "a settled delivery changed: " + name_of(row));
  }
  if (is_settled(row.state)) {
    settled_[row.id] = {row.state, row.external_id};
    if (row.attempt) scene_.violate("D", "settled with an open attempt: " + name_of(row));
    return;
  }
  if (row.due == Instant::never() || row.due.us == 0)
    scene_.violate("L2", "nothing will ever look at it again: " + name_of(row));
  if (row.reason.empty()) scene_.violate("L2", "it waits without a reason: " + name_of(row));
  if ((row.state == DeliveryState::in_flight) != row.attempt.has_value()) {
    scene_.violate("D", fmt::format("{} and {} open attempt: {}", to_text(row.state),
                                    row.attempt ? "an" : "no", name_of(row)));
  }
  if (row.resends > 1) scene_.violate("G1", "sent again by itself more than once: " + name_of(row));
}

void Oracle::look_at_rows() {
  for (const Delivery& row : rows()) judge_row(row);
  const auto wrong = scene_.transact([](store::Unit& unit) { return store::recount(unit, false); });
  for (const store::Discrepancy& tally : wrong) scene_.violate("A1", tally.text);
}

void Oracle::stopped(DeliveryId delivery) {
  stopped_[delivery] = 1;
}

bool Oracle::all_settled() {
  const std::vector<Delivery> all = rows();
  return std::ranges::all_of(all, [](const Delivery& row) { return is_settled(row.state); });
}

// A failure must have a cause that lies outside: refused by the network, or as many breakdowns as the policy
// allows.
void Oracle::judge_end(const Delivery& row) {
  const bool shown = is_out_there(row);
  if (row.state == DeliveryState::delivered && !shown)
    scene_.violate("D2", "called delivered, but it is not there: " + name_of(row));
  if (row.state != DeliveryState::delivered && shown && !row.superseded) {
    scene_.violate("D2", fmt::format("called {}, but it is out there: {}", to_text(row.state), name_of(row)));
  }
  if (row.state != DeliveryState::failed) return;
  const auto attempts = scene_.transact(
      [&](store::Unit& unit) { return store::Posts(unit).attempts(scene_.workspace, row.id); });
  const auto broken = std::ranges::count_if(
      attempts, [](const Attempt& a) { return a.fault && a.fault->kind != FaultKind::throttled; });
  if (broken < 8)
    scene_.violate(
        "G2", fmt::format("failed without need: {} ({})", name_of(row), row.fault ? row.fault->code : ""));
}

void Oracle::at_rest() {
  look_at_ledger();
  look_at_rows();
  for (const Delivery& row : rows()) {
    ++scene_.report.deliveries;
    switch (row.state) {
      case DeliveryState::delivered: ++scene_.report.delivered; break;
      case DeliveryState::failed: ++scene_.report.failed; break;
      case DeliveryState::canceled: ++scene_.report.canceled; break;
      case DeliveryState::skipped: ++scene_.report.skipped; break;
      default:
        scene_.violate(
            "L1", fmt::format("never settled: {} ({}, {})", name_of(row), to_text(row.state), row.reason));
    }
    judge_end(row);
  }
}

}  // namespace carillon::proof
