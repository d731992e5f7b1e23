#include "plan/parts_text.h"

#include <gtest/gtest.h>

namespace carillon::plan {
namespace {

std::vector<ContentPart> there_and_back(const std::vector<ContentPart>& parts) {
  return parts_from(parts_text(parts));
}

TEST(PartsInOneText, AreReadBackAsTheyWere) {
  const std::vector<std::vector<ContentPart>> posts = {
      {{.text = ""}},
      {{.text = "One"}},
      {{.text = "One\n\nwith a gap"}, {.text = "Two"}, {.text = "Three", .comment = true}},
      {{.text = ""}, {.text = "Under the picture", .comment = true}},
  };
  for (const auto& post : posts) EXPECT_EQ(there_and_back(post), post) << parts_text(post);
}

TEST(PartsInOneText, ALineOfDashesInATextStaysInIt) {
  const std::vector<ContentPart> post = {{.text = "---\nAbove\n---\nBelow\n\\---\n --- Comment"},
                                         {.text = "\\--- comment"}};
  EXPECT_EQ(parts_from(parts_text(post)).size(), 2U);
  EXPECT_EQ(there_and_back(post).front().text, "---\nAbove\n---\nBelow\n\\---\n--- Comment");
  EXPECT_EQ(there_and_back(post).back(), post.back());
}

TEST(PartsInOneText, AreReadWithEitherLineEndAndBlanksAroundTheMarks) {
  const auto parts = parts_from("One \r\n --- \r\nTwo\r\nlines\n--- COMMENT\nThree");
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].text, "One");
  EXPECT_EQ(parts[1], (ContentPart{.text = "Two\nlines"}));
  EXPECT_EQ(parts[2], (ContentPart{.text = "Three", .comment = true}));
}

}  // namespace
}  // namespace carillon::plan
