#include "store/phrasebook.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "plan/likeness.h"
#include "plan/slots.h"
#include "store/blackouts.h"
#include "store/neighbours.h"
#include "store/queues.h"
#include "store/rows.h"
#include "store/said.h"
#include "store/series.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PhrasebookTest : public OnEveryEngine {
 protected:
  std::vector<plan::Neighbour> around(const std::string& text, Instant at,
                                      std::optional<PostId> except = {}) {
    return work([&](Unit& unit) {
      return Neighbours(unit).around({workspace, first.id, at, plan::sketch(text), except}, {15min, 24h * 7});
    });
  }
  Content frozen(const Delivery& row) {
    return work([&](Unit& unit) {
      const Rows rows = unit.connection()("SELECT body FROM contents WHERE workspace = $1 AND id = $2",
                                          workspace, row.content);
      return content_from(rows[0].text(0));
    });
  }
  Post saying(std::string text, std::vector<AccountId> accounts) {
    Post p = post(std::move(accounts));
    p.content.parts.front().text = std::move(text);
    return p;
  }
};
INSTANTIATE_TEST_SUITE_P(Store, PhrasebookTest,
                         ::testing::Values(Place::memory, Place::file, Place::postgres), place_name);

constexpr std::string_view tarts = "Fresh plum tarts from nine o'clock, as long as there are any.";

TEST_P(PhrasebookTest, GroupsAreKeptByNameAndNoNameTwice) {
  work([&](Unit& unit) {
    Phrasebook book(unit);
    HashtagGroup bakery{mint.make<HashtagGroupId>(), workspace, "Bakery", {"bread", "Törtchen"}};
    const HashtagGroup city{mint.make<HashtagGroupId>(), workspace, "Amsterdam", {"jordaan"}};
    ASSERT_TRUE(book.put(bakery));
    ASSERT_TRUE(book.put(city));
    EXPECT_THAT(book.groups(workspace), ElementsAre(city, bakery));
    bakery.tags = {"rye"};
    ASSERT_TRUE(book.put(bakery));
    EXPECT_EQ(book.group(workspace, bakery.id), bakery);
    bakery.name = "Amsterdam";
    const auto taken = book.put(bakery);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, "name_taken");
    EXPECT_THAT(book.groups(mint.make<WorkspaceId>()), IsEmpty());
    EXPECT_TRUE(book.remove(workspace, bakery.id));
    EXPECT_FALSE(book.remove(workspace, bakery.id));
  });
}

TEST_P(PhrasebookTest, VariablesAndRulesComeBackAsTheyWere) {
  work([&](Unit& unit) {
    Phrasebook book(unit);
    const Variable hours{"hours", "9-18", {{second.id, "8-20"}}};
    book.put(workspace, Variable{"hours", "x", {}});
    book.put(workspace, hours);
    EXPECT_THAT(book.variables(workspace), ElementsAre(hours));
    EXPECT_EQ(book.variable(workspace, "hour"), std::nullopt);
    EXPECT_EQ(book.rules(workspace).utm, UtmTemplate{});
    PlanningRules rules;
    rules.utm = {true, true, "{{network}}", "social", "spring", "", {"github.com"}};
    rules.nearness = {30min, 24h};
    book.put(workspace, rules);
    book.put(workspace, rules);
    EXPECT_EQ(book.rules(workspace).utm, rules.utm);
    EXPECT_EQ(book.rules(workspace).nearness.clash, 30min);
    EXPECT_EQ(book.wording(workspace).zone, "UTC");
    EXPECT_TRUE(book.remove(workspace, "hours"));
    EXPECT_THAT(book.variables(workspace), IsEmpty());
  });
}

TEST_P(PhrasebookTest, APostKeepsItsMarksAndWhereItsLinkGoes) {
  Post p = saying("x", {first.id, second.id});
  p.utm = {false, "", "", "spring", ""};
  p.targets[1].link = LinkPlace::comment;
  work([&](Unit& unit) { Posts(unit).add(p); });
  EXPECT_EQ(stored(p.id)->utm, p.utm);
  EXPECT_EQ(stored(p.id)->targets, p.targets);
  p.utm.off = true;
  work([&](Unit& unit) { ASSERT_TRUE(Posts(unit).edit(p, 1)); });
  EXPECT_TRUE(stored(p.id)->utm.off);
}

TEST_P(PhrasebookTest, WhatIsFrozenIsExpandedForEachAccount) {
  work(
      [&](Unit& unit) { Phrasebook(unit).put(workspace, Variable{"hours", "9-18", {{second.id, "8-20"}}}); });
  const auto rows = scheduled(saying("Open {{hours}}", {first.id, second.id}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(frozen(rows[0]).parts[0].text, "Open 9-18");
  EXPECT_EQ(frozen(rows[1]).parts[0].text, "Open 8-20");
  work([&](Unit& unit) {
    const auto all = frozen_of(unit, workspace, rows[0].post);
    ASSERT_EQ(all.size(), 2U);
    for (const Frozen& one : all)
      EXPECT_EQ(one.content.parts[0].text, one.account == rows[0].account ? "Open 9-18" : "Open 8-20");
    EXPECT_TRUE(frozen_of(unit, mint.make<WorkspaceId>(), rows[0].post).empty());
  });
}

TEST_P(PhrasebookTest, AccountsThatSayTheSameShareOneContent) {
  work([&](Unit& unit) { Phrasebook(unit).put(workspace, Variable{"hours", "9-18", {}}); });
  const auto rows = scheduled(saying("Open {{hours}}", {first.id, second.id}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].content, rows[1].content);
}

TEST_P(PhrasebookTest, ALinkInACommentIsADeliveryOfItsOwn) {
  Post p = saying("Tarts", {first.id});
  p.content.parts.front().link = "https://shop.example/tarts";
  p.targets.front().link = LinkPlace::comment;
  p.utm.campaign = "spring";
  const auto rows = scheduled(p);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].follows, rows[0].id);
  EXPECT_EQ(frozen(rows[1]).parts[1].text,
            "https://shop.example/tarts?utm_source=x&utm_medium=social&utm_campaign=spring");
  EXPECT_EQ(frozen(rows[0]).parts[0].link, "");
}

TEST_P(PhrasebookTest, AMovedPostSpeaksOfItsNewDay) {
  Post p = saying("On {{date:iso}}", {first.id});
  const auto rows = scheduled(p);
  EXPECT_EQ(frozen(rows.front()).parts[0].text, "On 2027-01-15");
  p.due = noon + 48h;
  work([&](Unit& unit) { EXPECT_EQ(Posts(unit).reschedule(p, *p.due), 1); });
  EXPECT_EQ(frozen(row(rows.front().id)).parts[0].text, "On 2027-01-17");
  EXPECT_EQ(row(rows.front().id).due, noon + 48h);
}

TEST_P(PhrasebookTest, NeighboursAreThoseThatAreCloseOrSayTheSame) {
  Post p = saying(std::string(tarts), {first.id});
  scheduled(p);
  const auto close = around("Something else entirely, about coffee.", noon + 10min);
  ASSERT_EQ(close.size(), 1U);
  EXPECT_EQ(close.front().post, p.id);
  EXPECT_EQ(close.front().text, tarts);
  EXPECT_EQ(close.front().title, "Autumn");
  EXPECT_FALSE(close.front().out);
  EXPECT_THAT(around("Something else entirely, about coffee.", noon + 30min), IsEmpty());
  EXPECT_EQ(around(std::string(tarts) + " Come!", noon + 72h).size(), 1U);
  EXPECT_THAT(around(std::string(tarts), noon + 24h * 8), IsEmpty());
  EXPECT_THAT(around(std::string(tarts), noon, p.id), IsEmpty());
}

TEST_P(PhrasebookTest, NeighboursAreAlsoThoseThatWentOut) {
  const auto rows = scheduled(saying(std::string(tarts), {first.id, second.id}));
  settle(rows[0].id, DeliveryState::delivered);
  settle(rows[1].id, DeliveryState::failed);
  const auto found = around(std::string(tarts), noon + 24h);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found.front().out);
  EXPECT_EQ(found.front().account, first.id);
}

TEST_P(PhrasebookTest, TheOneThatSaysTheSameIsFoundAmongManyThatSoundLikeIt) {
  const std::string_view things[] = {"tarts", "rolls", "bread", "pies", "cakes"};
  for (int i = 0; i < 60; ++i) {
    Post p =
        saying(fmt::format("Fresh {} from nine o'clock, as long as there are any: {}.", things[i % 5], i),
               {first.id});
    p.due = noon + std::chrono::minutes(i);
    scheduled(p);
  }
  Post twin = saying(std::string(tarts), {first.id});
  twin.due = noon + 24h * 5;
  scheduled(twin);
  const auto found = around(std::string(tarts), noon);
  EXPECT_TRUE(std::ranges::any_of(found, [&](const plan::Neighbour& one) { return one.post == twin.id; }));
  EXPECT_LE(found.size(), 30U);
}

TEST_P(PhrasebookTest, OccurrencesOfOneSeriesAreNoNeighbours) {
  Post one = saying(std::string(tarts), {first.id}), other = saying(std::string(tarts), {first.id});
  other.due = noon + 24h;
  scheduled(one);
  scheduled(other);
  work([&](Unit& unit) {
    SeriesShelf shelf(unit);
    Series series{.id = one.id, .workspace = workspace, .rule = "FREQ=DAILY"};
    series.pattern = one;
    shelf.add(series);
    shelf.add(series, Occurrence{"2027-01-15T08:00", one.id});
    shelf.add(series, Occurrence{"2027-01-16T08:00", other.id});
  });
  EXPECT_THAT(around(std::string(tarts), noon, one.id), IsEmpty());
  EXPECT_EQ(around(std::string(tarts), noon).size(), 2U);
}

TEST_P(PhrasebookTest, BlackoutsAreKeptAndQueuesSkipThem) {
  work([&](Unit& unit) {
    BlackoutShelf shelf(unit);
    Blackout day{.id = mint.make<BlackoutId>(), .workspace = workspace, .account = first.id};
    day.first = "2027-01-15";
    day.last = "2027-01-16";
    day.reason = "Stocktaking";
    shelf.put(day);
    EXPECT_THAT(shelf.list(workspace), ElementsAre(day));
    const auto free = [&](const Account& account) {
      const plan::Queue queue = Queues(unit).queue(account, "UTC", noon, noon + 24h * 4);
      return plan::free_in_common({&queue, 1}, noon, noon + 24h * 4);
    };
    EXPECT_LT(free(first).size(), free(second).size());
    day.account.reset();
    day.yearly = true;
    shelf.put(day);
    EXPECT_EQ(shelf.find(workspace, day.id), day);
    EXPECT_EQ(free(first).size(), free(second).size());
    EXPECT_TRUE(shelf.remove(workspace, day.id));
    EXPECT_FALSE(shelf.find(workspace, day.id));
  });
}

TEST_P(PhrasebookTest, WhatWasSaidIsWhatTheseAccountsSaid) {
  Post both = saying("For #both", {first.id, second.id}), own = saying("For all", {first.id, second.id});
  both.due = noon + 1h;
  own.targets[1].content = Content{.parts = {{.text = "For #second"}}, .options = {}};
  Post draft = saying("A #draft", {first.id});
  draft.due.reset();
  scheduled(both);
  scheduled(own);
  work([&](Unit& unit) {
    Posts(unit).add(draft);
    const auto said = said_lately(unit, workspace, {second.id}, 10);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].text, "For #both\n");
    EXPECT_EQ(said[1].text, "For #second\n");
    EXPECT_EQ(said_lately(unit, workspace, {first.id, second.id}, 1).size(), 1U);
    EXPECT_THAT(said_lately(unit, workspace, {}, 10), IsEmpty());
  });
}

}  // namespace
}  // namespace carillon::store
