#include "plan/check.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "plan/account_check.h"
#include "plan/standing.h"

namespace carillon::plan {
namespace {

using namespace std::chrono_literals;
using channels::Severity;

constexpr Instant now = Instant::from_seconds(1'795'000'000);

// A network that takes ten bytes and needs the permission "write".
class Chirp final : public channels::Channel {
 public:
  Chirp() {
    traits_.network = "chirp";
    traits_.label = "Chirp";
    traits_.scopes = {{"write:posts", "to post"}};
    traits_.can_look_up = true;
  }
  const channels::Traits& traits() const override { return traits_; }
  channels::Move step(const channels::Job&, const Progress&, const channels::Event&) const override {
    return channels::Absent{};
  }
  std::vector<channels::LaneNews> limits_in(const std::vector<std::string>&, const wire::Response&,
                                            Instant) const override {
    return {};
  }
  channels::CheckReport check(const Account&, const ContentPart& part, uint32_t index, const Content&,
                              const std::vector<MediaFacts>& media) const override {
    channels::CheckReport report{part.text.size(), 10, "bytes", {}};
    if (part.text.size() > 10) {
      report.findings.push_back(
          {"text_too_long", Severity::blocker, "parts[" + std::to_string(index) + "].text", "Long.", "Cut."});
    }
    if (media.size() > 1) report.findings.push_back({"media_many", Severity::warning, "", "Many.", "Fewer."});
    return report;
  }
  channels::Traits traits_;
};

class OneNetwork final : public channels::Registry {
 public:
  std::span<const channels::Entry> all() const override { return {&entry_, 1}; }
  Chirp chirp;

 private:
  channels::Entry entry_{&chirp, nullptr};
};

class Check : public ::testing::Test {
 protected:
  Report ask() {
    Facts facts{accounts, media, schedule, now, held, fetchable};
    facts.attention = attention ? &*attention : nullptr;
    return check(post, facts, networks);
  }
  const Finding* find(const std::vector<Finding>& findings, std::string_view id) {
    const auto found = std::ranges::find(findings, id, &Finding::id);
    return found == findings.end() ? nullptr : &*found;
  }
  // The target's finding of that name.
  const Finding* of_target(std::string_view id) {
    report = ask();
    return find(report.targets.at(0).findings, id);
  }
  void at(const char* local) { schedule = schedule_at(local, "Europe/Berlin").value(); }

  OneNetwork networks;
  std::vector<Account> accounts{
      {.id = AccountId{{1}}, .network = "chirp", .name = "Shop", .scopes = {"write"}}};
  std::map<MediaId, MediaFacts> media;
  Post post{.content = {.parts = {{.text = "hello"}}}, .targets = {{.account = AccountId{{1}}}}};
  std::optional<Schedule> schedule;
  bool held = false, fetchable = true;
  std::optional<Attention> attention;
  Report report;
};

TEST_F(Check, IsReadyWhenNothingIsWrong) {
  at("2026-11-20T09:30");
  const auto found = ask();
  EXPECT_TRUE(found.ready());
  EXPECT_TRUE(found.findings.empty());
  EXPECT_EQ(found.targets[0].parts[0].counted, 5U);
  EXPECT_EQ(found.targets[0].parts[0].limit, 10U);
}

TEST_F(Check, NeedsATarget) {
  post.targets.clear();
  const auto found = ask();
  EXPECT_FALSE(found.ready());
  EXPECT_EQ(found.findings[0].id, "no_target");
}

TEST_F(Check, RefusesAnUnknownAccount) {
  post.targets[0].account = AccountId{{9}};
  EXPECT_EQ(of_target("account_unknown")->field, "targets[0].account");
}

TEST_F(Check, PointsIntoTheContentThatIsMeant) {
  post.content.parts[0].text = "far too long a text";
  EXPECT_EQ(of_target("text_too_long")->field, "content.parts[0].text");
  post.targets[0].content = Content{.parts = {{.text = "ok"}, {.text = "far too long a text"}}};
  EXPECT_EQ(of_target("text_too_long")->field, "targets[0].content.parts[1].text");
  EXPECT_EQ(report.targets[0].parts.size(), 2U);
}

TEST_F(Check, HandsTheMediaOfThePartToTheNetwork) {
  for (const uint8_t n : {uint8_t{1}, uint8_t{2}}) {
    media[MediaId{{n}}] = {.id = MediaId{{n}}};
    post.content.parts[0].media.push_back({.id = MediaId{{n}}});
  }
  EXPECT_EQ(of_target("media_many")->field, "content.parts[0]");
}

TEST_F(Check, RefusesTimesThatAreOverAndDoubtsTheFarFuture) {
  at("2026-11-18T05:00");
  EXPECT_EQ(find(ask().findings, "time_past")->severity, Severity::blocker);
  schedule = schedule_now(now - 30s, "UTC").value();
  EXPECT_TRUE(ask().ready());  // just past is now
  at("2029-01-01T09:00");
  EXPECT_EQ(find(ask().findings, "time_far")->severity, Severity::warning);
}

TEST_F(Check, SaysWhatDaylightSavingDoes) {
  at("2027-03-28T02:30");
  auto found = ask();
  ASSERT_TRUE(find(found.findings, "time_gap"));
  EXPECT_NE(find(found.findings, "time_gap")->text.find("03:30"), std::string::npos);
  EXPECT_TRUE(found.ready());
  at("2027-10-31T02:30");
  found = ask();
  EXPECT_EQ(find(found.findings, "time_overlap")->severity, Severity::info);
}

TEST_F(Check, LetsAHeldAccountWaitForALaterPostOnly) {
  accounts[0].hold = Hold::reconnect;
  accounts[0].hold_text = "withdrawn";
  EXPECT_EQ(of_target("account_held")->severity, Severity::blocker);
  EXPECT_EQ(of_target("account_held")->action, "reconnect");
  at("2026-11-25T09:30");
  EXPECT_EQ(of_target("account_held")->severity, Severity::warning);
  EXPECT_EQ(of_target("account_held")->deadline, schedule->at);
  accounts[0].hold = Hold::disconnected;
  EXPECT_EQ(of_target("account_held")->severity, Severity::blocker);
  accounts[0].hold = Hold::refreshing;
  EXPECT_EQ(of_target("account_held")->severity, Severity::info);
}

TEST_F(Check, ComparesTheEndOfTheTokenWithTheTime) {
  at("2026-11-20T09:30");
  accounts[0].expires = schedule->at - 2h;
  EXPECT_EQ(of_target("token_expires_before")->severity, Severity::warning);
  EXPECT_EQ(of_target("token_expires_before")->deadline, accounts[0].expires);
  accounts[0].refreshable = true;
  EXPECT_FALSE(of_target("token_expires_before"));
  accounts[0].refreshable = false;
  accounts[0].expires = now - 1h;
  EXPECT_EQ(of_target("token_expired")->severity, Severity::warning);
  schedule.reset();
  EXPECT_EQ(of_target("token_expired")->severity, Severity::blocker);
}

TEST_F(Check, NamesThePermissionsThatAreMissing) {
  accounts[0].scopes = {"read"};
  ASSERT_TRUE(of_target("scope_missing"));
  EXPECT_NE(of_target("scope_missing")->text.find("write:posts"), std::string::npos);
  accounts[0].scopes = {"write:posts"};
  EXPECT_FALSE(of_target("scope_missing"));
  accounts[0].scopes = {};  // the network did not say
  EXPECT_FALSE(of_target("scope_missing"));
}

TEST_F(Check, LabelsTheSandboxAndSaysWhoCannotBeAsked) {
  accounts[0].sandbox = true;
  networks.chirp.traits_.can_look_up = false;
  EXPECT_EQ(of_target("sandbox")->severity, Severity::info);
  EXPECT_EQ(of_target("cannot_ask")->severity, Severity::info);
  EXPECT_TRUE(report.ready());
}

TEST_F(Check, WarnsWhileTheServerIsHeld) {
  held = true;
  EXPECT_EQ(find(ask().findings, "system_held")->action, "release");
}

TEST(Health, SpeaksOfHoldsPermissionsAndTheEnd) {
  const Chirp chirp;
  Account account{.scopes = {"write"}};
  EXPECT_EQ(health(account, &chirp.traits(), now).level, "good");
  account.expires = now + 3 * 24h;
  EXPECT_EQ(health(account, &chirp.traits(), now).text, "Expires in 3 days.");
  account.expires = now - 1h;
  EXPECT_EQ(health(account, &chirp.traits(), now).level, "bad");
  account.scopes = {"read"};
  EXPECT_EQ(health(account, &chirp.traits(), now).text, "Missing permission write:posts.");
  account.hold = Hold::disabled;
  EXPECT_EQ(health(account, &chirp.traits(), now).action, "release");
}

Post tallied(std::initializer_list<std::pair<DeliveryState, int64_t>> counts) {
  Post post{.state = PostState::scheduled};
  for (const auto& [state, count] : counts) post.tally[state] = count;
  return post;
}

TEST(Standing, IsWhatTheDeliveriesAre) {
  using enum DeliveryState;
  EXPECT_EQ(standing(Post{}), "draft");
  EXPECT_EQ(standing(Post{.state = PostState::proposed}), "proposed");
  EXPECT_EQ(standing(Post{.state = PostState::expired}), "expired");
  EXPECT_EQ(standing(tallied({})), "scheduled");
  EXPECT_EQ(standing(tallied({{waiting, 2}})), "scheduled");
  EXPECT_EQ(standing(tallied({{waiting, 1}, {delivered, 1}})), "publishing");
  EXPECT_EQ(standing(tallied({{in_flight, 1}})), "publishing");
  EXPECT_EQ(standing(tallied({{uncertain, 1}, {waiting, 1}})), "uncertain");
  EXPECT_EQ(standing(tallied({{delivered, 2}})), "delivered");
  EXPECT_EQ(standing(tallied({{delivered, 1}, {failed, 1}})), "partly");
  EXPECT_EQ(standing(tallied({{failed, 1}, {canceled, 1}})), "failed");
  EXPECT_EQ(standing(tallied({{canceled, 1}, {skipped, 1}})), "canceled");
}

TEST_F(Check, NetworksThatFetchMustReachThisServer) {
  networks.chirp.traits_.fetches_media = true;
  post.content.parts[0].media.push_back({MediaId{{9}}, "A bell"});
  EXPECT_EQ(of_target("no_public_address"), nullptr);
  fetchable = false;
  ASSERT_NE(of_target("no_public_address"), nullptr);
  EXPECT_EQ(of_target("no_public_address")->severity, Severity::blocker);
  EXPECT_NE(of_target("no_public_address")->fix.find("public-url"), std::string::npos);
  EXPECT_FALSE(report.ready());
  accounts[0].sandbox = true;
  EXPECT_EQ(of_target("no_public_address"), nullptr) << "the sandbox is on this machine";
  accounts[0].sandbox = false;
  post.content.parts[0].media.clear();
  EXPECT_EQ(of_target("no_public_address"), nullptr) << "words need no fetching";
}

TEST_F(Check, AServerIsReachedForTheFilesThatOneNetworkFetches) {
  networks.chirp.traits_.media = {{.kind = "image", .mimes = {"image/jpeg"}, .max_count = 9, .fetched = true},
                                  {.kind = "video", .mimes = {"video/mp4"}, .max_count = 1}};
  post.content.parts[0].media.push_back({MediaId{{9}}, "A bell"});
  media[MediaId{{9}}] = {.id = MediaId{{9}}, .mime = "video/mp4"};
  fetchable = false;
  EXPECT_EQ(of_target("no_public_address"), nullptr) << "videos go as bytes";
  media[MediaId{{9}}].mime = "image/jpeg";
  EXPECT_NE(of_target("no_public_address"), nullptr);
}

TEST_F(Check, WhoeverWritesIsAskedWhetherItIsPaidAndMayAnswer) {
  post.content.parts[0].text = "My promo code is BELL";
  EXPECT_EQ(of_target("policy_paid"), nullptr) << "nobody is writing";
  attention.emplace();
  const Finding* asked = of_target("policy_paid");
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->severity, Severity::warning);
  EXPECT_EQ(asked->action, "insert");
  EXPECT_EQ(asked->with, "#ad");
  EXPECT_TRUE(asked->confirmable);
  EXPECT_EQ(asked->field, "content.parts[0].text");
  attention->confirmed = {"policy_paid"};
  EXPECT_EQ(of_target("policy_paid")->severity, Severity::info);
  EXPECT_FALSE(of_target("policy_paid")->confirmable);
  attention->confirmed.clear();
  post.content.parts.push_back({.text = "This is #ad"});
  EXPECT_EQ(of_target("policy_paid"), nullptr) << "a thread is one post";
}

TEST_F(Check, APreviewThatWasNotLookedAtIsToldOf) {
  attention.emplace();
  EXPECT_EQ(of_target("preview_unseen"), nullptr) << "nobody watches";
  attention->seen.emplace();
  const Finding* unseen = of_target("preview_unseen");
  ASSERT_NE(unseen, nullptr);
  EXPECT_EQ(unseen->severity, Severity::info);
  EXPECT_EQ(unseen->action, "open_preview");
  EXPECT_TRUE(report.ready());
  attention->seen->push_back(AccountId{{1}});
  EXPECT_EQ(of_target("preview_unseen"), nullptr);
}

TEST_F(Check, APermissionThatOnlySomeNeedIsNotMissed) {
  networks.chirp.traits_.scopes.push_back({"manage:pages", "to speak for pages", false});
  EXPECT_EQ(of_target("scope_missing"), nullptr);
}

}  // namespace
}  // namespace carillon::plan
