#include "sandbox/discord/discord.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnDiscord : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("discord", v.now);
  std::string hook = "/discord/api/v10/webhooks/" + who.external_id + "/" + v.credential(who, "access");

  Heard say(const std::string& body) {
    v.now = v.now + std::chrono::seconds(3);
    return v.post_json(hook + "?wait=true", body);
  }
};

TEST_F(OnDiscord, WebhookSaysWhereItWrites) {
  const Heard seen = v.get(hook);
  EXPECT_EQ(seen.at("/id"), who.external_id);
  EXPECT_FALSE(seen.at("/guild_id").empty());
  EXPECT_EQ(v.get("/discord/api/v10/webhooks/" + who.external_id + "/other").at("/code"), "50027");
  EXPECT_EQ(v.get("/discord/api/v10/webhooks/1/other").at("/code"), "10015");
}

TEST_F(OnDiscord, MessageIsToldOnlyToWhoeverWaits) {
  const Heard told = say(R"({"content":"Fresh bread","allowed_mentions":{"parse":[]}})");
  ASSERT_EQ(told.status(), 200) << told.text();
  EXPECT_EQ(told.at("/content"), "Fresh bread");
  EXPECT_EQ(v.post_json(hook, R"({"content":"And rolls"})").status(), 204);
  ASSERT_EQ(v.world.ledger().size(), 2U);
  EXPECT_EQ(v.world.ledger()[0].external_id, told.at("/id"));
  EXPECT_EQ(v.get(hook + "/messages/" + told.at("/id")).at("/content"), "Fresh bread");
}

TEST_F(OnDiscord, TooLongEmptyOrUnknownIsRefused) {
  EXPECT_EQ(say(R"({"content":")" + std::string(2000, 'a') + R"("})").status(), 200);
  const Heard longer = say(R"({"content":")" + std::string(2001, 'a') + R"("})");
  EXPECT_EQ(longer.at("/errors/content/_errors/0/message"), "Must be 2000 or fewer in length.");
  EXPECT_EQ(say(R"({"content":" "})").at("/code"), "50006");
  EXPECT_EQ(say(R"({"content":"a","colour":1})").at("/code"), "50035");
  EXPECT_EQ(say(R"({"content":"a","flags":64})").status(), 400);
  EXPECT_EQ(v.post_json(hook + "?wait=true", "{").at("/code"), "50109");
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnDiscord, PollsAreCounted) {
  const auto poll = [&](const std::string& hours, const std::string& answers) {
    return say(R"({"poll":{"question":{"text":"Which?"},"answers":[)" + answers + R"(],"duration":)" + hours +
               "}}")
        .status();
  };
  const std::string two = R"({"poll_media":{"text":"a"}},{"poll_media":{"text":"b"}})";
  EXPECT_EQ(poll("24", two), 200);
  EXPECT_EQ(poll("769", two), 400);
  EXPECT_EQ(poll("24", R"({"poll_media":{"text":")" + std::string(56, 'a') + R"("}})"), 400);
  EXPECT_EQ(poll("24", ""), 400);
}

TEST_F(OnDiscord, FilesAreListedWithTheirDescriptions) {
  const auto send = [&](const std::string& payload, size_t size) {
    v.now = v.now + std::chrono::seconds(3);
    return v.post_parts(hook + "?wait=true",
                        {text_part("payload_json", payload), file_part("files[0]", png(size))});
  };
  const Heard sent = send(R"({"content":"A bell","attachments":[{"id":0,"description":"A bell"}]})", 64);
  ASSERT_EQ(sent.status(), 200) << sent.text();
  EXPECT_EQ(v.world.ledger().back().media, 1U);
  EXPECT_EQ(send(R"({"content":"A bell","attachments":[]})", 64).status(), 400);
  EXPECT_EQ(send(R"({"content":"A bell","attachments":[{"id":0}]})", (10 << 20) + 1).at("/code"), "40005");
}

TEST_F(OnDiscord, FiveInTwoSecondsAreAllowed) {
  Heard last;
  for (int i = 0; i < 5; ++i) last = v.post_json(hook + "?wait=true", R"({"content":"a"})");
  EXPECT_EQ(last.status(), 200);
  EXPECT_EQ(last.header("x-ratelimit-remaining"), "0");
  const Heard over = v.post_json(hook + "?wait=true", R"({"content":"a"})");
  EXPECT_EQ(over.status(), 429);
  EXPECT_EQ(over.at("/global"), "false");
  EXPECT_EQ(over.header("retry-after"), "2");
  EXPECT_EQ(v.world.ledger().size(), 5U);
}

}  // namespace
}  // namespace carillon::sandbox
