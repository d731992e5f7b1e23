// The conformance suite's stage: one database of each kind, empty, with a workspace and two accounts in it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "store/accounts.h"
#include "store/journal.h"
#include "store/posts.h"
#include "store/records.h"
#include "store/transaction.h"

namespace carillon::store {

enum class Place : uint8_t { memory, file, postgres };

inline const Instant noon = Instant::from_seconds(1'800'000'000);

// A temporary folder, gone with this object.
class Folder {
 public:
  Folder();
  ~Folder();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class OnEveryEngine : public ::testing::TestWithParam<Place> {
 protected:
  void SetUp() override;

  // One transaction.
  template <class Work>
  auto work(Work work) {
    Transaction transaction(*db);
    Unit unit(*db);
    if constexpr (std::is_void_v<decltype(work(unit))>) {
      work(unit);
      transaction.commit();
    } else {
      auto result = work(unit);
      transaction.commit();
      return result;
    }
  }

  Account account(const std::string& external_id);
  // A post to those accounts, with that many thread parts; not stored yet.
  Post post(std::vector<AccountId> accounts, size_t parts = 1);
  // Stored and scheduled for noon.
  std::vector<Delivery> scheduled(const Post& post);
  std::vector<Delivery> scheduled_to(AccountId account, size_t parts = 1) {
    return scheduled(post({account}, parts));
  }

  // Reads a row; it is there.
  Delivery row(DeliveryId id);
  std::optional<Post> stored(PostId id);
  // What the engine would save about that row: an intent, an outcome.
  delivery::Save opening(const Delivery& row, bool publishes = true);
  delivery::Save closing(const Delivery& row, DeliveryState state);
  delivery::Saved apply(const delivery::Save& save, Instant now = noon);
  // Opens an attempt and settles it.
  void settle(DeliveryId id, DeliveryState state);

  void expect_true_tallies();

  std::unique_ptr<Folder> folder;
  std::unique_ptr<Connection> db;
  SeededRandom dice{7};
  Minter mint{noon, dice};
  WorkspaceId workspace;
  Account first, second;
  Tenure tenure;
};

std::string place_name(const ::testing::TestParamInfo<Place>& place);
bool left_out(Place place);  // CARILLON_TEST_POSTGRES=0

#define ON_EVERY_ENGINE(suite)                                                                           \
  class suite : public OnEveryEngine {};                                                                 \
  INSTANTIATE_TEST_SUITE_P(Store, suite, ::testing::Values(Place::memory, Place::file, Place::postgres), \
                           place_name)

}  // namespace carillon::store
