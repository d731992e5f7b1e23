#include "plan/wording.h"

#include <gtest/gtest.h>

namespace carillon::plan {
namespace {

class WordingTest : public ::testing::Test {
 protected:
  WordingTest() {
    post.content.parts = {{.text = "Open {{hours}}"}};
    post.targets = {{shop.id}};
    wording.variables = {{"hours", "9-18", {}}, {"greeting", "Yours, {{account.name}}", {}}};
    wording.zone = "Europe/Berlin";
  }
  Worded say() { return worded(post, post.targets.front(), shop, wording, at); }
  std::string text(size_t part = 0) { return say().content.parts.at(part).text; }
  std::string link() { return say().content.parts.front().link; }

  Account shop{.id = AccountId{{1}}, .network = "mastodon", .name = "Corner Shop", .handle = "@shop"};
  Post post;
  Wording wording;
  Instant at = Instant::from_seconds(1'795'217'400);  // 2026-11-20 23:30 UTC: Saturday in Berlin
};

TEST_F(WordingTest, VariablesAreExpandedInEveryPartAndInLinks) {
  post.content.parts = {{.text = "{{weekday}} {{hours}}", .link = "https://shop.example/{{date:iso}}"},
                        {.text = "{{greeting}}", .comment = true}};
  EXPECT_EQ(text(), "Saturday 9-18");
  EXPECT_EQ(text(1), "Yours, Corner Shop");
  EXPECT_EQ(link(), "https://shop.example/2026-11-21");
}

TEST_F(WordingTest, TheAccountsOwnZoneComesFirst) {
  post.content.parts = {{.text = "{{weekday}}"}};
  shop.zone = "America/New_York";
  EXPECT_EQ(text(), "Friday");
}

TEST_F(WordingTest, UnknownNamesAreToldWithTheirField) {
  post.content.parts = {{.text = "x"}, {.text = "{{hour}}"}};
  const Worded said = say();
  ASSERT_EQ(said.unknown.size(), 1U);
  EXPECT_EQ(said.unknown.front().field, "parts[1].text");
  EXPECT_EQ(said.unknown.front().name, "hour");
}

TEST_F(WordingTest, LinksAreMarkedWhenTheWorkspaceOrThePostWantsIt) {
  post.content.parts = {{.text = "See https://shop.example/b", .link = "https://shop.example/a"}};
  EXPECT_EQ(link(), "https://shop.example/a");
  post.utm.campaign = "spring";
  EXPECT_EQ(link(), "https://shop.example/a?utm_source=mastodon&utm_medium=social&utm_campaign=spring");
  post.utm = {};
  wording.utm.on = true;
  EXPECT_EQ(link(), "https://shop.example/a?utm_source=mastodon&utm_medium=social");
  EXPECT_EQ(text(), "See https://shop.example/b");
  wording.utm.in_text = true;
  EXPECT_EQ(text(), "See https://shop.example/b?utm_source=mastodon&utm_medium=social");
  post.utm.off = true;
  EXPECT_EQ(link(), "https://shop.example/a");
}

TEST_F(WordingTest, WhereAMarkupGivesSignsAMeaningWordsAreEscapedAndAddressesLeftAlone) {
  shop.network = "telegram";
  shop.name = "Joe & Co.";
  wording.utm = {.on = true, .in_text = true};
  const std::string address = R"(https://shop\.example/b)";
  post.content.parts = {
      {.text = "*{{account.name}}* {{hours}} " + address, .link = "https://shop.example/a"}};
  post.content.options["parse_mode"] = "MarkdownV2";
  EXPECT_EQ(text(), R"(*Joe & Co\.* 9\-18 )" + address);
  EXPECT_TRUE(link().starts_with("https://shop.example/a?utm_source=telegram"));
  post.utm.off = true;
  post.targets.front().link = LinkPlace::text;
  EXPECT_EQ(text(), R"(*Joe & Co\.* 9\-18 )" + address + "\n" + R"(https://shop\.example/a)");
  post.content.options["parse_mode"] = "HTML";
  post.content.parts = {{.text = "<b>{{account.name}}</b>"}};
  EXPECT_EQ(text(), "<b>Joe &amp; Co.</b>");
  post.content.options.clear();
  EXPECT_EQ(text(), "<b>Joe & Co.</b>");
}

TEST_F(WordingTest, TheLinkGoesWhereTheTargetWantsIt) {
  post.content.parts = {{.text = "Tarts", .link = "https://shop.example/a"}};
  post.targets.front().link = LinkPlace::text;
  EXPECT_EQ(text(), "Tarts\nhttps://shop.example/a");
  EXPECT_EQ(link(), "");
  post.targets.front().link = LinkPlace::comment;
  EXPECT_EQ(text(), "Tarts");
  ASSERT_EQ(say().content.parts.size(), 2U);
  EXPECT_TRUE(say().content.parts[1].comment);
  EXPECT_EQ(text(1), "https://shop.example/a");
  post.content.parts.push_back({.text = "Come early!", .comment = true});
  ASSERT_EQ(say().content.parts.size(), 2U);
  EXPECT_EQ(text(1), "Come early!\nhttps://shop.example/a");
}

TEST_F(WordingTest, ALinkThatTheTextHasIsNotSaidTwice) {
  post.content.parts = {{.text = "https://shop.example/a", .link = "https://shop.example/a"}};
  post.targets.front().link = LinkPlace::text;
  EXPECT_EQ(text(), "https://shop.example/a");
}

TEST_F(WordingTest, PlainWordsNeedNone) {
  post.content.parts = {{.text = "Just words { }"}};
  EXPECT_FALSE(needs_wording(post));
  EXPECT_FALSE(speaks_of_time(post));
  post.targets.front().content = Content{.parts = {{.text = "{{hours}}"}}, .options = {}};
  EXPECT_TRUE(needs_wording(post));
  EXPECT_TRUE(speaks_of_time(post));
  post.targets.front().content.reset();
  post.content.parts = {{.text = "x", .link = "https://shop.example"}};
  EXPECT_TRUE(needs_wording(post));
}

}  // namespace
}  // namespace carillon::plan
