#include <gtest/gtest.h>

#include "base/digest.h"
#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

const std::string callback = "http://127.0.0.1:8070/accounts/callback";
const wire::Header app_login{"Authorization", "Basic " + to_base64("carillon-sandbox:sandbox-secret")};

class OnX : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("x", v.now);
  std::string access = v.credential(who, "access");

  Heard post(const std::string& body) { return v.post_json("/x/2/tweets", body, access); }
  Heard say(const std::string& text) { return post(R"({"text":")" + text + "\"}"); }
  wire::Fields ask() const {
    return {{"response_type", "code"},
            {"client_id", "carillon-sandbox"},
            {"redirect_uri", callback},
            {"scope", "tweet.read tweet.write users.read offline.access"},
            {"state", "s t/1"},
            {"code_challenge", s256(verifier)},
            {"code_challenge_method", "S256"}};
  }
  std::string consented() {
    wire::Fields fields = ask();
    fields.emplace_back("decision", "allow");
    return wire::field(v.sent_back(v.post_form("/x/i/oauth2/authorize", fields)), "code").value_or("");
  }
  Heard trade(const std::string& code, std::string_view proof, const std::string& redirect = callback) {
    return v.post_form("/x/2/oauth2/token",
                       {{"grant_type", "authorization_code"},
                        {"code", code},
                        {"redirect_uri", redirect},
                        {"code_verifier", std::string(proof)}},
                       {app_login});
  }
  Heard refresh(const std::string& token) {
    return v.post_form("/x/2/oauth2/token", {{"grant_type", "refresh_token"}, {"refresh_token", token}},
                       {app_login});
  }
};

TEST_F(OnX, ConsentPageSaysInWordsWhatIsAsked) {
  const Heard page = v.get(wire::with_query("/x/i/oauth2/authorize", ask()));
  EXPECT_EQ(page.status(), 200);
  EXPECT_NE(page.text().find("Post and repost for you"), std::string::npos);
  EXPECT_NE(page.text().find("SANDBOX"), std::string::npos);
}

TEST_F(OnX, ConsentRefusesAddressesThatNobodyRegistered) {
  for (const auto& [name, value] : wire::Fields{{"redirect_uri", "https://evil.example/cb"},
                                                {"client_id", "someone"},
                                                {"scope", "tweet.burn"},
                                                {"code_challenge", ""},
                                                {"state", ""}}) {
    wire::Fields fields = ask();
    for (auto& field : fields)
      if (field.first == name) field.second = value;
    EXPECT_EQ(v.get(wire::with_query("/x/i/oauth2/authorize", fields)).status(), 400) << name;
  }
}

TEST_F(OnX, CancelGoesBackWithAccessDeniedAndTheState) {
  wire::Fields fields = ask();
  fields.emplace_back("decision", "deny");
  const auto back = v.sent_back(v.post_form("/x/i/oauth2/authorize", fields));
  EXPECT_EQ(wire::field(back, "error"), "access_denied");
  EXPECT_EQ(wire::field(back, "state"), "s t/1");
}

TEST_F(OnX, CodeBuysTokensOnceAndOnlyWithTheRightVerifier) {
  const Heard tokens = trade(consented(), verifier);
  EXPECT_EQ(tokens.status(), 200) << tokens.text();
  EXPECT_EQ(tokens.at("/expires_in"), "7200");
  EXPECT_EQ(v.get("/x/2/users/me", tokens.at("/access_token")).at("/data/username"), "harbourbakery");
  EXPECT_EQ(trade(consented(), "another-verifier-that-is-long-enough-for-the-rule-1").status(), 400);
  EXPECT_EQ(trade(consented(), verifier, callback + "x").status(), 400);
  const std::string code = consented();
  EXPECT_EQ(trade(code, verifier).status(), 200);
  EXPECT_EQ(trade(code, verifier).at("/error"), "invalid_request");
}

TEST_F(OnX, CodeLivesThirtySeconds) {
  const std::string code = consented();
  v.now = v.now + 31s;
  EXPECT_EQ(trade(code, verifier).status(), 400);
}

TEST_F(OnX, RefreshTokenIsReplacedAtEachUse) {
  const std::string first = v.credential(who, "refresh");
  const Heard fresh = refresh(first);
  EXPECT_EQ(fresh.status(), 200);
  EXPECT_NE(fresh.at("/refresh_token"), first);
  const Heard reused = refresh(first);
  EXPECT_EQ(reused.status(), 400);
  EXPECT_EQ(reused.at("/error"), "invalid_request");
  EXPECT_EQ(reused.at("/error_description"), "Value passed for the token was invalid.");
  EXPECT_EQ(refresh(fresh.at("/refresh_token")).status(), 200) << "the family stays alive";
}

TEST_F(OnX, AccessTokenEndsAfterTwoHours) {
  v.now = v.now + 7199s;
  EXPECT_EQ(v.get("/x/2/users/me", access).status(), 200);
  v.now = v.now + 2s;
  const Heard late = v.get("/x/2/users/me", access);
  EXPECT_EQ(late.status(), 401);
  EXPECT_EQ(late.at("/title"), "Unauthorized");
  EXPECT_EQ(late.at("/type"), "about:blank");
}

TEST_F(OnX, RevokedTokenIsRefused) {
  EXPECT_EQ(v.post_form("/x/2/oauth2/revoke", {{"token", access}}, {app_login}).status(), 200);
  EXPECT_EQ(say("hello").status(), 401);
}

TEST_F(OnX, ScopeThatWasNotGrantedIsRefused) {
  const std::string reader = trade(consented(), verifier).at("/access_token");
  const Heard refused = v.post_json("/x/2/media/upload/initialize", "{}", reader);
  EXPECT_EQ(refused.status(), 403);
  EXPECT_NE(refused.at("/type").find("not-authorized-for-resource"), std::string::npos);
}

TEST_F(OnX, PostIsAcceptedOnceAndStandsInTheLedger) {
  const Heard posted = say("Fresh bread at 7");
  EXPECT_EQ(posted.status(), 201) << posted.text();
  ASSERT_EQ(v.world.ledger().size(), 1U);
  const Effect& effect = v.world.ledger()[0];
  EXPECT_EQ(effect.external_id, posted.at("/data/id"));
  EXPECT_EQ(effect.account, who.external_id);
  EXPECT_EQ(effect.text, "Fresh bread at 7");
  EXPECT_EQ(posted.header("x-rate-limit-limit"), "100");
  EXPECT_EQ(posted.header("x-rate-limit-remaining"), "99");
}

TEST_F(OnX, OneCashtagIsTakenTwoAreNot) {
  EXPECT_EQ(say("$ABC rises").status(), 201);
  EXPECT_EQ(say("$ABC rises, $DEF falls").status(), 403);
  EXPECT_EQ(say("US$5, $5 and $ABCDEFG are none").status(), 201);
}

TEST_F(OnX, SameTextWithinADayIsADuplicate) {
  ASSERT_EQ(say("again").status(), 201);
  const Heard twice = say("again");
  EXPECT_EQ(twice.status(), 403);
  EXPECT_EQ(twice.at("/detail"), "You are not allowed to create a Tweet with duplicate content.");
  EXPECT_EQ(v.world.ledger().size(), 1U);
  v.now = v.now + 24h;
  access = v.credential(v.world.connect("x", v.now, who.external_id), "access");
  EXPECT_EQ(say("again").status(), 201);
}

TEST_F(OnX, DeletedPostDoesNotCountAsDuplicate) {
  const std::string id = say("oops").at("/data/id");
  EXPECT_EQ(v.call("DELETE", "/x/2/tweets/" + id, access).at("/data/deleted"), "true");
  EXPECT_TRUE(v.world.ledger()[0].deleted);
  EXPECT_EQ(say("oops").status(), 201);
}

TEST_F(OnX, RequestsThatTheSchemaDoesNotKnowAreRefused) {
  EXPECT_EQ(post(R"({"text":"a","colour":"red"})").status(), 400);
  EXPECT_EQ(post(R"({"text":7})").status(), 400);
  EXPECT_EQ(post(R"({"text":""})").status(), 400);
  EXPECT_EQ(post(R"({"text":"a","reply":{"in_reply_to":"1"}})").status(), 400);
  EXPECT_EQ(post(R"({"text":"a","poll":{"options":["one"],"duration_minutes":60}})").status(), 400);
  EXPECT_EQ(post(R"({"text":"a","poll":{"options":["one","two"],"duration_minutes":4}})").status(), 400);
  EXPECT_EQ(post("not json").status(), 400);
  EXPECT_EQ(post(R"({"text":"a","media":{"media_ids":["12"]}})").at("/errors/0/message"),
            "Your media IDs are invalid.");
  EXPECT_EQ(post(R"({"text":"a","quote_tweet_id":"1"})").status(), 403);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  EXPECT_EQ(post(R"({"text":"a","poll":{"options":["one","two"],"duration_minutes":60}})").status(), 201);
}

TEST_F(OnX, TextIsCountedWithWeights) {
  EXPECT_EQ(say(std::string(280, 'a')).status(), 201);
  EXPECT_EQ(say(std::string(281, 'a')).status(), 400);
  const std::string link = "https://example.com/" + std::string(300, 'x');
  EXPECT_EQ(say(std::string(256, 'b') + " " + link).status(), 201);
  EXPECT_EQ(say(std::string(257, 'b') + " " + link).status(), 400);
}

TEST_F(OnX, ThreadIsAChainOfRepliesToOneself) {
  const std::string first = say("one").at("/data/id");
  const Heard second = post(R"({"text":"two","reply":{"in_reply_to_tweet_id":")" + first + "\"}}");
  EXPECT_EQ(second.status(), 201);
  EXPECT_EQ(v.world.ledger()[1].reply_to, first);
  EXPECT_EQ(post(R"({"text":"three","reply":{"in_reply_to_tweet_id":"1"}})").status(), 403);
  const std::string stranger = v.credential(v.world.connect("x", v.now), "access");
  const Heard other = v.post_json(
      "/x/2/tweets", R"({"text":"hi","reply":{"in_reply_to_tweet_id":")" + first + "\"}}", stranger);
  EXPECT_EQ(other.at("/detail"), "You are not permitted to perform this action.");
}

TEST_F(OnX, LinksComeBackAsShortAddressesWithEntities) {
  const Heard posted = say("See https://example.com/menu & example.org now");
  EXPECT_EQ(posted.at("/data/text").find("example"), std::string::npos);
  EXPECT_NE(posted.at("/data/text").find("&amp;"), std::string::npos);
  const Heard list = v.get(
      "/x/2/users/" + who.external_id + "/tweets?post.fields=entities,created_at&max_results=10", access);
  EXPECT_EQ(list.at("/data/0/text"), posted.at("/data/text"));
  EXPECT_EQ(list.at("/data/0/entities/urls/0/expanded_url"), "https://example.com/menu");
  EXPECT_EQ(list.at("/data/0/entities/urls/1/expanded_url"), "http://example.org");
  EXPECT_EQ(list.at("/data/0/created_at"), "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(v.world.ledger()[0].text, "See https://example.com/menu & example.org now");
}

TEST_F(OnX, TimelineShowsOwnPostsSinceAnId) {
  const std::string first = say("one").at("/data/id");
  const std::string second = say("two").at("/data/id");
  const std::string path = "/x/2/users/" + who.external_id + "/tweets";
  const Heard since = v.get(path + "?since_id=" + first, access);
  EXPECT_EQ(since.at("/meta/result_count"), "1");
  EXPECT_EQ(since.at("/data/0/id"), second);
  EXPECT_EQ(v.get(path + "?since_id=" + second, access).at("/meta/result_count"), "0");
  EXPECT_EQ(v.get(path + "?start_time=2027-01-15T08:00:01Z", access).at("/meta/result_count"), "0");
  EXPECT_EQ(v.get(path + "?max_results=4", access).status(), 400);
  EXPECT_EQ(v.get(path + "?post.fields=colour", access).status(), 400);
  EXPECT_EQ(v.get(path + "?colour=red", access).status(), 400);
  EXPECT_EQ(v.get(path + "?tweet.fields=id", access).at("/data/0/edit_history_tweet_ids/0"), second);
}

TEST_F(OnX, HundredPostsInAQuarterOfAnHourThenTheLimitSpeaks) {
  for (int i = 0; i < 100; ++i) ASSERT_EQ(say("post " + std::to_string(i)).status(), 201);
  const Heard over = say("one more");
  EXPECT_EQ(over.status(), 429);
  EXPECT_EQ(over.at("/title"), "Too Many Requests");
  EXPECT_EQ(over.header("x-rate-limit-remaining"), "0");
  EXPECT_EQ(over.header("x-rate-limit-reset"), std::to_string((v.now + 15min).seconds()));
  EXPECT_EQ(v.world.counters().storms, 0U);
  say("still more");
  EXPECT_EQ(v.world.counters().storms, 1U);
  v.now = v.now + 15min;
  EXPECT_EQ(say("one more").status(), 201);
}

TEST_F(OnX, SmallImageGoesUpInOnePieceAndOutWithAltText) {
  const Heard up = v.post_parts(
      "/x/2/media/upload", {text_part("media_category", "tweet_image"), file_part("media", png())}, access);
  ASSERT_EQ(up.status(), 200) << up.text();
  const std::string id = up.at("/data/id");
  EXPECT_EQ(v.post_json("/x/2/media/metadata",
                        R"({"id":")" + id + R"(","metadata":{"alt_text":{"text":"a loaf"}}})", access)
                .status(),
            200);
  const Heard posted = post(R"({"text":"Look","media":{"media_ids":[")" + id + "\"]}}");
  EXPECT_EQ(posted.status(), 201);
  EXPECT_EQ(v.world.ledger()[0].media, 1U);
  EXPECT_TRUE(posted.at("/data/text").starts_with("Look https://t.co/")) << posted.at("/data/text");
  EXPECT_EQ(post(R"({"text":"Again","media":{"media_ids":[")" + id + "\"]}}").status(), 400);
  EXPECT_EQ(v.get("/x/media/" + id).header("content-type"), "image/png");
}

TEST_F(OnX, BadImagesAreRefused) {
  const auto up = [&](std::string bytes) {
    return v.post_parts("/x/2/media/upload",
                        {text_part("media_category", "tweet_image"), file_part("media", std::move(bytes))},
                        access);
  };
  EXPECT_EQ(up("%PDF-1.7 nothing to see").status(), 400);
  EXPECT_EQ(up(png((5 << 20) + 1)).status(), 400);
  EXPECT_EQ(up(png(5 << 20)).status(), 200);
}

TEST_F(OnX, VideoIsUploadedInChunksAndProcessed) {
  const Heard begun = v.post_json(
      "/x/2/media/upload/initialize",
      R"({"media_type":"video/mp4","total_bytes":9000000,"media_category":"tweet_video"})", access);
  const std::string id = begun.at("/data/id"), base = "/x/2/media/upload/" + id;
  const auto append = [&](std::string index, uint64_t size) {
    return v.post_parts(
        base + "/append",
        {text_part("segment_index", std::move(index)), slice_part("media", size, "video/mp4")}, access);
  };
  EXPECT_EQ(append("0", 5'000'000).status(), 200);
  EXPECT_EQ(append("0", 5'000'000).status(), 200) << "the same segment again replaces itself";
  EXPECT_EQ(append("1", 9'000'000).status(), 400);
  EXPECT_EQ(v.call("POST", base + "/finalize", access).status(), 400) << "a segment is missing";
  EXPECT_EQ(append("1", 4'000'000).status(), 200);
  EXPECT_EQ(v.call("POST", base + "/finalize", access).at("/data/processing_info/state"), "pending");
  const std::string tweet = R"({"text":"film","media":{"media_ids":[")" + id + "\"]}}";
  EXPECT_EQ(post(tweet).status(), 400) << "not processed yet";
  v.now = v.now + 1s;
  EXPECT_EQ(
      v.get("/x/2/media/upload?command=STATUS&media_id=" + id, access).at("/data/processing_info/state"),
      "in_progress");
  v.now = v.now + 5s;
  EXPECT_EQ(
      v.get("/x/2/media/upload?command=STATUS&media_id=" + id, access).at("/data/processing_info/state"),
      "succeeded");
  EXPECT_EQ(post(tweet).status(), 201);
}

TEST_F(OnX, VideoOfAnUnsupportedKindFailsInProcessing) {
  const Heard begun =
      v.post_json("/x/2/media/upload/initialize",
                  R"({"media_type":"video/webm","total_bytes":10,"media_category":"tweet_video"})", access);
  const std::string base = "/x/2/media/upload/" + begun.at("/data/id");
  v.post_parts(base + "/append", {text_part("segment_index", "0"), slice_part("media", 10, "video/webm")},
               access);
  v.call("POST", base + "/finalize", access);
  v.now = v.now + 10s;
  EXPECT_EQ(v.get("/x/2/media/upload?command=STATUS&media_id=" + begun.at("/data/id"), access)
                .at("/data/processing_info/state"),
            "failed");
}

TEST_F(OnX, AnArticleIsSeenByNobodyUntilItIsPublished) {
  const Heard made = v.post_json(
      "/x/2/articles/draft",
      R"({"title":"Casting","content_state":{"blocks":[{"text":"First the clay.","type":"unstyled"}],"entities":[]}})",
      access);
  ASSERT_EQ(made.status(), 201) << made.text();
  EXPECT_TRUE(v.world.ledger().empty());
  const std::string id = made.at("/data/id");
  const Heard out = v.post_json("/x/2/articles/" + id + "/publish", "", access);
  ASSERT_EQ(out.status(), 200) << out.text();
  EXPECT_EQ(v.world.ledger().size(), 1U);
  const Heard list = v.get("/x/2/users/" + who.external_id + "/tweets?post.fields=entities", access);
  EXPECT_EQ(list.at("/data/0/id"), out.at("/data/post_id"));
  EXPECT_TRUE(list.at("/data/0/text").starts_with("https://t.co/"));
  EXPECT_EQ(list.at("/data/0/entities/urls/0/expanded_url"), "https://x.com/i/article/" + id);
  EXPECT_EQ(v.post_json("/x/2/articles/1/publish", "", access).status(), 404);
}

TEST_F(OnX, AnArticleHasACoverAndPicturesThatWereUploaded) {
  const Heard picture = v.post_parts(
      "/x/2/media/upload", {text_part("media_category", "tweet_image"), file_part("media", png())}, access);
  const std::string image =
      R"({"media_category":"tweet_image","media_id":")" + picture.at("/data/id") + "\"}";
  const auto draft = [&](const std::string& cover, const std::string& shown, const std::string& key) {
    return v.post_json(
        "/x/2/articles/draft",
        R"({"title":"Casting","cover_media":)" + cover +
            R"(,"content_state":{"blocks":[{"text":" ","type":"atomic","entity_ranges":[{"key":)" + key +
            R"(,"offset":0,"length":1}]},{"text":"First the clay.","type":"unstyled"}],"entities":[)"
            R"({"key":"0","value":{"type":"image","mutability":"immutable","data":{"media_items":[)" +
            shown + "]}}}]}}",
        access);
  };
  const std::string unknown = R"({"media_category":"tweet_image","media_id":"1"})";
  EXPECT_EQ(draft(unknown, image, "0").status(), 400);
  EXPECT_EQ(draft(image, unknown, "0").status(), 400);
  EXPECT_EQ(draft(image, image, "1").status(), 400) << "there is one entity";
  const Heard made = draft(image, image, "0");
  ASSERT_EQ(made.status(), 201) << made.text();
  v.post_json("/x/2/articles/" + made.at("/data/id") + "/publish", "", access);
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].media, 2U);
}

TEST_F(OnX, AnArticleNeedsATitleAndBlocksOfKnownTypes) {
  for (
      const char* body :
      {R"({"content_state":{"blocks":[{"text":"a","type":"unstyled"}],"entities":[]}})",
       R"({"title":"T","content_state":{"blocks":[],"entities":[]}})",
       R"({"title":"T","content_state":{"blocks":[{"text":"a"}],"entities":[]}})",
       R"({"title":"T","content_state":{"blocks":[{"text":"a","type":"poem"}],"entities":[]}})",
       R"({"title":"T","body":"a","content_state":{"blocks":[{"text":"a","type":"unstyled"}],"entities":[]}})"})
    EXPECT_EQ(v.post_json("/x/2/articles/draft", body, access).status(), 400) << body;
}

}  // namespace
}  // namespace carillon::sandbox
