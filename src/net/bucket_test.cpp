#include "net/bucket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <mutex>

#include "base/digest.h"
#include "net/bucket_answer.h"
#include "net/testing/bucket_house.h"

namespace carillon::net {
namespace {

using testing::BucketHouse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Mood = BucketHouse::Mood;

constexpr BucketPace small{.whole_bytes = 1000, .part_bytes = 600, .pause = Duration(1000)};

Instant noon() {
  return *parse_instant("2026-11-20T12:00:00Z");
}

std::string hash_of(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

class BucketTest : public ::testing::Test {
 protected:
  std::string file(const std::string& bytes) const {
    const std::string path = ::testing::TempDir() + "bucket_test_file";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  Fault refusal(const BucketPlace& place) {
    Bucket wrong(place, noon, small);
    const auto said = wrong.put("a", "ding", hash_of("ding"));
    return said ? Fault{} : said.error();
  }

  BucketHouse house_;
  Bucket bucket_{house_.place(), noon, small};
};

TEST_F(BucketTest, AnObjectIsWrittenLookedAtReadInRangesAndRemoved) {
  ASSERT_TRUE(bucket_.put("3f/bell & tower", "ding dong", hash_of("ding dong")));
  EXPECT_THAT(house_.keys(), ElementsAre("media/3f/bell & tower"));
  const auto seen = bucket_.look("3f/bell & tower");
  ASSERT_TRUE(seen) << seen.error().text;
  EXPECT_EQ(seen->bytes, 9U);
  EXPECT_EQ(seen->sha256, hash_of("ding dong"));
  const auto piece = bucket_.read("3f/bell & tower", 5, 100);
  ASSERT_TRUE(piece) << piece.error().text;
  EXPECT_EQ(piece->body, "dong");
  EXPECT_EQ(piece->bytes, 9U);
  EXPECT_EQ(piece->sha256, hash_of("ding dong"));
  ASSERT_TRUE(bucket_.remove("3f/bell & tower"));
  EXPECT_TRUE(bucket_.remove("3f/bell & tower"));
  EXPECT_EQ(bucket_.read("3f/bell & tower", 0, 1).error().code, "object_gone");
  EXPECT_EQ(bucket_.look("3f/bell & tower").error().kind, FaultKind::gone);
}

TEST_F(BucketTest, ALargeFileGoesInPartsAndIsWhole) {
  std::string bytes;
  for (int i = 0; bytes.size() < 1500; ++i) bytes += std::to_string(i) + " ";
  ASSERT_TRUE(bucket_.put_file("film", file(bytes), hash_of(bytes)));
  EXPECT_EQ(house_.object("media/film"), bytes);
  EXPECT_EQ(house_.unfinished(), 0U);
  EXPECT_EQ(bucket_.look("film")->sha256, hash_of(bytes));
  const auto asked = house_.asked();
  EXPECT_EQ(std::ranges::count_if(asked, [](const auto& one) { return one.contains("partNumber="); }), 3);
}

TEST_F(BucketTest, WhatBreaksOffIsSentAgain) {
  const std::string bytes(1500, 'b');
  house_.be(Mood::is_busy, 2);
  EXPECT_TRUE(bucket_.put("a", "ding", hash_of("ding")));
  house_.be(Mood::is_down, 1);
  EXPECT_TRUE(bucket_.put_file("film", file(bytes), hash_of(bytes)));
  EXPECT_EQ(house_.object("media/film"), bytes);
}

TEST_F(BucketTest, PartsThatCannotBeEndedAreGivenUp) {
  const std::string bytes(1500, 'b');
  house_.be(Mood::turns_at_end);
  const auto sent = bucket_.put_file("film", file(bytes), hash_of(bytes));
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, FaultKind::unavailable);
  EXPECT_EQ(house_.unfinished(), 0U);
  EXPECT_THAT(house_.keys(), ElementsAre());
}

TEST_F(BucketTest, OldPartsAreSwept) {
  const std::string bytes(1500, 'b');
  house_.watch([this](const std::string& asked) {
    if (asked.starts_with("PUT")) house_.be(Mood::denies);  // from the first part on, also the giving up
  });
  EXPECT_FALSE(bucket_.put_file("film", file(bytes), hash_of(bytes)));
  house_.watch(nullptr);
  house_.be(Mood::works);
  ASSERT_EQ(house_.unfinished(), 1U);
  EXPECT_EQ(bucket_.sweep_parts(*parse_instant("2025-12-31T00:00:00Z")).value_or(9), 0U);
  EXPECT_EQ(bucket_.sweep_parts(noon()).value_or(9), 1U);
  EXPECT_EQ(house_.unfinished(), 0U);
}

TEST_F(BucketTest, ARefusalSaysWhatToDo) {
  BucketPlace place = house_.place();
  place.access_key = Secret("SOMEBODY");
  EXPECT_THAT(refusal(place).text, HasSubstr("does not know the access key"));
  EXPECT_THAT(refusal(place).remedy, HasSubstr("s3-access-key"));
  place = house_.place();
  place.secret_key = Secret("guessed");
  EXPECT_THAT(refusal(place).text, HasSubstr("the secret key is not that of the access key"));
  place = house_.place();
  place.region = "elsewhere-1";
  EXPECT_EQ(refusal(place).remedy, "Set s3-region to tower-1.");
  place = house_.place();
  place.name = "nobodys";
  EXPECT_THAT(refusal(place).text, HasSubstr("does not exist"));
  EXPECT_EQ(refusal(place).code, "storage_refused");
  house_.be(Mood::denies);
  EXPECT_THAT(refusal(house_.place()).remedy, HasSubstr("Give the key the right"));
  EXPECT_EQ(bucket_.look("a").error().code, "storage_refused");
}

TEST_F(BucketTest, ABucketThatIsNotThereIsUnreachable) {
  house_.be(Mood::is_down);
  const auto said = bucket_.check("mark");
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().code, "storage_unreachable");
  EXPECT_THAT(said.error().remedy, HasSubstr("s3-endpoint"));
  EXPECT_EQ(house_.asked().size(), 3U);
  house_.be(Mood::works);
  EXPECT_TRUE(bucket_.check("mark"));
}

TEST_F(BucketTest, WhenItStopsNobodyWaits) {
  std::promise<void> asked, over;
  std::once_flag first;
  house_.watch([&, gate = over.get_future().share()](const std::string&) {
    std::call_once(first, [&] { asked.set_value(); });
    gate.wait();
  });
  auto waiting = std::async(std::launch::async, [&] { return bucket_.put("a", "ding", hash_of("ding")); });
  asked.get_future().wait();
  bucket_.stop();
  EXPECT_EQ(waiting.get().error().code, "storage_stopped");
  EXPECT_EQ(bucket_.put("a", "ding", hash_of("ding")).error().code, "storage_stopped");
  over.set_value();
  house_.watch(nullptr);
}

TEST(BucketAnswer, ReadsTheElementsItNeeds) {
  const std::string xml =
      "<A><Key>a&amp;b</Key><Upload><Key>1</Key></Upload><Upload><Key>2</Key></Upload></A>";
  EXPECT_EQ(element(xml, "Key"), "a&b");
  EXPECT_EQ(element(xml, "Nothing"), "");
  EXPECT_EQ(elements(xml, "Upload").size(), 2U);
  EXPECT_EQ(element(elements(xml, "Upload").at(1), "Key"), "2");
}

}  // namespace
}  // namespace carillon::net
