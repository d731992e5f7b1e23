// Random days in the life of a database: whatever people and the engine do, in any order, the counts are the
// rows' and every row is in a state that can be explained.
#include <map>

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;

class PropertyTest : public OnEveryEngine {
 protected:
  void act();
  void people_act(const PostId& id);
  void engine_acts();
  void expect_sense();
  template <class T>
  const T& any(const std::vector<T>& of) {
    return of[dice.below(of.size())];
  }

  std::vector<PostId> posts;
  Instant now = noon;
};
INSTANTIATE_TEST_SUITE_P(Store, PropertyTest, ::testing::Values(Place::memory, Place::postgres), place_name);

void PropertyTest::act() {
  now = now + Duration(static_cast<int64_t>(dice.below(60'000'000)));
  if (posts.empty() || dice.chance(10)) {
    std::vector<AccountId> accounts = {first.id};
    if (dice.chance(50)) accounts.push_back(second.id);
    const Post p = post(accounts, 1 + dice.below(3));
    work([&](Unit& unit) {
      Posts(unit).add(p);
      if (dice.chance(90)) Posts(unit).schedule(p, now, mint);
    });
    posts.push_back(p.id);
  } else if (dice.chance(25)) {
    people_act(any(posts));
  } else {
    engine_acts();
  }
}

void PropertyTest::people_act(const PostId& id) {
  Post p = stored(id).value();
  const auto rows = work([&](Unit& unit) { return Posts(unit).deliveries(workspace, id); });
  work([&](Unit& unit) {
    Posts them(unit);
    switch (dice.below(7)) {
      case 0: them.cancel(workspace, id, now); break;
      case 1: them.reschedule(p, now + 1h); break;
      case 2: them.retry(workspace, id, {}, now, mint); break;
      case 3:
        if (!rows.empty()) them.retry(workspace, id, {any(rows).id}, now, mint);
        break;
      case 4: them.pause(workspace, id, dice.chance(50)); break;
      case 5:
        if (!rows.empty())
          (void)them.wish(workspace, any(rows).id, static_cast<Wish>(1 + dice.below(5)), "", now);
        break;
      default:
        p.content.parts.resize(1 + dice.below(3), {.text = "More"});
        if (dice.chance(30)) p.targets.resize(1);
        if (dice.chance(30) && p.targets.size() == 1)
          p.targets.push_back({.account = p.targets[0].account == first.id ? second.id : first.id});
        if (dice.chance(30)) p.due = now + 2h;
        ASSERT_TRUE(them.edit(p, p.revision));
    }
  });
}

void PropertyTest::engine_acts() {
  constexpr DeliveryState ends[] = {DeliveryState::waiting,   DeliveryState::uncertain,
                                    DeliveryState::delivered, DeliveryState::failed,
                                    DeliveryState::canceled,  DeliveryState::skipped};
  const AccountId account = dice.chance(50) ? first.id : second.id;
  auto tickets = work([&](Unit& unit) {
    Journal journal(unit);
    if (dice.chance(50)) return journal.open_attempts();
    return journal.due({workspace, account, dice.chance(20) ? Line::ask : Line::bulk, 3}, now).tickets;
  });
  if (tickets.empty()) return;
  const delivery::Ticket& ticket = any(tickets);
  const Delivery& d = ticket.delivery;
  if (d.state == DeliveryState::waiting && ticket.before != DeliveryState::delivered) return;
  delivery::Save save = d.state == DeliveryState::in_flight || dice.chance(20)
                            ? closing(d, any(std::vector(ends, ends + 6)))
                            : opening(d, dice.chance(70));
  if (save.close && dice.chance(20)) save.close->outcome = Attempt::Outcome::unknown;
  if (save.delivery.state == DeliveryState::waiting) save.delivery.line = Line::bulk;
  if (dice.chance(10)) save.expected = mint.make<AttemptId>();
  const Saved saved = apply(save, now);
  if (saved == Saved::stale) {
    EXPECT_EQ(row(d.id), work([&](Unit& unit) { return Posts(unit).delivery(workspace, d.id).value(); }));
  }
}

void PropertyTest::expect_sense() {
  std::map<DeliveryId, Delivery> all;
  for (const PostId& id : posts) {
    for (const Delivery& d : work([&](Unit& unit) { return Posts(unit).deliveries(workspace, id); }))
      all[d.id] = d;
  }
  for (const auto& [id, d] : all) {
    EXPECT_EQ(d.state == DeliveryState::in_flight, d.attempt.has_value());
    EXPECT_EQ(is_settled(d.state), d.settled != Instant{});
    if (d.superseded) {
      EXPECT_TRUE(is_settled(d.state));
      EXPECT_NE(d.state, DeliveryState::delivered);
    }
    if (!is_settled(d.state)) {
      EXPECT_LT(d.due, now + 30 * 24h);
      EXPECT_FALSE(d.reason.empty());
    }
    const auto attempts = work([&](Unit& unit) { return Posts(unit).attempts(workspace, id); });
    size_t open = 0;
    for (const Attempt& attempt : attempts) open += attempt.outcome == Attempt::Outcome::open;
    EXPECT_EQ(open, d.attempt ? 1U : 0U);
    if (d.state == DeliveryState::waiting && d.follows) {
      const Delivery& before = all.at(*d.follows);
      EXPECT_TRUE(!is_settled(before.state) || before.state == DeliveryState::delivered)
          << to_text(before.state);
    }
  }
}

TEST_P(PropertyTest, CountsAreRowsAndRowsMakeSenseWhateverHappens) {
  const uint64_t worlds = GetParam() == Place::memory ? 10 : 1;
  for (uint64_t world = 1; world <= worlds && !HasFailure(); ++world) {
    SCOPED_TRACE("world " + std::to_string(world));
    SetUp();
    posts.clear();
    dice = SeededRandom(world);
    now = noon;
    for (int day = 0; day < 5 && !HasFailure(); ++day) {
      for (int i = 0; i < 60; ++i) act();
      expect_true_tallies();
      expect_sense();
    }
    EXPECT_GT(posts.size(), 5U);
    EXPECT_EQ(work([&](Unit& unit) { return census(unit, now).posts; }), static_cast<int64_t>(posts.size()));
  }
}

}  // namespace
}  // namespace carillon::store
