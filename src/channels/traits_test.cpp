// What every network's traits must say, so that the rest of the house can rely on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "channels/registry.h"

namespace carillon::channels {
namespace {

TEST(Traits, EveryNumberHasASource) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    EXPECT_NE(traits.source.find("https://"), std::string::npos) << traits.network;
    for (const LaneRule& lane : traits.lanes) EXPECT_TRUE(lane.source.starts_with("https://")) << lane.name;
    for (const MediaRule& rule : traits.media) {
      EXPECT_TRUE(rule.source.starts_with("https://")) << rule.kind;
      EXPECT_NE(rule.source.find("202"), std::string::npos) << rule.kind << ": the date of the source";
      EXPECT_GT(rule.max_bytes, 0U);
      EXPECT_GT(rule.max_count, 0U);
      EXPECT_FALSE(rule.mimes.empty());
    }
  }
}

TEST(Traits, LanesThatPublishingTakesAreListed) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    EXPECT_FALSE(traits.post_lanes.empty());
    for (const std::string& name : traits.post_lanes) {
      const bool known = std::any_of(traits.lanes.begin(), traits.lanes.end(),
                                     [&](const LaneRule& rule) { return rule.name == name; });
      EXPECT_TRUE(known) << traits.network << " " << name;
    }
  }
}

TEST(Traits, OptionsBeginWithAValueOfTheirList) {
  for (const Entry& entry : shipped().all()) {
    for (const Option& option : entry.channel->traits().options) {
      const bool free = option.values.empty();
      EXPECT_TRUE(free || std::find(option.values.begin(), option.values.end(), option.initial) !=
                              option.values.end())
          << option.name;
      EXPECT_FALSE(option.label.empty() || option.help.empty());
    }
  }
}

TEST(Traits, WhoeverCanBeAskedSaysWhenTheAnswerCounts) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    EXPECT_EQ(traits.can_look_up, traits.settling.count() > 0) << traits.network;
    EXPECT_FALSE(traits.connect_help.empty());
    EXPECT_FALSE(traits.scopes.empty());
  }
}

TEST(Registry, FindsEachNetworkOnceAndNoOther) {
  std::set<std::string> names;
  for (const Entry& entry : shipped().all()) {
    const std::string& name = entry.channel->traits().network;
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(shipped().find(name), &entry);
    EXPECT_NE(entry.auth, nullptr);
  }
  EXPECT_EQ(names.size(), 4U);
  EXPECT_EQ(shipped().find("myspace"), nullptr);
  EXPECT_EQ(shipped().find(""), nullptr);
}

}  // namespace
}  // namespace carillon::channels
