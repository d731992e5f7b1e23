#include "store/queues.h"

#include <gmock/gmock.h>

#include "delivery/reasons.h"
#include "store/accounts.h"
#include "store/journal.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using delivery::Saved;
using testing::ElementsAre;
using testing::IsEmpty;

ON_EVERY_ENGINE(QueuesTest);

// Three slots a day, every day, from the day of `noon` on.
std::vector<plan::Slot> daily(std::initializer_list<int> minutes) {
  std::vector<plan::Slot> slots;
  for (int weekday = 0; weekday < 7; ++weekday) {
    for (const int minute : minutes) slots.push_back({weekday, minute});
  }
  return slots;
}

std::vector<Instant> times(const std::vector<Queues::Placed>& placed) {
  std::vector<Instant> all;
  for (const auto& each : placed) all.push_back(each.at);
  return all;
}

TEST_P(QueuesTest, SlotsOfAnAccountAreItsOwnUntilTheyAreForgotten) {
  work([&](Unit& unit) {
    Queues queues(unit);
    EXPECT_FALSE(queues.own(workspace, first.id));
    queues.put(workspace, first.id, {{1, 600}, {0, 540}, {1, 600}});
    EXPECT_THAT(queues.own(workspace, first.id).value(), ElementsAre(plan::Slot{0, 540}, plan::Slot{1, 600}));
    EXPECT_FALSE(queues.own(workspace, second.id));
    EXPECT_FALSE(queues.own(mint.make<WorkspaceId>(), first.id));
    queues.put(workspace, first.id, {});
    EXPECT_THAT(queues.own(workspace, first.id).value(), IsEmpty());
    EXPECT_EQ(queues.all(workspace).size(), 1U);
    queues.forget(workspace, first.id);
    EXPECT_FALSE(queues.own(workspace, first.id));
    EXPECT_EQ(queues.queue(first, "UTC", noon, noon + 24h).slots, plan::usual_slots());
  });
}

TEST_P(QueuesTest, APostTakesTheSlotOfItsAccountsUntilItIsCanceled) {
  Post p = post({first.id}, 3);
  p.due = noon + 5h;
  scheduled(p);
  work([&](Unit& unit) {
    Queues queues(unit);
    EXPECT_THAT(times(queues.placed(workspace, first.id, noon, noon + 24h)), ElementsAre(noon + 5h));
    EXPECT_THAT(queues.placed(workspace, first.id, noon, noon + 5h), IsEmpty());
    EXPECT_THAT(queues.placed(workspace, second.id, noon, noon + 24h), IsEmpty());
    EXPECT_THAT(queues.queue(first, "UTC", noon, noon + 24h).taken, ElementsAre(noon + 5h));
    Posts(unit).cancel(workspace, p.id, noon);
    EXPECT_THAT(queues.placed(workspace, first.id, noon, noon + 24h), IsEmpty());
  });
}

TEST_P(QueuesTest, LearnsFromWhatWasPublishedSince) {
  const auto rows = scheduled_to(first.id, 2);
  settle(rows[0].id, DeliveryState::delivered);
  work([&](Unit& unit) {
    EXPECT_EQ(Queues(unit).published(workspace, first.id, noon - 24h).size(), 1U);
    EXPECT_THAT(Queues(unit).published(workspace, first.id, noon + 24h), IsEmpty());
    EXPECT_THAT(Queues(unit).published(workspace, second.id, noon - 24h), IsEmpty());
  });
}

// Two late posts and one that has its time: each late one is told another slot, none the one that is taken.
TEST_P(QueuesTest, LateOnesAreToldTheNextSlotsThatAreFree) {
  Post late = post({first.id}), also = post({first.id}), timely = post({first.id});
  late.late = also.late = {.then = LatePolicy::Then::next_slot, .within = 1min};
  timely.due = noon + 60min + 5h;
  scheduled(late), scheduled(also), scheduled(timely);
  const Instant now = noon + 60min;
  work([&](Unit& unit) {
    const auto without = Journal(unit).due({workspace, first.id, Line::bulk, 10}, now).tickets;
    ASSERT_EQ(without.size(), 2U);
    EXPECT_FALSE(without[0].next_slot);
    const auto wall = localize(now + 5h, "UTC").value();
    const int minute = wall.hour * 60 + wall.minute;
    Queues(unit).put(workspace, first.id, daily({minute}));
    const auto tickets = Journal(unit).due({workspace, first.id, Line::bulk, 10}, now).tickets;
    ASSERT_EQ(tickets.size(), 2U);
    EXPECT_EQ(tickets[0].next_slot, now + 5h + 24h);
    EXPECT_EQ(tickets[1].next_slot, now + 5h + 48h);
  });
}

TEST_P(QueuesTest, ASlotThatWasTakenMeanwhileIsNotTakenTwice) {
  const Delivery late = scheduled_to(first.id)[0];
  delivery::Save moved;
  moved.delivery = late;
  moved.from = late.state;
  moved.delivery.reason = delivery::reason::next_slot;
  moved.delivery.planned = moved.delivery.due = noon + 5h;
  Post other = post({first.id});
  other.due = noon + 5h;
  scheduled(other);
  work([&](Unit& unit) { Queues(unit).put(workspace, first.id, daily({540})); });
  EXPECT_EQ(apply(moved), Saved::stale);
  EXPECT_EQ(row(late.id).planned, noon);
  moved.delivery.planned = moved.delivery.due = noon + 6h;
  EXPECT_EQ(apply(moved), Saved::applied);
  EXPECT_EQ(row(late.id).planned, noon + 6h);
}

}  // namespace
}  // namespace carillon::store
