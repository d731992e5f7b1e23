#include "sandbox/slack/slack.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnSlack : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("slack", v.now);

  Heard call(const std::string& method, const std::string& body) {
    v.now = v.now + std::chrono::seconds(2);
    return v.post_json("/slack/api/" + method, body, slack_token);
  }
  Heard ask(const std::string& method) { return v.get("/slack/api/" + method, slack_token); }
  Heard say(const std::string& more, const std::string& channel = "C0SAND00000") {
    return call("chat.postMessage", R"({"channel":")" + channel + "\"," + more + "}");
  }
};

TEST_F(OnSlack, BotKnowsItsTeamAndChannel) {
  EXPECT_EQ(call("auth.test", "{}").at("/team"), "Carillon Sandbox");
  EXPECT_EQ(ask("conversations.info?channel=" + who.external_id).at("/channel/is_member"), "true");
  EXPECT_EQ(ask("conversations.info?channel=C0STRANGER").at("/channel/is_member"), "false");
  EXPECT_EQ(v.get("/slack/api/auth.test", "xoxb-other").at("/error"), "invalid_auth");
  EXPECT_EQ(v.get("/slack/api/auth.test").at("/error"), "not_authed");
}

TEST_F(OnSlack, MessageIsFoundByWhatItCarries) {
  const Heard told = say(
      R"("text":"Tea &amp; cake","metadata":{"event_type":"carillon_delivery","event_payload":{"id":"one"}})");
  ASSERT_EQ(told.at("/ok"), "true") << told.text();
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].text, "Tea & cake");
  EXPECT_EQ(v.world.ledger()[0].external_id, told.at("/ts"));
  const Heard history = ask("conversations.history?channel=C0SAND00000&include_all_metadata=true&oldest=0");
  EXPECT_EQ(history.at("/messages/0/metadata/event_payload/id"), "one");
  EXPECT_EQ(history.at("/messages/0/text"), "Tea &amp; cake");
}

TEST_F(OnSlack, RefusalsComeWithStatus200) {
  EXPECT_EQ(say(R"("text":"a")", "C0STRANGER").at("/error"), "not_in_channel");
  EXPECT_EQ(say(R"("text":"a")", "C0ARCHIVED").at("/error"), "is_archived");
  EXPECT_EQ(say(R"("text":"a")", "C0NOWHERE0").at("/error"), "channel_not_found");
  EXPECT_EQ(say(R"("text":"")").at("/error"), "no_text");
  EXPECT_EQ(say(R"("text":")" + std::string(40'001, 'a') + "\"").at("/error"), "msg_too_long");
  const Heard odd = say(R"("text":"a","colour":"red")");
  EXPECT_EQ(odd.status(), 200);
  EXPECT_EQ(odd.at("/error"), "invalid_arguments");
  EXPECT_TRUE(v.world.ledger().empty());
}

TEST_F(OnSlack, ThreadsHangOnTheirFirstMessage) {
  const Heard first = say(R"("text":"One")");
  const auto under = [&](const std::string& ts) { return say(R"("text":"Two","thread_ts":")" + ts + "\""); };
  const Heard second = under(first.at("/ts"));
  ASSERT_EQ(second.at("/ok"), "true") << second.text();
  EXPECT_EQ(under(second.at("/ts")).at("/error"), "thread_not_found") << "a reply is no thread";
  EXPECT_EQ(
      ask("conversations.replies?channel=C0SAND00000&ts=" + second.at("/ts")).at("/messages/0/thread_ts"),
      first.at("/ts"));
  const Heard replies = ask("conversations.replies?channel=C0SAND00000&ts=" + first.at("/ts"));
  EXPECT_EQ(replies.at("/messages/1/ts"), second.at("/ts"));
  EXPECT_EQ(v.world.ledger()[1].reply_to, first.at("/ts"));
}

TEST_F(OnSlack, PicturesAreUploadedAndShownByBlocks) {
  const Heard address =
      v.post_form("/slack/api/files.getUploadURLExternal", {{"filename", "a.png"}, {"length", "64"}},
                  {{"Authorization", "Bearer " + std::string(slack_token)}});
  ASSERT_EQ(address.at("/ok"), "true") << address.text();
  const auto bytes = [&](size_t size) {
    return v.send({.method = "POST",
                   .url = address.at("/upload_url"),
                   .headers = {{"Content-Type", "application/octet-stream"}},
                   .body = png(size)});
  };
  EXPECT_EQ(bytes(63).status(), 400);
  EXPECT_EQ(bytes(64).text(), "OK - 64");
  const std::string file = address.at("/file_id");
  const auto show = [&] {
    return say(R"("text":"A bell","blocks":[{"type":"image","slack_file":{"id":")" + file +
               R"("},"alt_text":"A bell"}])");
  };
  EXPECT_EQ(show().at("/error"), "slack_file_not_found") << "it was not completed";
  EXPECT_EQ(call("files.completeUploadExternal", R"({"files":[{"id":")" + file + "\"}]}").at("/ok"), "true");
  EXPECT_EQ(show().at("/ok"), "true");
  EXPECT_EQ(v.world.ledger().back().media, 1U);
}

TEST_F(OnSlack, AboutOneMessageASecondIsTaken) {
  Heard last;
  for (int i = 0; i < 5; ++i)
    last = v.post_json("/slack/api/chat.postMessage", R"({"channel":"C0SAND00000","text":"a"})", slack_token);
  EXPECT_EQ(last.status(), 429);
  EXPECT_EQ(last.at("/error"), "ratelimited");
  EXPECT_EQ(last.header("retry-after"), "1");
}

}  // namespace
}  // namespace carillon::sandbox
