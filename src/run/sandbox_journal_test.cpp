#include "run/sandbox_journal.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/random.h"

namespace carillon::run {
namespace {

namespace fs = std::filesystem;

const sandbox::Effect effect{.network = "x",
                             .account = "1",
                             .external_id = "77",
                             .url = "http://s/x/1/77",
                             .text = "Hi \"there\"\n",
                             .reply_to = "76",
                             .media = 2,
                             .at = Instant::from_seconds(1'795'080'600)};

class SandboxJournalTest : public testing::Test {
 protected:
  SandboxJournalTest() : file_(fs::path(testing::TempDir()) / "sandbox_journal_test.jsonl") {
    fs::remove(file_);
  }
  ~SandboxJournalTest() override { fs::remove(file_); }

  size_t restored() const {
    sandbox::World world(random_, "http://s");
    const SandboxJournal journal(file_, world);
    return world.ledger().size();
  }
  void write(std::vector<sandbox::Effect> effects) const {
    sandbox::World world(random_, "http://s");
    SandboxJournal journal(file_, world);
    for (const auto& one : effects) journal.append(one);
  }

  fs::path file_;
  mutable SeededRandom random_{1};
};

TEST_F(SandboxJournalTest, LineIsReadAsItWasWritten) {
  const auto read = effect_from_line(effect_line(effect));
  ASSERT_TRUE(read);
  EXPECT_EQ(effect_line(*read), effect_line(effect));
  EXPECT_EQ(read->text, effect.text);
  EXPECT_EQ(read->at, effect.at);
  EXPECT_EQ(read->media, 2U);
}

TEST_F(SandboxJournalTest, WhatWasAcceptedIsThereAfterARestart) {
  write({effect});
  EXPECT_EQ(restored(), 1U);
  EXPECT_EQ(restored(), 1U);
}

TEST_F(SandboxJournalTest, CutOffLineIsDroppedAndTheNextOneIsWhole) {
  write({effect});
  std::ofstream(file_, std::ios::app) << R"({"network":"x","acc)";
  EXPECT_EQ(restored(), 1U);
  sandbox::Effect second = effect;
  second.external_id = "78";
  write({second});
  EXPECT_EQ(restored(), 2U);
}

}  // namespace
}  // namespace carillon::run
