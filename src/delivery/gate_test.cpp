// When what is late goes out.
#include "delivery/gate.h"

#include <gtest/gtest.h>

namespace carillon::delivery {
namespace {

TEST(Gate, WhatIsLateTakesTheNextSlotOfItsQueueWhenItHasOne) {
  Ticket ticket{.zone = "UTC"};
  ticket.delivery.late = {.then = LatePolicy::Then::next_slot, .within = 1min};
  ticket.delivery.planned = Instant::from_seconds(1'800'000'000);
  const Instant now = ticket.delivery.planned + 1h;
  EXPECT_EQ(gate(ticket, {}, 1h, now).due, ticket.delivery.planned + 24h);
  ticket.next_slot = now + 3h;
  const Verdict verdict = gate(ticket, {}, 1h, now);
  EXPECT_EQ(verdict.due, now + 3h);
  EXPECT_TRUE(verdict.moved);
  ticket.next_slot = now - 1s;  // told too long ago
  EXPECT_EQ(gate(ticket, {}, 1h, now).due, ticket.delivery.planned + 24h);
}

TEST(Gate, WhatIsLateLosesNoDayWhenTheClocksChange) {
  Ticket ticket{.zone = "Europe/Berlin"};
  ticket.delivery.late = {.then = LatePolicy::Then::next_slot, .within = 1min};
  for (const auto& [planned, next] : {std::pair("2027-03-27T22:30:00Z", "2027-03-28T21:30:00Z"),
                                      std::pair("2027-10-30T21:30:00Z", "2027-10-31T22:30:00Z")}) {
    ticket.delivery.planned = parse_instant(planned).value();  // 23:30, on the eve of the change
    EXPECT_EQ(to_text(gate(ticket, {}, 1h, ticket.delivery.planned + 5min).due), next);
  }
}

}  // namespace
}  // namespace carillon::delivery
