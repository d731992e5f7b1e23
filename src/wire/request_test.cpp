#include "wire/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace carillon::wire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Header, IsFoundWhateverItsCaseAndTheFirstOneCounts) {
  const Headers headers = {
      {"Content-Type", "text/plain"}, {"x-rate-limit-reset", "5"}, {"CONTENT-TYPE", "text/html"}};
  EXPECT_EQ(header(headers, "content-type"), "text/plain");
  EXPECT_EQ(header(headers, "X-Rate-Limit-Reset"), "5");
  EXPECT_EQ(header(headers, "x-rate-limit"), std::nullopt);
  EXPECT_EQ(header({}, "x"), std::nullopt);
}

TEST(MediaSecret, TellsWhichFileItIsOf) {
  const MediaId file{{7}};
  EXPECT_EQ(medium_named({.secret = media_secret(file)}), file);
  EXPECT_EQ(medium_named({.secret = "access"}), std::nullopt);
  EXPECT_EQ(medium_named({.secret = "media:everything"}), std::nullopt);
}

TEST(MediaIn, NamesTheFilesOfARequestOnce) {
  const MediaId a{{1}}, b{{2}}, c{{3}};
  const Request request{.body = Multipart{.boundary = "x",
                                          .parts = {{.value = MediaSlice{a, 0, 1}},
                                                    {.value = std::string("text")},
                                                    {.value = MediaSlice{a, 1, 1}},
                                                    {.value = MediaSlice{b, 0, 1}}}},
                        .secrets = {{.secret = "access"}, {.secret = media_secret(c)}}};
  EXPECT_THAT(media_in(request), ElementsAre(a, b, c));
  EXPECT_THAT(media_in({.body = MediaSlice{b, 0, 5}}), ElementsAre(b));
  EXPECT_THAT(media_in({.body = std::string("text")}), IsEmpty());
}

}  // namespace
}  // namespace carillon::wire
