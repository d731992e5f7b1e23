#include "api/routes.h"

#include <gtest/gtest.h>

namespace carillon::api {
namespace {

TEST(Routes, FindsEveryRouteByItsOwnPattern) {
  for (const Route& route : routes()) {
    const auto match = find_route(to_text(route.method), route.pattern);
    EXPECT_EQ(match.route, &route) << route.pattern;
  }
}

TEST(Routes, CapturesTheNamedParts) {
  const auto match = find_route("POST", "/api/v1/posts/0198e5a0/retry");
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.captured[0], "0198e5a0");
}

TEST(Routes, PrefersAWordToAName) {
  const auto match = find_route("POST", "/api/v1/posts/check");
  ASSERT_TRUE(match.route);
  EXPECT_EQ(match.route->pattern, "/api/v1/posts/check");
}

TEST(Routes, SaysWhichMethodsAPathTakes) {
  const auto match = find_route("PUT", "/api/v1/posts");
  EXPECT_FALSE(match.route);
  EXPECT_EQ(match.allowed, "GET, POST");
}

TEST(Routes, KnowsNoOtherPaths) {
  for (const char* path : {"/api/v1", "/api/v1/posts/", "/api/v1/posts//retry", "/api/v1/posts/a/b/c", "",
                           "posts", "//", "/api/v1/posts/../users"}) {
    EXPECT_FALSE(find_route("GET", path).route) << path;
  }
}

TEST(Permissions, GrowWithTheRole) {
  for (const Permission scope : scopes()) {
    if (allows(Role::viewer, scope)) EXPECT_TRUE(allows(Role::editor, scope)) << to_text(scope);
    if (allows(Role::editor, scope)) EXPECT_TRUE(allows(Role::owner, scope)) << to_text(scope);
    EXPECT_TRUE(allows(Role::owner, scope)) << to_text(scope);
  }
  EXPECT_FALSE(allows(Role::viewer, Permission::posts_write));
  EXPECT_FALSE(allows(Role::editor, Permission::accounts_write));
}

TEST(Permissions, OfAKeyAreBoundByItsScopesAndItsRole) {
  store::Caller caller{.role = Role::editor, .scopes = {"posts.read", "people.manage"}, .key = ApiKeyId{}};
  EXPECT_TRUE(may(caller, Permission::posts_read));
  EXPECT_FALSE(may(caller, Permission::posts_write));    // not in its scopes
  EXPECT_FALSE(may(caller, Permission::people_manage));  // not in its role
  EXPECT_FALSE(may(caller, Permission::session));        // not a person
  EXPECT_FALSE(may(caller, Permission::undeclared));
}

}  // namespace
}  // namespace carillon::api
