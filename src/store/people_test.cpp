#include "store/people.h"

#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(PeopleTest);

User person(Minter& mint, WorkspaceId workspace, const std::string& email, Role role) {
  return {.id = mint.make<UserId>(),
          .workspace = workspace,
          .email = email,
          .name = "Ada",
          .password_hash = "$argon2id$…",
          .role = role,
          .created = noon};
}

TEST_P(PeopleTest, UsersAreFoundByEmailAndChanged) {
  User ada = person(mint, workspace, "ada@shop.test", Role::owner);
  work([&](Unit& unit) {
    People people(unit);
    EXPECT_FALSE(people.anyone());
    people.add(ada);
    people.add(person(mint, workspace, "bob@shop.test", Role::editor));
    EXPECT_TRUE(people.anyone());
    EXPECT_EQ(people.user_by_email("ada@shop.test")->id, ada.id);
    EXPECT_FALSE(people.user_by_email("eve@shop.test"));
    EXPECT_EQ(people.users(workspace).size(), 2U);
    EXPECT_EQ(people.owners(workspace), 1);
    ada.disabled = true;
    ada.name = "Ada L.";
    people.update(ada);
    EXPECT_EQ(people.user(workspace, ada.id)->name, "Ada L.");
    EXPECT_TRUE(people.user(workspace, ada.id)->disabled);
    EXPECT_EQ(people.owners(workspace), 0);
    EXPECT_FALSE(people.user(mint.make<WorkspaceId>(), ada.id));
    EXPECT_EQ(people.workspaces().size(), 1U);
    EXPECT_EQ(people.workspace(workspace)->zone, "UTC");
  });
}

TEST_P(PeopleTest, APasswordIsRenewedOnlyByWhoeverKnewTheLastOne) {
  User ada = person(mint, workspace, "ada@shop.test", Role::owner);
  ada.password_hash = "first";
  work([&](Unit& unit) {
    People people(unit);
    people.add(ada);
    User lesser = ada;
    lesser.role = Role::editor;
    lesser.password_hash = "not written";
    people.update(lesser);
    EXPECT_TRUE(people.renew_password(ada, "second"));
    EXPECT_FALSE(people.renew_password(ada, "third")) << "it was changed meanwhile";
    EXPECT_EQ(people.user(workspace, ada.id)->password_hash, "second");
    EXPECT_EQ(people.user(workspace, ada.id)->role, Role::editor) << "nothing else is written";
    people.set_password(workspace, ada.id, "fourth");
    lesser.password_hash = "fourth", lesser.disabled = true;
    people.update(lesser);
    EXPECT_FALSE(people.renew_password(lesser, "fifth")) << "switched off";
    EXPECT_EQ(people.user(workspace, ada.id)->password_hash, "fourth");
  });
}

TEST_P(PeopleTest, AnEmailBelongsToOneUser) {
  work([&](Unit& unit) { People(unit).add(person(mint, workspace, "ada@shop.test", Role::owner)); });
  try {
    work([&](Unit& unit) { People(unit).add(person(mint, workspace, "ada@shop.test", Role::viewer)); });
    FAIL() << "the second user of that address was taken";
  } catch (const StoreError& error) {
    EXPECT_EQ(error.kind, StoreError::Kind::constraint);
  }
}

TEST_P(PeopleTest, ASessionSpeaksForItsUserUntilItExpiresOrIsClosed) {
  const User ada = person(mint, workspace, "ada@shop.test", Role::editor);
  Session a{.id = mint.make<SessionId>(),
            .workspace = workspace,
            .user = ada.id,
            .token_sha256 = "aa",
            .agent = "Firefox",
            .address = "10.0.0.1",
            .created = noon,
            .seen = noon,
            .expires = noon + 1h};
  Session b = a, c = a;
  b.id = mint.make<SessionId>(), b.token_sha256 = "bb";
  c.id = mint.make<SessionId>(), c.token_sha256 = "cc";
  work([&](Unit& unit) {
    People people(unit);
    people.add(ada);
    for (const Session& each : {a, b, c}) people.open(each);
    const Caller caller = people.caller_by_session("aa", noon).value();
    EXPECT_EQ(caller.user, ada.id);
    EXPECT_EQ(caller.role, Role::editor);
    EXPECT_EQ(caller.email, "ada@shop.test");
    EXPECT_EQ(caller.session, a.id);
    EXPECT_FALSE(caller.key);
    EXPECT_FALSE(people.caller_by_session("aa", noon + 1h));
    EXPECT_FALSE(people.caller_by_session("zz", noon));
    people.seen(workspace, b.id, noon + 5min);
    EXPECT_EQ(people.sessions(workspace, ada.id)[0].id, b.id);
    EXPECT_EQ(people.sessions(workspace, ada.id)[0].seen, noon + 5min);
    people.close(workspace, a.id);
    EXPECT_FALSE(people.caller_by_session("aa", noon));
    people.close_all(workspace, ada.id, b.id);
    EXPECT_EQ(people.sessions(workspace, ada.id).size(), 1U);
    people.close_all(workspace, ada.id, std::nullopt);
    EXPECT_FALSE(people.caller_by_session("bb", noon));
  });
}

TEST_P(PeopleTest, ADisabledUsersSessionsAndKeysSpeakForNobody) {
  User ada = person(mint, workspace, "ada@shop.test", Role::owner);
  work([&](Unit& unit) {
    People people(unit);
    people.add(ada);
    people.open({.id = mint.make<SessionId>(),
                 .workspace = workspace,
                 .user = ada.id,
                 .token_sha256 = "aa",
                 .created = noon,
                 .seen = noon,
                 .expires = noon + 1h});
    people.add(ApiKey{.id = mint.make<ApiKeyId>(),
                      .workspace = workspace,
                      .user = ada.id,
                      .key_sha256 = "kk",
                      .created = noon});
    EXPECT_TRUE(people.caller_by_session("aa", noon));
    EXPECT_TRUE(people.caller_by_key("kk", noon));
    ada.disabled = true;
    people.update(ada);
    EXPECT_FALSE(people.caller_by_session("aa", noon));
    EXPECT_FALSE(people.caller_by_key("kk", noon));
  });
}

TEST_P(PeopleTest, AKeyCarriesItsScopesAndMayExpire) {
  const User ada = person(mint, workspace, "ada@shop.test", Role::owner);
  const ApiKey key{.id = mint.make<ApiKeyId>(),
                   .workspace = workspace,
                   .user = ada.id,
                   .name = "ci",
                   .prefix = "ck_12",
                   .key_sha256 = "kk",
                   .scopes = {"posts:write"},
                   .created = noon,
                   .expires = noon + 1h};
  work([&](Unit& unit) {
    People people(unit);
    people.add(ada);
    people.add(key);
    const Caller caller = people.caller_by_key("kk", noon).value();
    EXPECT_EQ(caller.key, key.id);
    EXPECT_EQ(caller.scopes, key.scopes);
    EXPECT_FALSE(caller.session);
    EXPECT_FALSE(people.caller_by_key("kk", noon + 1h));
    people.used(workspace, key.id, noon + 5s);
    ASSERT_EQ(people.keys(workspace).size(), 1U);
    EXPECT_EQ(people.keys(workspace)[0].used, noon + 5s);
    EXPECT_EQ(people.keys(workspace)[0].prefix, "ck_12");
    people.remove_key(mint.make<WorkspaceId>(), key.id);
    EXPECT_EQ(people.keys(workspace).size(), 1U) << "another workspace cannot remove it";
    people.remove_key(workspace, key.id);
    EXPECT_FALSE(people.caller_by_key("kk", noon));
  });
}

TEST_P(PeopleTest, FailuresAreCountedUntilForgiven) {
  work([&](Unit& unit) {
    People people(unit);
    EXPECT_EQ(people.failures("ada@shop.test").count, 0);
    people.fail("ada@shop.test", noon);
    people.fail("ada@shop.test", noon + 1s);
    people.fail("10.0.0.1", noon);
    EXPECT_EQ(people.failures("ada@shop.test").count, 2);
    EXPECT_EQ(people.failures("ada@shop.test").last, noon + 1s);
    people.take_back("ada@shop.test");
    EXPECT_EQ(people.failures("ada@shop.test").count, 1);
    people.forgive("ada@shop.test");
    EXPECT_EQ(people.failures("ada@shop.test").count, 0);
    EXPECT_EQ(people.failures("10.0.0.1").count, 1);
  });
}

}  // namespace
}  // namespace carillon::store
