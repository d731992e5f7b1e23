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

TEST(Dressing, AddressesStandInTheirPlacesInAList) {
  const auto dressed =
      dress({.method = "POST",
             .url = "https://a.example",
             .body = std::string(R"({"a":{"urls":["",""]}})"),
             .secrets = {{"one", Place::json, "/a/urls/0"}, {"two", Place::json, "/a/urls/1"}}},
            {{"one", Secret("https://x.example/1")}, {"two", Secret("https://x.example/2")}});
  ASSERT_TRUE(dressed) << dressed.error().text;
  EXPECT_EQ(std::get<std::string>(dressed->body),
            R"({"a":{"urls":["https://x.example/1","https://x.example/2"]}})");
}

}  // namespace
}  // namespace carillon::net
