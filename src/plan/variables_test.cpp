#include "plan/variables.h"

#include <gmock/gmock.h>

#include "base/random.h"

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<std::string> small(std::string_view name) {
  if (name == "shop_hours") return "9-18";
  if (name == "name") return "Corner Shop";
  return std::nullopt;
}

std::string said(std::string_view text) {
  return expand(text, small).text;
}

// Texts in which braces and backslashes are frequent.
std::string rough_text(SeededRandom& dice) {
  constexpr std::string_view letters[] = {"{",    "{{",         "}}", "}", "\\", "\\\\",
                                          "name", "shop_hours", " ",  "é", "x"};
  std::string text;
  for (uint64_t i = dice.below(14); i > 0; --i) text += letters[dice.below(std::size(letters))];
  return text;
}

TEST(Variables, StandForWhatTheyMean) {
  EXPECT_EQ(said("Open {{shop_hours}} at {{ Name }}."), "Open 9-18 at Corner Shop.");
  EXPECT_EQ(said("{{shop_hours}}{{shop_hours}}"), "9-189-18");
  EXPECT_EQ(said("nothing here"), "nothing here");
}

TEST(Variables, ThatNobodyKnowsStayAndAreNamedOnce) {
  const auto expanded = expand("{{shop_hour}} or {{ shop_hour }} {{name}}", small);
  EXPECT_EQ(expanded.text, "{{shop_hour}} or {{ shop_hour }} Corner Shop");
  EXPECT_THAT(expanded.unknown, ElementsAre("shop_hour"));
}

TEST(Variables, BracesWithoutANameAreJustBraces) {
  for (const char* text : {"{{", "{{ }}", "}}", "{{not a name}}", "{{}}", "{ {name} }", "{{ümlaut}}"}) {
    const auto expanded = expand(text, small);
    EXPECT_EQ(expanded.text, text);
    EXPECT_THAT(expanded.unknown, IsEmpty()) << text;
  }
}

TEST(Variables, ABackslashLetsTheBracesStand) {
  EXPECT_EQ(said("Write \\{{name}}."), "Write {{name}}.");
  EXPECT_EQ(said("A backslash: \\\\{{name}}"), "A backslash: \\Corner Shop");
  EXPECT_EQ(said("C:\\temp\\x"), "C:\\temp\\x");
}

TEST(Variables, AnEscapedTextSaysItself) {
  SeededRandom dice(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = rough_text(dice);
    EXPECT_EQ(said(escaped_variables(text)), text);
  }
}

TEST(Variables, WhatWasExpandedStaysAsItIsUnlessBracesWereEscaped) {
  SeededRandom dice(8);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = rough_text(dice);
    if (text.find('\\') != std::string::npos) continue;
    EXPECT_EQ(said(said(text)), said(text)) << text;
  }
}

class Vocabularies : public ::testing::Test {
 protected:
  Account shop{.id = AccountId{{1}}, .network = "mastodon", .name = "Corner Shop", .handle = "@shop"};
  Account cafe{.id = AccountId{{2}}, .network = "x", .name = "Café"};
  std::vector<Variable> variables = {{"hours", "9-18", {{cafe.id, "8-20"}}}};
  Instant at = Instant::from_seconds(1'795'174'200);  // 2026-11-20 11:30 UTC
};

TEST_F(Vocabularies, AnAccountCanHaveItsOwn) {
  EXPECT_EQ((Vocabulary{variables, shop, "UTC", at})("hours"), "9-18");
  EXPECT_EQ((Vocabulary{variables, cafe, "UTC", at})("hours"), "8-20");
  EXPECT_EQ((Vocabulary{variables, cafe, "UTC", at})("account.handle"), "Café");
  EXPECT_EQ((Vocabulary{variables, shop, "UTC", at})("network"), "mastodon");
}

TEST_F(Vocabularies, DatesAreThoseOfTheAccountsWallClock) {
  const Instant late = Instant::from_seconds(1'795'217'400);  // 23:30 UTC the same day
  const Vocabulary in_utc{variables, shop, "UTC", late}, in_tokyo{variables, shop, "Asia/Tokyo", late};
  EXPECT_EQ(in_utc("weekday"), "Friday");
  EXPECT_EQ(in_tokyo("weekday"), "Saturday");
  EXPECT_EQ(in_utc("date:iso"), "2026-11-20");
  EXPECT_EQ(in_tokyo("date:iso"), "2026-11-21");
}

TEST_F(Vocabularies, DatesSpeakLanguages) {
  const Vocabulary here{variables, shop, "UTC", at};
  EXPECT_EQ(here("date:iso"), "2026-11-20");
  EXPECT_EQ(here("date"), "20 November 2026");
  EXPECT_EQ(here("date:de"), "20. November 2026");
  EXPECT_EQ(here("date:es"), "20 de noviembre de 2026");
  EXPECT_EQ(here("weekday"), "Friday");
  EXPECT_EQ(here("weekday:de"), "Freitag");
  EXPECT_EQ(here("time"), "11:30");
  EXPECT_EQ(here("weekday:klingon"), std::nullopt);
  EXPECT_EQ(here("name"), std::nullopt);
}

TEST_F(Vocabularies, EveryBuiltInMeansSomething) {
  const Vocabulary here{variables, shop, "Europe/Berlin", at};
  for (const BuiltIn& one : built_ins()) {
    EXPECT_TRUE(here(one.name).has_value()) << one.name;
    EXPECT_TRUE(is_built_in(one.name));
  }
}

TEST_F(Vocabularies, TheNearestNameIsOffered) {
  EXPECT_EQ(nearest_name("hour", variables), "hours");
  EXPECT_EQ(nearest_name("acount.name", variables), "account.name");
  EXPECT_EQ(nearest_name("weakday", variables), "weekday");
  EXPECT_EQ(nearest_name("something_else_altogether", variables), std::nullopt);
}

}  // namespace
}  // namespace carillon::plan
