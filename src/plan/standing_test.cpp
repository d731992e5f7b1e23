#include "plan/standing.h"

#include <gtest/gtest.h>

namespace carillon::plan {
namespace {

Post with(PostState state, int64_t waiting, int64_t delivered) {
  Post post;
  post.state = state;
  post.tally.count[static_cast<size_t>(DeliveryState::waiting)] = waiting;
  post.tally.count[static_cast<size_t>(DeliveryState::delivered)] = delivered;
  return post;
}

TEST(Standing, WaitsUntilSomethingOfItWasBegun) {
  EXPECT_TRUE(still_waits(with(PostState::scheduled, 2, 0)));
  EXPECT_TRUE(still_waits(with(PostState::proposed, 0, 0)));
  EXPECT_FALSE(still_waits(with(PostState::scheduled, 1, 1)));
  for (const PostState state : {PostState::draft, PostState::canceled, PostState::expired})
    EXPECT_FALSE(still_waits(with(state, 0, 0)));
}

TEST(Standing, APostIsCalledByItsTitleElseByHowItBegins) {
  Post post;
  EXPECT_EQ(called(post, 80), "");
  EXPECT_EQ(quoted(post), "a post");
  post.content.parts.push_back({.text = "Plum cake, today only"});
  EXPECT_EQ(quoted(post), "“Plum cake, today only”");
  EXPECT_LE(called(post, 12).size(), 12U);
  post.title = "Cake";
  EXPECT_EQ(called(post, 80), "Cake");
}

}  // namespace
}  // namespace carillon::plan
