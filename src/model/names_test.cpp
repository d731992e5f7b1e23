#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "model/account.h"
#include "model/delivery.h"
#include "model/people.h"
#include "model/post.h"

namespace carillon {
namespace {

// Each value up to `last` has a name of its own that leads back to it, and nothing else does.
template <class Enum, class From>
void check_names(Enum last, From from) {
  std::set<std::string_view> names;
  const int count = static_cast<int>(last) + 1;
  for (int i = 0; i < count; ++i) {
    const auto value = static_cast<Enum>(i);
    names.insert(to_text(value));
    EXPECT_EQ(from(to_text(value)), value) << to_text(value);
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(count));
  EXPECT_FALSE(names.contains(""));
  EXPECT_EQ(from(""), std::nullopt);
  EXPECT_EQ(from("nonsense"), std::nullopt);
}

TEST(Names, EveryValueHasOneThatLeadsBack) {
  check_names(Hold::disconnected, hold_from);
  check_names(DeliveryState::skipped, delivery_state_from);
  check_names(Attempt::Outcome::read, attempt_outcome_from);
  check_names(Line::bulk, line_from);
  check_names(Wish::send_late, wish_from);
  check_names(Role::owner, role_from);
  check_names(PostState::expired, post_state_from);
  check_names(LinkPlace::comment, link_place_from);
  check_names(LatePolicy::Then::next_slot, late_then_from);
}

TEST(Names, AreTheOnesThatTheEnumsShow) {
  EXPECT_EQ(to_text(Hold::reconnect), "reconnect");
  EXPECT_EQ(to_text(DeliveryState::in_flight), "in_flight");
  EXPECT_EQ(to_text(DeliveryState::skipped), "skipped");
  EXPECT_EQ(to_text(Attempt::Outcome::not_sent), "not_sent");
  EXPECT_EQ(to_text(Line::inbox), "inbox");
  EXPECT_EQ(to_text(Wish::is_not_there), "is_not_there");
  EXPECT_EQ(to_text(Role::owner), "owner");
  EXPECT_EQ(to_text(PostState::scheduled), "scheduled");
  EXPECT_EQ(to_text(LatePolicy::Then::next_slot), "next_slot");
}

TEST(DeliveryState, SettledAreTheLastFour) {
  EXPECT_FALSE(is_settled(DeliveryState::waiting));
  EXPECT_FALSE(is_settled(DeliveryState::uncertain));
  EXPECT_FALSE(is_settled(DeliveryState::in_flight));
  EXPECT_TRUE(is_settled(DeliveryState::delivered));
  EXPECT_TRUE(is_settled(DeliveryState::failed));
  EXPECT_TRUE(is_settled(DeliveryState::canceled));
  EXPECT_TRUE(is_settled(DeliveryState::skipped));
}

}  // namespace
}  // namespace carillon
