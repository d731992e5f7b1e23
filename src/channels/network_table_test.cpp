// The page about the networks says what the program does.
#include "channels/network_table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace carillon::channels {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(SOURCE_DIR) / "docs" / "networks";

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(NetworkTable, IsThePageInTheDocumentation) {
  EXPECT_EQ(text_of(folder / "README.md"), network_tables(shipped()))
      << "write it anew: carillon networks --markdown > docs/networks/README.md";
}

TEST(NetworkTable, EveryNetworkHasAPageOfItsOwn) {
  for (const Entry& entry : shipped().all()) {
    const fs::path page = folder / (entry.channel->traits().network + ".md");
    EXPECT_GT(text_of(page).size(), 800U)
        << page << ": how to get credentials, what is possible, what is lost";
  }
}

TEST(NetworkTable, NoWordBreaksATable) {
  for (const Entry& entry : shipped().all()) {
    const Traits& traits = entry.channel->traits();
    EXPECT_EQ(traits.recovery.find_first_of("|\n"), std::string::npos) << traits.network;
    for (const KindRule& rule : traits.kinds)
      EXPECT_EQ(rule.note.find_first_of("|\n"), std::string::npos) << rule.note;
  }
}

TEST(NetworkTable, SpansAreSaidInTheirLargestUnit) {
  EXPECT_EQ(span_words(std::chrono::minutes(15)), "15 min");
  EXPECT_EQ(span_words(std::chrono::hours(24)), "1 day");
  EXPECT_EQ(span_words(std::chrono::seconds(90)), "90 s");
  EXPECT_EQ(span_words(std::chrono::milliseconds(500)), "500 ms");
}

}  // namespace
}  // namespace carillon::channels
