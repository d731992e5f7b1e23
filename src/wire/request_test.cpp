#include "wire/request.h"

#include <gtest/gtest.h>

namespace carillon::wire {
namespace {

TEST(Header, IsFoundWhateverItsCaseAndTheFirstOneCounts) {
  const Headers headers = {
      {"Content-Type", "text/plain"}, {"x-rate-limit-reset", "5"}, {"CONTENT-TYPE", "text/html"}};
  EXPECT_EQ(header(headers, "content-type"), "text/plain");
  EXPECT_EQ(header(headers, "X-Rate-Limit-Reset"), "5");
  EXPECT_EQ(header(headers, "x-rate-limit"), std::nullopt);
  EXPECT_EQ(header({}, "x"), std::nullopt);
}

}  // namespace
}  // namespace carillon::wire
