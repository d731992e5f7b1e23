// Plays every talk file of every network: as it is written, with restarts, disturbed and damaged.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "channels/registry.h"
#include "talk/talk.h"

namespace carillon::channels {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> talk_files() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / "src" / "channels")) {
    if (entry.path().extension() == ".talk") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  const fs::path path(info.param);
  std::string name = path.parent_path().parent_path().filename().string() + "_" + path.stem().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

class Talks : public ::testing::TestWithParam<std::string> {};

TEST_P(Talks, GoAsWrittenAndSurviveEverything) {
  const talk::Talk talk = talk::read_talk(GetParam());
  const Entry* entry = shipped().find(talk.network);
  ASSERT_NE(entry, nullptr) << "no channel is called “" << talk.network << "”";
  const auto moments = talk::play(talk, *entry->channel);
  if (HasFailure()) return;
  talk::play_restarts(talk, *entry->channel, moments);
  talk::play_disturbed(talk, *entry->channel, moments);
  talk::play_damaged(talk, *entry->channel, moments);
  talk::play_walks(talk, *entry->channel, moments);
}

INSTANTIATE_TEST_SUITE_P(All, Talks, ::testing::ValuesIn(talk_files()), test_name);

TEST(TalkFiles, EveryNetworkHasSome) {
  const auto files = talk_files();
  for (const Entry& entry : shipped().all()) {
    const std::string folder = "/" + entry.channel->traits().network + "/talk/";
    const auto count = std::count_if(files.begin(), files.end(), [&](const std::string& file) {
      return file.find(folder) != std::string::npos;
    });
    EXPECT_GE(count, 6) << folder;
  }
}

}  // namespace
}  // namespace carillon::channels
