// What every network's traits must say, so that the rest of the house can rely on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
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

TEST(Traits, KindsAgreeWithWhatTheNetworkTakes) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    const auto has = [&](Kind kind) { return std::ranges::count(traits.kinds, kind, &KindRule::kind) == 1; };
    EXPECT_EQ(has(Kind::poll), traits.poll.has_value()) << traits.network;
    EXPECT_EQ(has(Kind::thread), traits.thread) << traits.network;
    EXPECT_EQ(has(Kind::comment), traits.thread || traits.comment) << traits.network;
    EXPECT_EQ(has(Kind::images), traits.max_media > 1) << traits.network;
    EXPECT_FALSE(traits.recovery.empty()) << traits.network;
  }
}

TEST(Traits, AnOptionsNameMeansOneThing) {
  std::map<std::string, std::pair<std::string, std::vector<std::string>>> meant;
  for (const Entry& entry : shipped().all()) {
    for (const Option& option : entry.channel->traits().options) {
      const auto [known, fresh] = meant.try_emplace(option.name, option.label, option.values);
      EXPECT_TRUE(fresh || known->second == std::pair(option.label, option.values)) << option.name;
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
  EXPECT_GE(names.size(), 4U);
  EXPECT_EQ(shipped().find("myspace"), nullptr);
  EXPECT_EQ(shipped().find(""), nullptr);
}

}  // namespace
}  // namespace carillon::channels
