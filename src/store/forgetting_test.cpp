#include "store/forgetting.h"

#include "store/people.h"
#include "store/testing/stage.h"

namespace carillon::store {
namespace {

ON_EVERY_ENGINE(ForgettingTest);

TEST_P(ForgettingTest, WhatIsOverIsForgottenAndNothingElse) {
  const UserId ada = mint.make<UserId>();
  const auto session = [&](Instant expires) {
    return Session{.id = mint.make<SessionId>(),
                   .workspace = workspace,
                   .user = ada,
                   .token_sha256 = to_text(expires),
                   .created = noon,
                   .seen = noon,
                   .expires = expires};
  };
  work([&](Unit& unit) {
    People people(unit);
    people.open(session(noon + 24h));
    people.open(session(noon + 26h));
    people.fail("email:stranger@x.test", noon);
    people.fail("email:ada@x.test", noon + 2h);
    Idempotency(unit).take(workspace, "posts", "old", "hash", noon);
    Idempotency(unit).take(workspace, "posts", "new", "hash", noon + 2h);
    forget_old(unit, noon + 25h);
    ASSERT_EQ(people.sessions(workspace, ada).size(), 1U);
    EXPECT_EQ(people.sessions(workspace, ada)[0].expires, noon + 26h);
    EXPECT_EQ(people.failures("email:stranger@x.test").count, 0);
    EXPECT_EQ(people.failures("email:ada@x.test").count, 1);
    EXPECT_FALSE(Idempotency(unit).take(workspace, "posts", "old", "hash", noon + 25h));
    EXPECT_TRUE(Idempotency(unit).take(workspace, "posts", "new", "hash", noon + 25h));
  });
}

}  // namespace
}  // namespace carillon::store
