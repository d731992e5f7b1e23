#include "plan/campaign_check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan/check.h"

namespace carillon::plan {
namespace {

constexpr Instant now = Instant::from_seconds(1'795'000'000);
using channels::Severity;

struct Asked {
  std::vector<Account> accounts{
      {.id = AccountId{{1}}, .network = "chirp", .name = "Shop", .handle = "@shop"}};
  std::map<MediaId, MediaFacts> media{};
  std::optional<Schedule> schedule{};
  CampaignFacts campaign{.campaign = {.name = "Spring", .from_day = "2026-12-01", .to_day = "2026-12-31"}};
  Conditions conditions{};

  Facts facts() {
    Facts facts{accounts, media, schedule, now};
    facts.campaign = &campaign;
    facts.conditions = &conditions;
    return facts;
  }
};

std::vector<std::string> ids(const std::vector<Finding>& findings) {
  std::vector<std::string> ids;
  for (const Finding& finding : findings) ids.push_back(finding.id);
  return ids;
}

using Ids = std::vector<std::string>;

TEST(CampaignCheck, AnAccountMustBeEnabled) {
  Asked asked;
  std::vector<Finding> findings;
  check_enabled(asked.accounts[0], asked.facts(), "targets[0]", findings);
  ASSERT_EQ(ids(findings), Ids{"account_not_enabled"});
  EXPECT_EQ(findings[0].severity, Severity::blocker);
  EXPECT_EQ(findings[0].action, "enable");
  EXPECT_EQ(findings[0].field, "targets[0].account");
  asked.campaign.enabled = {asked.accounts[0].id};
  findings.clear();
  check_enabled(asked.accounts[0], asked.facts(), "targets[0]", findings);
  EXPECT_TRUE(findings.empty());
}

TEST(CampaignCheck, WhatBelongsToNoCampaignNeedsNothing) {
  Asked asked;
  Facts facts = asked.facts();
  facts.campaign = nullptr;
  std::vector<Finding> findings;
  check_enabled(asked.accounts[0], facts, "targets[0]", findings);
  check_campaign(facts, findings);
  EXPECT_TRUE(findings.empty());
}

TEST(CampaignCheck, SaysThatItIsStoppedOrHasEnded) {
  Asked asked;
  const auto of = [&](CampaignState state) {
    asked.campaign.campaign.state = state;
    std::vector<Finding> findings;
    check_campaign(asked.facts(), findings);
    return findings;
  };
  EXPECT_TRUE(of(CampaignState::active).empty());
  EXPECT_EQ(of(CampaignState::stopped).at(0).severity, Severity::warning);
  EXPECT_EQ(of(CampaignState::ended).at(0).severity, Severity::blocker);
}

TEST(CampaignCheck, SaysWhenADayIsOutsideOfIt) {
  Asked asked;
  const auto at = [&](const char* local) {
    asked.schedule = schedule_at(local, "UTC").value();
    std::vector<Finding> findings;
    check_campaign(asked.facts(), findings);
    return ids(findings);
  };
  EXPECT_EQ(at("2026-11-30T23:59"), Ids{"outside_campaign"});
  EXPECT_EQ(at("2026-12-01T00:00"), Ids{});
  EXPECT_EQ(at("2026-12-31T23:59"), Ids{});
  EXPECT_EQ(at("2027-01-01T00:00"), Ids{"outside_campaign"});
}

TEST(CampaignCheck, SaysWhatHindersAnAccount) {
  channels::Traits traits;
  traits.label = "Chirp";
  Account account{.network = "chirp", .name = "Shop", .scopes = {"read"}};
  EXPECT_EQ(hindrance(account, nullptr, now).code, "no_posts");
  EXPECT_EQ(hindrance(account, &traits, now).code, "no_posts");
  traits.kinds = {{channels::Kind::text, ""}};
  EXPECT_EQ(hindrance(account, &traits, now).code, "");
  traits.scopes = {{"write", "to post"}};
  EXPECT_EQ(hindrance(account, &traits, now).code, "scope_missing");
  account.scopes = {"write"};
  account.expires = now - 1h;
  EXPECT_EQ(hindrance(account, &traits, now).code, "token_expired");
  account.refreshable = true;
  EXPECT_EQ(hindrance(account, &traits, now).code, "");
  account.hold = Hold::refreshing;
  EXPECT_EQ(hindrance(account, &traits, now).code, "");
  account.hold = Hold::restricted;
  EXPECT_EQ(hindrance(account, &traits, now).code, "account_held");
  account.hold = Hold::disconnected;
  EXPECT_EQ(hindrance(account, &traits, now).action, "reconnect");
}

TEST(Conditions, TheHouseIsSilentWhenAllIsWell) {
  std::vector<Finding> findings;
  check_house({.free_share = 0.5, .clock_ahead = -29s}, findings);
  check_house({}, findings);
  EXPECT_TRUE(findings.empty());
}

TEST(Conditions, AFullDiskAndAWrongClockAreTold) {
  const auto of = [](Conditions seen) {
    std::vector<Finding> findings;
    check_house(seen, findings);
    return std::pair(findings.at(0).id, findings.at(0).severity);
  };
  EXPECT_EQ(of({.free_share = 0.09}), std::pair(std::string("disk_low"), Severity::warning));
  EXPECT_EQ(of({.free_share = 0.01}), std::pair(std::string("disk_full"), Severity::blocker));
  EXPECT_EQ(of({.clock_ahead = 31s}), std::pair(std::string("clock_off"), Severity::warning));
  EXPECT_EQ(of({.clock_ahead = -5min}), std::pair(std::string("clock_off"), Severity::blocker));
}

TEST(Conditions, ABucketThatCannotBeUsedIsToldWithWhatToDo) {
  std::vector<Finding> findings;
  check_house({.media_trouble = "The bucket does not know the key.", .media_remedy = "Set it."}, findings);
  ASSERT_EQ(ids(findings), Ids{"media_unreachable"});
  EXPECT_EQ(findings[0].severity, Severity::warning);
  EXPECT_THAT(findings[0].text, testing::StartsWith("The bucket does not know the key. "));
  EXPECT_EQ(findings[0].fix, "Set it.");
}

TEST(Conditions, FilesKeysAndBudgetsOfATarget) {
  Asked asked;
  const AccountId shop = asked.accounts[0].id;
  const MediaId bell{{7}};
  const auto look = [&] {
    std::vector<Finding> findings;
    check_conditions(asked.facts(), shop, "@shop", {bell}, "targets[0]", findings);
    return ids(findings);
  };
  EXPECT_EQ(look(), Ids{});
  asked.conditions.missing_media = {bell};
  EXPECT_EQ(look(), Ids{"media_missing"});
  asked.conditions = {.unreadable = {shop}};
  EXPECT_EQ(look(), Ids{"credential_unreadable"});
  asked.conditions = {.loads = {{shop, {.planned = 25, .limit = 25, .window = 24h}}}};
  EXPECT_EQ(look(), Ids{});
  asked.conditions.loads[shop].planned = 26;
  EXPECT_EQ(look(), Ids{"budget_short"});
}

}  // namespace
}  // namespace carillon::plan
