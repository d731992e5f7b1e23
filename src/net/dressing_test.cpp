#include "net/dressing.h"

#include <gtest/gtest.h>

namespace carillon::net {
namespace {

using Place = wire::Insert::Place;

std::string authorization(const std::string& scheme) {
  const auto dressed = dress({.url = "https://a.example", .secrets = {{"page", Place::bearer, scheme}}},
                             {{"page", Secret("t.t")}});
  return dressed ? std::string(wire::header(dressed->headers, "authorization").value_or(""))
                 : dressed.error().text;
}

TEST(Dressing, ABearerHasItsOwnSchemeUnlessAnotherIsNamed) {
  EXPECT_EQ(authorization(""), "Bearer t.t");
  EXPECT_EQ(authorization("OAuth"), "OAuth t.t");
}

TEST(Dressing, ASecretWithALineBreakDoesNotLeave) {
  const auto dressed = dress({.url = "https://a.example", .secrets = {{"page", Place::bearer, ""}}},
                             {{"page", Secret("a\r\nb: c")}});
  ASSERT_FALSE(dressed);
  EXPECT_EQ(dressed.error().code, "request_unsendable");
}

}  // namespace
}  // namespace carillon::net
