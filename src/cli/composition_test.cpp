#include "cli/composition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "cli/remote.h"

namespace carillon::cli {
namespace {

constexpr Instant now = Instant::from_seconds(1'795'080'600);  // 2026-11-19T09:30:00Z

std::string text(const Result<boost::json::object>& object) {
  return object ? boost::json::serialize(*object)
                : "fault: " + object.error().code + " " + object.error().field;
}

TEST(Composition, APollACommentAndATextOfItsOwnAreWritten) {
  const auto body = compose({.texts = {"Plum?"},
                             .accounts = {"a", "b"},
                             .poll = {"yes", "no"},
                             .poll_open = "3d",
                             .comment = "More below",
                             .own = {{"b", "Plum!"}}},
                            now);
  ASSERT_TRUE(body);
  EXPECT_EQ(boost::json::serialize(body->at("content")),
            R"({"parts":[{"text":"Plum?","poll":{"options":["yes","no"],"minutes":4320}},)"
            R"({"text":"More below","comment":true}]})");
  EXPECT_EQ(boost::json::serialize(body->at("targets").at(1).at("content").at("parts").at(0).at("text")),
            R"("Plum!")");
  EXPECT_FALSE(body->at("targets").at(0).get_object().contains("content"));
  EXPECT_FALSE(compose({.texts = {"hi"}, .accounts = {"a"}, .poll_open = "3d"}, now));
}

TEST(Composition, MarksOnLinksAndThePlaceOfTheLinkAreWritten) {
  const auto body = compose({.texts = {"Menu"},
                             .accounts = {"a"},
                             .link = "https://shop.example",
                             .utm_campaign = "spring",
                             .link_in = "comment"},
                            now);
  ASSERT_TRUE(body);
  EXPECT_EQ(boost::json::serialize(body->at("utm")), R"({"campaign":"spring"})");
  EXPECT_EQ(boost::json::serialize(body->at("targets")), R"([{"account":"a","link":"comment"}])");
  EXPECT_EQ(
      text(compose({.texts = {"hi"}, .accounts = {"a"}, .no_utm = true}, now)),
      R"({"content":{"parts":[{"text":"hi"}]},"targets":[{"account":"a"}],"utm":{"off":true},"now":true})");
}

TEST(Composition, FilesOfTheirOwnReplaceThoseOfAll) {
  const auto body = compose({.texts = {"hi"},
                             .accounts = {"a", "b", "c"},
                             .media = {"film"},
                             .alts = {"Dough"},
                             .own = {{"c", "ho"}},
                             .own_media = {{"a", ""}, {"b", "one"}, {"b", "two"}}},
                            now);
  ASSERT_TRUE(body);
  EXPECT_EQ(boost::json::serialize(body->at("targets")),
            R"([{"account":"a","content":{"parts":[{"text":"hi"}]}},)"
            R"({"account":"b","content":{"parts":[{"text":"hi","media":[{"id":"one"},{"id":"two"}]}]}},)"
            R"({"account":"c","content":{"parts":[{"text":"ho","media":[{"id":"film","alt":"Dough"}]}]}}])");
}

TEST(Composition, WithoutATimeItGoesOutNow) {
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}}, now)),
            R"({"content":{"parts":[{"text":"hi"}]},"targets":[{"account":"a"}],"now":true})");
}

TEST(Composition, SeveralTextsMakeAThreadAndMediaBelongToTheFirst) {
  EXPECT_EQ(text(compose({.texts = {"one", "two"},
                          .accounts = {"a"},
                          .media = {"m"},
                          .alts = {"alt"},
                          .at = "2026-11-20 09:30",
                          .zone = "Europe/Berlin"},
                         now)),
            R"({"content":{"parts":[{"text":"one","media":[{"id":"m","alt":"alt"}]},{"text":"two"}]},)"
            R"("targets":[{"account":"a"}],"at":{"local":"2026-11-20T09:30","zone":"Europe/Berlin"}})");
}

TEST(Composition, TheQueueIsATimeOfItsOwn) {
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}, .queue = "best"}, now)),
            R"({"content":{"parts":[{"text":"hi"}]},"targets":[{"account":"a"}],"queue":"best"})");
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}, .at = "+5min", .queue = "next"}, now)),
            "fault: usage queue");
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}, .queue = "next", .draft = true}, now)),
            "fault: usage queue");
}

TEST(Composition, DraftNeedsNobodyToSpeak) {
  EXPECT_EQ(text(compose({.texts = {"later"}, .draft = true}, now)),
            R"({"content":{"parts":[{"text":"later"}]},"targets":[],"state":"draft"})");
}

TEST(Composition, NothingToSayNobodyToSayItAndAltsWithoutPicturesAreRefused) {
  EXPECT_EQ(text(compose({.accounts = {"a"}}, now)), "fault: usage text");
  EXPECT_EQ(text(compose({.texts = {""}, .accounts = {"a"}}, now)), "fault: usage text");
  EXPECT_EQ(text(compose({.texts = {"hi"}}, now)), "fault: usage to");
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}, .alts = {"x"}}, now)), "fault: usage alt");
  EXPECT_EQ(text(compose({.texts = {"hi"}, .accounts = {"a"}, .options = {"visibility"}}, now)),
            "fault: usage option");
}

struct Time {
  const char *at, *zone, *expected;
};
class Times : public testing::TestWithParam<Time> {};

TEST_P(Times, AreUnderstoodAsWritten) {
  EXPECT_EQ(text(when(GetParam().at, GetParam().zone, now)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Composition, Times,
    testing::Values(Time{"2026-11-20 09:30", "", R"({"local":"2026-11-20T09:30"})"},
                    Time{"2026-11-20T09:30:15", "UTC", R"({"local":"2026-11-20T09:30:15","zone":"UTC"})"},
                    Time{"2026-11-20T09:30:00+01:00", "", R"({"local":"2026-11-20T08:30","zone":"UTC"})"},
                    Time{"+90s", "Europe/Berlin", R"({"local":"2026-11-19T09:31:30","zone":"UTC"})"},
                    Time{"tomorrow", "", "fault: usage at"}, Time{"+soon", "", "fault: usage at"},
                    Time{"2026-13-01 09:30", "", "fault: usage at"}));

const boost::json::array& accounts() {
  static const boost::json::array all = {
      boost::json::object{{"id", "01935a3c-7a00-7000-8000-000000000001"},
                          {"network", "x"},
                          {"handle", "@shop"},
                          {"name", "Corner Shop"}},
      boost::json::object{
          {"id", "2"}, {"network", "mastodon"}, {"handle", "@shop@toot.example"}, {"name", "Corner Shop"}},
      boost::json::object{{"id", "01935a3c-7a00-7000-8000-000000000003"},
                          {"network", "x"},
                          {"handle", "@cafe"},
                          {"name", "Café"}}};
  return all;
}

std::string ids(const std::vector<std::string>& words) {
  const auto found = find_accounts(accounts(), words);
  if (!found) return found.error().code;
  std::string out;
  for (const auto& account : *found) out += text_of(account, "id").back();
  return out;
}

TEST(FindAccounts, EachWayOfNamingOneWorks) {
  EXPECT_EQ(ids({"@shop"}), "1");
  EXPECT_EQ(ids({"SHOP"}), "1");
  EXPECT_EQ(ids({"shop@toot.example"}), "2");
  EXPECT_EQ(ids({"x:Corner Shop"}), "1");
  EXPECT_EQ(ids({"x"}), "13");
  EXPECT_EQ(ids({"all", "x"}), "123");
  EXPECT_EQ(ids({"01935a3c-7a00-7000-8000-000000000003"}), "3");
}

TEST(FindAccounts, WhoCouldBeTwoIsNotGuessed) {
  const auto found = find_accounts(accounts(), {"corner shop"});
  ASSERT_FALSE(found);
  EXPECT_EQ(exit_for(found.error()), Exit::usage);
  EXPECT_THAT(found.error().text, testing::HasSubstr("Corner Shop (mastodon)"));
  EXPECT_EQ(ids({"mastodon:corner shop"}), "2");
}

TEST(FindAccounts, UnknownWordIsRefusedWithThoseThereAre) {
  const auto found = find_accounts(accounts(), {"@shop", "@ship"});
  ASSERT_FALSE(found);
  EXPECT_EQ(exit_for(found.error()), Exit::usage);
  EXPECT_THAT(found.error().remedy, testing::HasSubstr("Corner Shop (mastodon)"));
}

}  // namespace
}  // namespace carillon::cli
