// The depot over a real folder and a small strict bucket.
#include "run/depot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <future>
#include <mutex>

#include "base/digest.h"
#include "media/landing.h"
#include "media/stored_name.h"
#include "net/testing/bucket_house.h"
#include "run/clock.h"

namespace carillon::run {
namespace {

using net::testing::BucketHouse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Mood = BucketHouse::Mood;
using Held = Result<std::shared_ptr<Depot::Hold>>;

constexpr net::BucketPace quick{.whole_bytes = 3000, .part_bytes = 2000, .pause = Duration(1000)};

std::string hash_of(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

class DepotTest : public testing::Test {
 protected:
  DepotTest()
      : home_(std::filesystem::path(testing::TempDir()) / ("depot_test_" + random_token(random_, 8))) {
    folder_.emplace(home_, media::Pictures(PICTURE_CHILD));
  }
  ~DepotTest() override {
    depot_.reset();
    std::filesystem::remove_all(home_);
  }

  Depot& open(uint64_t limit = 1'000'000) {
    depot_.reset();
    return depot_.emplace(Depot::Wiring{*folder_, random_, log_, [this] { return now_; }}, house_.place(),
                          limit, quick);
  }
  // As an upload leaves it.
  MediaId lay(const std::string& bytes) {
    const MediaId id = MediaId::make(now_ = now_ + std::chrono::seconds(1), random_);
    put(media::stored_name(id), bytes);
    put(media::thumbnail_name(id), "thumbnail");
    return id;
  }
  void put(const std::string& name, const std::string& bytes) {
    media::Landing landing(*folder_, name, random_);
    landing.write(bytes);
    ASSERT_TRUE(landing.land(hash_of(bytes)));
  }
  MediaId store(const std::string& bytes) {
    const MediaId id = lay(bytes);
    const auto sent = depot_->send_now(workspace_, {.id = id});
    EXPECT_TRUE(sent) << sent.error().text;
    depot_->settled(id);
    return id;
  }
  std::string shelf(MediaId id) const {
    const std::string name = media::stored_name(id);
    if (!folder_->has(name)) return "";
    std::string bytes(folder_->size(name), '\0');
    folder_->read(name, 0, bytes.data(), bytes.size());
    return bytes;
  }
  // As if it had not been touched for so long.
  void age(MediaId id, Duration span) const {
    const timespec then{static_cast<time_t>((wall_clock() - span).seconds()), 0}, both[2] = {then, then};
    ASSERT_EQ(::utimensat(AT_FDCWD, (home_ / media::stored_name(id)).c_str(), both, 0), 0);
  }
  static std::string key(MediaId id) { return "media/" + media::stored_name(id); }
  Held bring(MediaId id) { return depot_->bring_now(media::stored_name(id)); }

  SystemRandom random_;
  Log log_{"error", "human"};
  Instant now_ = wall_clock();
  WorkspaceId workspace_ = WorkspaceId::make(now_, random_);
  std::filesystem::path home_;
  BucketHouse house_;
  std::optional<media::MediaFolder> folder_;
  std::optional<Depot> depot_;
};

TEST_F(DepotTest, WhatIsStoredLiesInTheBucketWithItsThumbnail) {
  open();
  const MediaId id = lay(std::string(5000, 'f'));
  ASSERT_TRUE(depot_->send_now(workspace_, {.id = id}));
  EXPECT_EQ(house_.object(key(id)), std::string(5000, 'f'));
  EXPECT_EQ(house_.object(key(id) + ".thumb"), "thumbnail");
  EXPECT_EQ(depot_->old_doubts(now_ + std::chrono::hours(1)).size(), 1U);  // the store has not said yes
  depot_->settled(id);
  EXPECT_THAT(depot_->old_doubts(now_ + std::chrono::hours(1)), IsEmpty());
}

TEST_F(DepotTest, WhatIsNeededComesBackOnceHoweverManyAsk) {
  open();
  const MediaId id = store("the bells of the tower");
  folder_->forget(media::stored_name(id));
  house_.asked();
  std::promise<void> all_asked;
  const auto gate = all_asked.get_future().share();
  house_.watch([gate](const std::string&) { gate.wait(); });
  std::vector<std::future<Held>> waiting;
  for (int i = 0; i < 5; ++i) {
    auto brought = std::make_shared<std::promise<Held>>();
    waiting.push_back(brought->get_future());
    depot_->bring({media::stored_name(id)}, [brought](Held held) { brought->set_value(std::move(held)); });
  }
  all_asked.set_value();
  for (auto& one : waiting) EXPECT_TRUE(one.get());
  EXPECT_EQ(shelf(id), "the bells of the tower");
  EXPECT_EQ(house_.asked().size(), 1U);
}

TEST_F(DepotTest, AFileThatIsNotWhatWasStoredIsRefused) {
  open();
  const MediaId id = store("ding dong"), foreign = store("dong ding");
  folder_->forget(media::stored_name(id));
  folder_->forget(media::stored_name(foreign));
  house_.damage(key(id));
  house_.put(key(foreign), "put here by another hand", "");
  EXPECT_EQ(bring(id).error().code, "object_damaged");
  EXPECT_EQ(bring(foreign).error().code, "object_damaged");
  EXPECT_EQ(shelf(id), "");
  EXPECT_TRUE(std::filesystem::is_empty(home_ / media::arriving));
  EXPECT_FALSE(depot_->standing().trouble);  // the bucket itself can be used
}

TEST_F(DepotTest, ABucketThatIsGoneForAWhileIsSaidAndUsedAgain) {
  open();
  const MediaId id = store("ding");
  folder_->forget(media::stored_name(id));
  house_.be(Mood::is_down);
  const auto held = bring(id);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().kind, FaultKind::unavailable);
  EXPECT_THAT(held.error().text, HasSubstr("did not answer"));
  EXPECT_EQ(depot_->standing().trouble->code, "storage_unreachable");
  EXPECT_FALSE(depot_->is_lost(media::stored_name(id)));
  EXPECT_FALSE(depot_->send_now(workspace_, {.id = lay("dong")}));
  house_.be(Mood::works);
  EXPECT_TRUE(bring(id));
  EXPECT_FALSE(depot_->standing().trouble);
}

TEST_F(DepotTest, WhatTheBucketDoesNotHaveIsLost) {
  open();
  const MediaId id = MediaId::make(now_, random_);
  EXPECT_FALSE(depot_->is_lost(media::stored_name(id)));  // nobody knows yet
  EXPECT_EQ(bring(id).error().kind, FaultKind::gone);
  EXPECT_TRUE(depot_->is_lost(media::stored_name(id)));
}

TEST_F(DepotTest, TheShelfForgetsWhatWasUsedLeastAndNeverWhatIsInUse) {
  open();
  const MediaId held = store(std::string(1000, 'a')), used = store(std::string(1000, 'b'));
  const MediaId idle = store(std::string(1000, 'c'));
  age(held, std::chrono::hours(3));
  age(used, std::chrono::hours(2));
  age(idle, std::chrono::hours(1));
  open(2500);
  const auto hold = bring(held);
  ASSERT_TRUE(bring(used));
  depot_->settled(idle);  // a moment to make room
  depot_->finish();
  EXPECT_EQ(shelf(held).size(), 1000U);
  EXPECT_EQ(shelf(used).size(), 1000U);
  EXPECT_EQ(shelf(idle), "");
  EXPECT_TRUE(folder_->has(media::thumbnail_name(idle)));  // small, and looked at with many
  EXPECT_EQ(house_.object(key(idle)).size(), 1000U);
  EXPECT_LE(depot_->standing().here_bytes, 2500U);
}

TEST_F(DepotTest, NothingIsForgottenThatTheBucketDoesNotSurelyHave) {
  open(100);
  const MediaId id = store(std::string(1000, 'a'));
  house_.be(Mood::denies);
  depot_->settled(id);
  depot_->finish();
  const MediaId lone = lay(std::string(1000, 'b'));
  EXPECT_EQ(shelf(lone).size(), 1000U);
  open(100).settled(lone);
  depot_->finish();
  EXPECT_EQ(shelf(lone).size(), 1000U);
}

TEST_F(DepotTest, AFolderFromBeforeTheBucketIsSentThere) {
  const MediaId old = lay(std::string(5000, 'o'));
  open().tend();
  depot_->finish();
  EXPECT_THAT(house_.keys(), UnorderedElementsAre(key(old), key(old) + ".thumb"));
  EXPECT_EQ(depot_->standing().unsent, 0U);
}

TEST_F(DepotTest, WhatIsRemovedGoesFromTheBucketTooEvenLater) {
  open();
  const MediaId id = store("ding");
  depot_->doubt(workspace_, id);
  house_.be(Mood::is_down);
  depot_->remove(id);
  depot_->finish();
  EXPECT_EQ(shelf(id), "");
  EXPECT_EQ(house_.keys().size(), 2U);
  house_.be(Mood::works);
  const auto doubts = open().old_doubts(now_ + std::chrono::hours(1));
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_EQ(doubts[0].workspace, workspace_);
  EXPECT_EQ(doubts[0].media, id);
  depot_->remove(id);
  depot_->finish();
  EXPECT_THAT(house_.keys(), IsEmpty());
  EXPECT_THAT(open().old_doubts(now_ + std::chrono::hours(1)), IsEmpty());
}

TEST_F(DepotTest, AnObjectThatIsNotInDoubtHereStays) {
  open();
  const MediaId id = store("ding");
  depot_->remove(id);  // as a copy of this installation would, which knows the upload only
  depot_->finish();
  EXPECT_EQ(shelf(id), "");
  EXPECT_EQ(house_.object(key(id)), "ding");
}

TEST_F(DepotTest, AYoungDoubtOfThisServerIsLeftAlone) {
  open();
  depot_->doubt(workspace_, lay("ding"));
  EXPECT_THAT(depot_->old_doubts(wall_clock() - std::chrono::hours(1)), IsEmpty());
}

TEST_F(DepotTest, WhatWaitsEndsWhenItStops) {
  open();
  const MediaId id = store("ding");
  folder_->forget(media::stored_name(id));
  std::promise<void> asked, over;
  std::once_flag first;
  house_.watch([&, gate = over.get_future().share()](const std::string&) {
    std::call_once(first, [&] { asked.set_value(); });
    gate.wait();
  });
  std::promise<Held> brought;
  depot_->bring({media::stored_name(id)}, [&](Held held) { brought.set_value(std::move(held)); });
  asked.get_future().wait();
  depot_->stop();
  EXPECT_EQ(brought.get_future().get().error().code, "storage_stopped");
  depot_->finish();
  EXPECT_EQ(bring(id).error().code, "storage_stopped");
  over.set_value();
  house_.watch(nullptr);
}

TEST_F(DepotTest, WithoutABucketTheFolderIsAll) {
  Depot alone({*folder_, random_, log_, [this] { return now_; }}, {}, 0);
  const MediaId id = lay("ding");
  EXPECT_TRUE(alone.send_now(workspace_, {.id = id}));
  EXPECT_TRUE(alone.bring_now(media::stored_name(id)));
  EXPECT_FALSE(alone.is_lost(media::stored_name(id)));
  alone.settled(id);
  alone.tend();
  alone.remove(id);
  EXPECT_TRUE(alone.is_lost(media::stored_name(id)));
  EXPECT_EQ(alone.standing().where, home_.string());
  EXPECT_THAT(house_.asked(), IsEmpty());
}

}  // namespace
}  // namespace carillon::run
