#include <gtest/gtest.h>

#include "sandbox/telegram/telegram.h"
#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class OnTelegram : public testing::Test {
 protected:
  Visitor v;
  const std::string bot = "/telegram/bot100200300:sandbox-bot-token/";

  Heard call(const std::string& method, const wire::Fields& fields) {
    return v.post_form(bot + method, fields);
  }
  Heard say(const std::string& text, const std::string& chat = "@carillon_sandbox",
            const std::string& mode = "") {
    wire::Fields fields = {{"chat_id", chat}, {"text", text}};
    if (!mode.empty()) fields.emplace_back("parse_mode", mode);
    return call("sendMessage", fields);
  }
};

TEST_F(OnTelegram, BotSaysWhoItIs) {
  EXPECT_EQ(v.get(bot + "getMe").at("/result/username"), "carillon_sandbox_bot");
  EXPECT_EQ(call("getChat", {{"chat_id", "@carillon_sandbox"}}).at("/result/id"), "-1001000000001");
  const Heard member = call("getChatMember", {{"chat_id", "@carillon_sandbox"}, {"user_id", "100200300"}});
  EXPECT_EQ(member.at("/result/can_post_messages"), "true");
}

TEST_F(OnTelegram, WrongTokensAreToldApart) {
  EXPECT_EQ(v.get("/telegram/bot100200300:other/getMe").status(), 401);
  EXPECT_EQ(v.get("/telegram/bot100200300:other/getMe").at("/description"), "Unauthorized");
  EXPECT_EQ(v.get("/telegram/botnothing/getMe").status(), 404);
  EXPECT_EQ(v.get(bot + "noSuchMethod").at("/description"), "Not Found: method not found");
}

TEST_F(OnTelegram, PollsHaveAQuestionAndTwoToTwelveAnswers) {
  const auto ask = [&](const std::string& more) {
    return v.post_json(bot + "sendPoll", R"({"chat_id":"@carillon_sandbox",)" + more + "}");
  };
  const Heard poll = ask(R"("question":"Which?","options":[{"text":"a"},{"text":"b"}],"open_period":3600)");
  ASSERT_EQ(poll.status(), 200) << poll.text();
  EXPECT_EQ(poll.at("/result/poll/question"), "Which?");
  EXPECT_EQ(poll.at("/result/poll/options/1/text"), "b");
  EXPECT_EQ(poll.at("/result/message_id"), "1");
  EXPECT_EQ(ask(R"("question":"Which?","options":[{"text":"a"}])").status(), 400);
  EXPECT_EQ(ask(R"("question":"","options":[{"text":"a"},{"text":"b"}])").status(), 400);
  EXPECT_EQ(ask(R"("question":"W","options":[{"text":"a"},{"text":"b"}],"open_period":4)").status(), 400);
  EXPECT_EQ(
      ask(R"("question":"W","options":[{"text":"a"},{"text":"b"}],"is_anonymous":false)").at("/description"),
      "Bad Request: non-anonymous polls can't be sent to channel chats");
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnTelegram, MessageGetsItsNumberInTheChannel) {
  const Heard first = say("Fresh bread at 7"), second = say("And rolls");
  EXPECT_EQ(first.at("/result/message_id"), "1");
  EXPECT_EQ(second.at("/result/message_id"), "2");
  EXPECT_EQ(first.at("/result/chat/type"), "channel");
  ASSERT_EQ(v.world.ledger().size(), 2U);
  EXPECT_EQ(v.world.ledger()[1].external_id, "2");
  EXPECT_EQ(v.world.ledger()[1].account, "-1001000000001");
  EXPECT_EQ(say("elsewhere", "@carillon_sandbox_2").at("/result/message_id"), "1");
}

TEST_F(OnTelegram, ParametersComeInAnyShape) {
  EXPECT_EQ(v.get(bot + "sendMessage?chat_id=-1001000000001&text=a").status(), 200);
  EXPECT_EQ(v.post_json(bot + "sendMessage", R"({"chat_id":-1001000000001,"text":"b"})").status(), 200);
  EXPECT_EQ(
      v.post_parts(bot + "sendMessage", {text_part("chat_id", "@carillon_sandbox"), text_part("text", "c")})
          .status(),
      200);
}

TEST_F(OnTelegram, RefusalsSpeakAsTheServerDoes) {
  EXPECT_EQ(say("a", "@nowhere").at("/description"), "Bad Request: chat not found");
  EXPECT_EQ(say("a", "@carillon_readonly").at("/description"),
            "Bad Request: need administrator rights in the channel chat");
  EXPECT_EQ(say("a", "@carillon_stranger").status(), 403);
  EXPECT_EQ(say("a", "@carillon_kicked").at("/description"),
            "Forbidden: bot was kicked from the channel chat");
  EXPECT_EQ(say(" ").at("/description"), "Bad Request: message text is empty");
  EXPECT_EQ(say(std::string(4097, 'a')).at("/description"), "Bad Request: message is too long");
  EXPECT_EQ(
      call("sendMessage", {{"chat_id", "@carillon_sandbox"}, {"text", "a"}, {"colour", "red"}}).status(),
      400);
  EXPECT_EQ(
      call("sendMessage",
           {{"chat_id", "@carillon_sandbox"}, {"text", "a"}, {"reply_parameters", R"({"message_id":9})"}})
          .at("/description"),
      "Bad Request: message to be replied not found");
  EXPECT_EQ(say("a", "@nowhere").at("/ok"), "false");
  EXPECT_EQ(v.world.ledger().size(), 0U);
}

TEST_F(OnTelegram, LengthIsCountedAfterMarkupInUtf16) {
  EXPECT_EQ(say("<b>" + std::string(4096, 'a') + "</b>", "@carillon_sandbox", "HTML").status(), 200);
  std::string wide;
  for (int i = 0; i < 2048; ++i) wide += "🍞";
  EXPECT_EQ(say(wide).status(), 200);
  EXPECT_EQ(say(wide + "a").status(), 400);
  const Heard marked =
      say("<b>Bread</b> &amp; <a href=\"https://example.com\">rolls</a>", "@carillon_sandbox", "HTML");
  EXPECT_EQ(marked.at("/result/text"), "Bread & rolls");
  EXPECT_EQ(marked.at("/result/entities/0/type"), "bold");
  EXPECT_EQ(marked.at("/result/entities/1/offset"), "8");
  EXPECT_EQ(v.world.ledger()[2].text, "Bread & rolls");
}

TEST_F(OnTelegram, MarkupThatDoesNotCloseIsRefused) {
  EXPECT_NE(telegram_html("<b>a").wrong, "");
  EXPECT_NE(telegram_html("<b>a</i>").wrong, "");
  EXPECT_NE(telegram_html("a < b").wrong, "");
  EXPECT_NE(telegram_html("<h1>a</h1>").wrong, "");
  EXPECT_EQ(telegram_html("1 &lt; 2 &#128512;").text, "1 < 2 😀");
  EXPECT_NE(telegram_markdown("a.").wrong, "");
  EXPECT_NE(telegram_markdown("*a").wrong, "");
  EXPECT_NE(telegram_markdown("[a]").wrong, "");
  EXPECT_EQ(telegram_markdown("*a* _b_ __c__ [d](https://e.f/g) `h.i` j\\.").text, "a b c d h.i j.");
}

TEST_F(OnTelegram, AVideoMayHaveACoverThatIsAPhoto) {
  const std::string film = std::string("\0\0\0\x18", 4) + "ftypisom and so on";
  const auto send = [&](const std::string& method, const std::string& file, std::string cover) {
    return v.post_parts(bot + method,
                        {text_part("chat_id", "@carillon_sandbox"), file_part(file, film),
                         text_part("cover", "attach://front"), file_part("front", std::move(cover))});
  };
  EXPECT_EQ(send("sendVideo", "video", "no picture").status(), 400);
  EXPECT_EQ(send("sendAnimation", "animation", jpeg()).status(), 400) << "only videos have one";
  EXPECT_EQ(send("sendVideo", "video", jpeg()).status(), 200);
  EXPECT_NE(v.get("/telegram/feed").text().find("Cover of a video"), std::string::npos);
}

TEST_F(OnTelegram, PhotosHaveShortCaptions) {
  const auto send = [&](std::string caption, std::string bytes) {
    return v.post_parts(bot + "sendPhoto",
                        {text_part("chat_id", "@carillon_sandbox"), text_part("caption", std::move(caption)),
                         file_part("photo", std::move(bytes))});
  };
  EXPECT_EQ(send("a loaf", jpeg()).at("/result/caption"), "a loaf");
  EXPECT_EQ(send(std::string(1025, 'a'), jpeg()).at("/description"),
            "Bad Request: message caption is too long");
  EXPECT_EQ(send("", "no picture").at("/description"), "Bad Request: IMAGE_PROCESS_FAILED");
  EXPECT_EQ(send("", jpeg((10 << 20) + 1)).at("/description"), "Bad Request: file is too big");
  EXPECT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].media, 1U);
}

TEST_F(OnTelegram, AlbumIsAllOrNothing) {
  const auto send = [&](std::string second) {
    return v.post_parts(
        bot + "sendMediaGroup",
        {text_part("chat_id", "@carillon_sandbox"),
         text_part(
             "media",
             R"([{"type":"photo","media":"attach://a","caption":"two"},{"type":"photo","media":"attach://b"}])"),
         file_part("a", jpeg()), file_part("b", std::move(second))});
  };
  EXPECT_EQ(send("no picture").status(), 400);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  const Heard album = send(png());
  ASSERT_EQ(album.status(), 200) << album.text();
  EXPECT_EQ(album.at("/result/1/message_id"), "2");
  EXPECT_EQ(album.at("/result/0/media_group_id"), album.at("/result/1/media_group_id"));
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].media, 2U);
  EXPECT_EQ(say("next").at("/result/message_id"), "3");
}

TEST_F(OnTelegram, BurstsAreToleratedThenTheChatMustWait) {
  int accepted = 0;
  Heard last;
  for (int i = 0; i < 20; ++i) {
    last = say("m" + std::to_string(i));
    accepted += last.status() == 200 ? 1 : 0;
  }
  EXPECT_EQ(accepted, 5);
  EXPECT_EQ(last.status(), 429);
  EXPECT_EQ(last.at("/parameters/retry_after"), "1");
  EXPECT_EQ(last.at("/description"), "Too Many Requests: retry after 1");
  EXPECT_EQ(say("another chat", "@carillon_sandbox_2").status(), 200);
  v.now = v.now + 1s;
  EXPECT_EQ(say("now").status(), 200);
  for (int i = 0; i < 50; ++i) {
    v.now = v.now + 1s;
    ASSERT_EQ(say("steady " + std::to_string(i)).status(), 200);
  }
}

TEST_F(OnTelegram, AllChatsTogetherTakeThirtyASecond) {
  int accepted = 0;
  for (int i = 0; i < 40; ++i)
    accepted += say("m", "@carillon_sandbox_" + std::to_string(i + 2)).status() == 200 ? 1 : 0;
  EXPECT_EQ(accepted, 30);
}

TEST_F(OnTelegram, NobodyCanAskWhatWasSent) {
  say("a");
  for (const std::string method : {"getChatHistory", "getMessage", "getUpdates"})
    EXPECT_EQ(v.get(bot + method).status(), 404) << method;
}

TEST_F(OnTelegram, DeletedMessageIsMarked) {
  const std::string id = say("oops").at("/result/message_id");
  EXPECT_EQ(call("deleteMessage", {{"chat_id", "@carillon_sandbox"}, {"message_id", id}}).at("/result"),
            "true");
  EXPECT_TRUE(v.world.ledger()[0].deleted);
}

}  // namespace
}  // namespace carillon::sandbox
