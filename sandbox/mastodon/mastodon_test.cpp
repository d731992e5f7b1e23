#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

const std::string callback = "http://127.0.0.1:8070/accounts/callback";

class OnMastodon : public testing::Test {
 protected:
  Visitor v;
  Person who = v.world.connect("mastodon", v.now);
  std::string access = v.credential(who, "access");

  Heard post(const std::string& body, const std::string& key = "") {
    return v.post_json("/mastodon/api/v1/statuses", body, access,
                       key.empty() ? wire::Headers{} : wire::Headers{{"Idempotency-Key", key}});
  }
  Heard say(const std::string& text, const std::string& key = "") {
    return post(R"({"status":")" + text + "\"}", key);
  }
  Heard registered(const std::string& scopes = "profile write:statuses write:media read:statuses") {
    return v.post_json("/mastodon/api/v1/apps", R"({"client_name":"Carillon","redirect_uris":")" + callback +
                                                    R"(","scopes":")" + scopes + "\"}");
  }
  static wire::Fields ask(const Heard& app, std::string scope = "profile write:statuses") {
    return {{"response_type", "code"},
            {"client_id", app.at("/client_id")},
            {"redirect_uri", callback},
            {"scope", std::move(scope)},
            {"state", "S"},
            {"code_challenge", s256(verifier)},
            {"code_challenge_method", "S256"}};
  }
  std::string consented(const Heard& app) {
    wire::Fields fields = ask(app);
    fields.emplace_back("decision", "allow");
    fields.emplace_back("person", "1");
    return wire::field(v.sent_back(v.post_form("/mastodon/oauth/authorize", fields)), "code").value_or("");
  }
  Heard trade(const Heard& app, const std::string& code, std::string_view proof) {
    return v.post_form("/mastodon/oauth/token", {{"grant_type", "authorization_code"},
                                                 {"code", code},
                                                 {"client_id", app.at("/client_id")},
                                                 {"client_secret", app.at("/client_secret")},
                                                 {"redirect_uri", callback},
                                                 {"code_verifier", std::string(proof)}});
  }
};

TEST_F(OnMastodon, AppRegistersAsksAndSpeaksForWhoeverAgreed) {
  const Heard app = registered();
  ASSERT_EQ(app.status(), 200) << app.text();
  EXPECT_EQ(app.at("/client_secret_expires_at"), "0");
  EXPECT_EQ(v.get(wire::with_query("/mastodon/oauth/authorize", ask(app))).status(), 200);
  const Heard tokens = trade(app, consented(app), verifier);
  ASSERT_EQ(tokens.status(), 200) << tokens.text();
  EXPECT_EQ(tokens.at("/token_type"), "Bearer");
  EXPECT_EQ(tokens.at("/scope"), "profile write:statuses");
  EXPECT_EQ(v.get("/mastodon/api/v1/accounts/verify_credentials", tokens.at("/access_token")).at("/username"),
            "oakstreetlib");
}

TEST_F(OnMastodon, ConsentRefusesUnknownAppsWiderScopesAndPlainProofs) {
  const Heard app = registered();
  EXPECT_EQ(v.get(wire::with_query("/mastodon/oauth/authorize", ask(app, "write:statuses admin"))).status(),
            400);
  wire::Fields plain = ask(app);
  plain.back().second = "plain";
  EXPECT_EQ(v.get(wire::with_query("/mastodon/oauth/authorize", plain)).status(), 400);
  wire::Fields elsewhere = ask(app);
  elsewhere[2].second = "http://127.0.0.1:8070/other";
  EXPECT_EQ(v.get(wire::with_query("/mastodon/oauth/authorize", elsewhere)).status(), 400);
  wire::Fields unknown = ask(app);
  unknown[1].second = "nobody";
  EXPECT_EQ(v.get(wire::with_query("/mastodon/oauth/authorize", unknown)).status(), 400);
}

TEST_F(OnMastodon, WrongVerifierOrSecretBuysNothing) {
  const Heard app = registered();
  const Heard wrong = trade(app, consented(app), "another-verifier-that-is-long-enough-for-the-rule-1");
  EXPECT_EQ(wrong.status(), 400);
  EXPECT_EQ(wrong.at("/error"), "invalid_grant");
  const Heard stranger = v.post_form(
      "/mastodon/oauth/token",
      {{"grant_type", "client_credentials"}, {"client_id", app.at("/client_id")}, {"client_secret", "x"}});
  EXPECT_EQ(stranger.status(), 401);
  EXPECT_EQ(stranger.at("/error"), "invalid_client");
}

TEST_F(OnMastodon, TokensAndTheirEndsAreToldApart) {
  EXPECT_EQ(v.post_json("/mastodon/api/v1/statuses", "{}").status(), 401);
  EXPECT_EQ(v.post_json("/mastodon/api/v1/statuses", "{}", "made-up").at("/error"),
            "The access token is invalid");
  const Heard revoked =
      v.post_form("/mastodon/oauth/revoke", {{"client_id", v.credential(who, "client_id")},
                                             {"client_secret", v.credential(who, "client_secret")},
                                             {"token", access}});
  EXPECT_EQ(revoked.status(), 200);
  EXPECT_EQ(say("hello").at("/error"), "The access token was revoked");
  const Heard app = registered("profile");
  wire::Fields fields = ask(app, "profile");
  fields.emplace_back("decision", "allow");
  const auto code = wire::field(v.sent_back(v.post_form("/mastodon/oauth/authorize", fields)), "code");
  access = trade(app, code.value_or(""), verifier).at("/access_token");
  const Heard narrow = say("hello");
  EXPECT_EQ(narrow.status(), 403);
  EXPECT_EQ(narrow.at("/error"), "This action is outside the authorized scopes");
}

TEST_F(OnMastodon, SameKeyWithinAnHourGivesTheFirstStatus) {
  const Heard first = say("once", "k1");
  ASSERT_EQ(first.status(), 200) << first.text();
  EXPECT_EQ(say("once", "k1").at("/id"), first.at("/id"));
  EXPECT_EQ(say("something else", "k1").at("/id"), first.at("/id"));
  EXPECT_EQ(v.world.ledger().size(), 1U);
  EXPECT_NE(say("once", "k2").at("/id"), first.at("/id")) << "there is no other protection from doubles";
  v.now = v.now + 61min;
  EXPECT_NE(say("once", "k1").at("/id"), first.at("/id"));
}

TEST_F(OnMastodon, KeysBelongToAnAccount) {
  const std::string id = say("once", "k1").at("/id");
  access = v.credential(v.world.connect("mastodon", v.now), "access");
  EXPECT_NE(say("once", "k1").at("/id"), id);
}

TEST_F(OnMastodon, PollsAreShownWithTheirAnswers) {
  const auto post = [&](std::string body) {
    return v.post_json("/mastodon/api/v1/statuses", std::move(body), access);
  };
  const Heard poll = post(R"({"status":"a","poll":{"options":["x","y"],"expires_in":300,"multiple":true}})");
  EXPECT_EQ(poll.at("/poll/multiple"), "true") << poll.text();
  EXPECT_EQ(poll.at("/poll/options/1/title"), "y");
  EXPECT_EQ(poll.at("/poll/expired"), "false");
}

TEST_F(OnMastodon, RefusalsSpeakAsTheServerDoes) {
  EXPECT_EQ(say("").at("/error"), "Validation failed: Text can't be blank");
  EXPECT_EQ(say(std::string(501, 'a')).at("/error"),
            "Validation failed: Text character limit of 500 exceeded");
  EXPECT_EQ(say(std::string(501, 'a')).status(), 422);
  EXPECT_EQ(post(R"({"status":"a","visibility":"secret"})").status(), 422);
  EXPECT_EQ(post(R"({"status":"a","colour":"red"})").status(), 422);
  EXPECT_EQ(post(R"({"status":"a","in_reply_to_id":"1"})").status(), 404);
  EXPECT_EQ(post(R"({"status":"a","media_ids":["1"]})").status(), 422);
  EXPECT_EQ(post(R"({"status":"a","poll":{"options":["x","y"],"expires_in":100}})").status(), 422);
  EXPECT_EQ(post(R"({"status":"a","poll":{"options":["x","y"],"expires_in":300,"colour":1}})").status(), 422);
  EXPECT_EQ(post(R"({"status":"a","scheduled_at":"2027-01-15T08:04:00Z"})").status(), 422);
  EXPECT_EQ(v.get("/mastodon/api/v1/statuses/1", access).at("/error"), "Record not found");
  EXPECT_EQ(v.world.ledger().size(), 0U);
}

TEST_F(OnMastodon, LinksCountTwentyThreeAndDomainsOfNamesNothing) {
  const std::string link = "https://example.com/" + std::string(200, 'x');
  EXPECT_EQ(say(std::string(476, 'a') + " " + link).status(), 200);
  EXPECT_EQ(say(std::string(477, 'a') + " " + link).status(), 422);
  EXPECT_EQ(say("@someone@a.very.long.domain.example " + std::string(491, 'a')).status(), 200);
  EXPECT_EQ(say("@someone@a.very.long.domain.example " + std::string(492, 'a')).status(), 422);
  std::string families;
  for (int i = 0; i < 500; ++i) families += "👨‍👩‍👧";
  EXPECT_EQ(say(families).status(), 200);
}

TEST_F(OnMastodon, ContentIsHtmlAndTheSourceIsNot) {
  const Heard posted = say("Hello <b> & #Bread\\nhttps://example.com/a\\n\\nBye");
  const std::string html = posted.at("/content");
  EXPECT_TRUE(html.starts_with("<p>Hello &lt;b&gt; &amp; <a ")) << html;
  EXPECT_NE(html.find("#<span>Bread</span>"), std::string::npos);
  EXPECT_NE(html.find("<br /><a href=\"https://example.com/a\""), std::string::npos);
  EXPECT_NE(html.find("</p><p>Bye</p>"), std::string::npos);
  EXPECT_EQ(v.get("/mastodon/api/v1/statuses/" + posted.at("/id") + "/source", access).at("/text"),
            "Hello <b> & #Bread\nhttps://example.com/a\n\nBye");
}

TEST_F(OnMastodon, OwnStatusesAreListedSinceAnId) {
  const std::string first = say("one").at("/id"), second = say("two").at("/id");
  const std::string path = "/mastodon/api/v1/accounts/" + who.external_id + "/statuses";
  const Heard since = v.get(path + "?since_id=" + first + "&limit=40&exclude_reblogs=true", access);
  EXPECT_EQ(since.at("/0/id"), second);
  EXPECT_EQ(since.at("/1/id"), "");
  EXPECT_NE(since.header("link").find("rel=\"next\""), std::string::npos);
}

TEST_F(OnMastodon, OthersDoNotSeePrivateStatuses) {
  const std::string id = post(R"({"status":"for friends","visibility":"private"})").at("/id");
  EXPECT_EQ(v.get("/mastodon/api/v1/statuses/" + id, access).status(), 200);
  const std::string other = v.credential(v.world.connect("mastodon", v.now), "access");
  EXPECT_EQ(v.get("/mastodon/api/v1/statuses/" + id, other).status(), 404);
}

TEST_F(OnMastodon, ImagesAreReadyAtOnceAndVideosLater) {
  const Heard image = v.post_parts("/mastodon/api/v2/media",
                                   {file_part("file", png()), text_part("description", "a loaf")}, access);
  EXPECT_EQ(image.status(), 200) << image.text();
  EXPECT_EQ(image.at("/description"), "a loaf");
  const Heard video =
      v.post_parts("/mastodon/api/v2/media", {slice_part("file", 1000, "video/mp4", "a.mp4")}, access);
  EXPECT_EQ(video.status(), 202);
  EXPECT_EQ(video.at("/url"), "null");
  const std::string path = "/mastodon/api/v1/media/" + video.at("/id"),
                    with = R"({"status":"film","media_ids":[")" + video.at("/id") + "\"]}";
  EXPECT_EQ(v.get(path, access).status(), 206);
  EXPECT_EQ(post(with).at("/error"),
            "Cannot attach files that have not finished processing. Try again in a moment!");
  v.now = v.now + 4s;
  EXPECT_EQ(v.get(path, access).status(), 200);
  EXPECT_EQ(post(with).status(), 200);
  const Heard twice = v.post_parts("/mastodon/api/v2/media", {text_part("file", png())}, access);
  EXPECT_EQ(twice.status(), 422) << "a file needs a name";
  EXPECT_EQ(v.post_parts("/mastodon/api/v2/media", {file_part("file", "text")}, access).at("/error"),
            "Validation failed: File content type is invalid, File is invalid");
}

TEST_F(OnMastodon, ScheduledStatusComesOutAtItsTime) {
  EXPECT_EQ(post(R"({"status":"later","scheduled_at":"2027-01-15T08:10:00Z"})").at("/params/text"), "later");
  EXPECT_EQ(v.world.ledger().size(), 0U);
  v.now = v.now + 10min;
  v.get("/mastodon/feed");
  EXPECT_EQ(v.world.ledger().size(), 1U);
  v.get("/mastodon/feed");
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnMastodon, LimitHeadersNameATime) {
  for (int i = 0; i < 300; ++i)
    ASSERT_EQ(v.get("/mastodon/api/v1/accounts/verify_credentials", access).status(), 200);
  const Heard over = v.get("/mastodon/api/v1/accounts/verify_credentials", access);
  EXPECT_EQ(over.status(), 429);
  EXPECT_EQ(over.at("/error"), "Too many requests");
  EXPECT_EQ(over.header("x-ratelimit-remaining"), "0");
  EXPECT_EQ(over.header("x-ratelimit-reset"), "2027-01-15T08:05:00.000Z");
}

TEST_F(OnMastodon, InstanceTellsItsLimits) {
  const Heard instance = v.get("/mastodon/api/v2/instance");
  EXPECT_EQ(instance.at("/configuration/statuses/max_characters"), "500");
  EXPECT_EQ(instance.at("/configuration/statuses/characters_reserved_per_url"), "23");
}

}  // namespace
}  // namespace carillon::sandbox
