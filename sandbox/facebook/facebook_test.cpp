#include <gtest/gtest.h>

#include "base/digest.h"
#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

const std::string callback = "http://127.0.0.1:8070/accounts/callback";

class OnFacebook : public testing::Test {
 protected:
  Visitor v;
  Person page = v.world.connect("facebook", v.now);
  std::string access = v.credential(page, "access"), base = "/facebook/v25.0/" + page.external_id;

  Heard post(wire::Fields fields, std::string edge = "/feed") {
    fields.emplace_back("access_token", access);
    return v.post_form(base + edge, fields);
  }
  Heard say(const std::string& text) { return post({{"message", text}}); }
  Heard photo(std::string bytes, bool published = false) {
    return v.post_parts(
        base + "/photos",
        {text_part("published", published ? "true" : "false"), text_part("access_token", access),
         text_part("alt_text_custom", "a loaf"), file_part("source", std::move(bytes))});
  }
  static wire::Fields ask(
      const std::string& scope = "pages_show_list,pages_manage_posts,pages_read_engagement") {
    return {{"client_id", "carillon-sandbox"},
            {"redirect_uri", callback},
            {"state", "S"},
            {"scope", scope},
            {"response_type", "code"}};
  }
  Heard logged_in(const std::string& scope = "pages_show_list,pages_manage_posts,pages_read_engagement") {
    wire::Fields fields = ask(scope);
    fields.emplace_back("decision", "allow");
    const auto code = wire::field(v.sent_back(v.post_form("/facebook/v25.0/dialog/oauth", fields)), "code");
    return v.get(wire::with_query("/facebook/v25.0/oauth/access_token", {{"client_id", "carillon-sandbox"},
                                                                         {"client_secret", "sandbox-secret"},
                                                                         {"redirect_uri", callback},
                                                                         {"code", code.value_or("")}}));
  }
};

TEST_F(OnFacebook, LoginGivesAShortTokenThenALongOneThenTwoPages) {
  EXPECT_EQ(v.get(wire::with_query("/facebook/v25.0/dialog/oauth", ask())).status(), 200);
  const Heard quick = logged_in();
  ASSERT_EQ(quick.status(), 200) << quick.text();
  EXPECT_EQ(quick.at("/expires_in"), "5400");
  const Heard lasting = v.get(wire::with_query("/facebook/v25.0/oauth/access_token",
                                               {{"grant_type", "fb_exchange_token"},
                                                {"client_id", "carillon-sandbox"},
                                                {"client_secret", "sandbox-secret"},
                                                {"fb_exchange_token", quick.at("/access_token")}}));
  EXPECT_EQ(lasting.at("/expires_in"), "5183944");
  const Heard pages =
      v.get("/facebook/v25.0/me/accounts?fields=id,name,access_token,tasks", lasting.at("/access_token"));
  EXPECT_EQ(pages.at("/data/0/name"), "Harbour Bakery");
  EXPECT_EQ(pages.at("/data/1/name"), "Oak Street Library");
  const Heard checked = v.get("/facebook/v25.0/debug_token?input_token=" + pages.at("/data/0/access_token") +
                              "&access_token=carillon-sandbox%7Csandbox-secret");
  EXPECT_EQ(checked.at("/data/expires_at"), "0") << "a page token from a long-lived one has no end";
  EXPECT_EQ(checked.at("/data/profile_id"), pages.at("/data/0/id"));
}

TEST_F(OnFacebook, RefusalAtTheConsentPageSaysWhoRefused) {
  wire::Fields fields = ask();
  fields.emplace_back("decision", "deny");
  const auto back = v.sent_back(v.post_form("/facebook/v25.0/dialog/oauth", fields));
  EXPECT_EQ(wire::field(back, "error"), "access_denied");
  EXPECT_EQ(wire::field(back, "error_reason"), "user_denied");
  EXPECT_EQ(wire::field(back, "state"), "S");
}

TEST_F(OnFacebook, CodeNeedsTheSameAddressAndTheSecret) {
  wire::Fields fields = ask();
  fields.emplace_back("decision", "allow");
  const auto code =
      wire::field(v.sent_back(v.post_form("/facebook/v25.0/dialog/oauth", fields)), "code").value_or("");
  const auto trade = [&](std::string secret, std::string address) {
    return v.get(wire::with_query("/facebook/v25.0/oauth/access_token", {{"client_id", "carillon-sandbox"},
                                                                         {"client_secret", std::move(secret)},
                                                                         {"redirect_uri", std::move(address)},
                                                                         {"code", code}}));
  };
  EXPECT_EQ(trade("wrong", callback).at("/error/message"), "Error validating client secret.");
  EXPECT_EQ(trade("sandbox-secret", callback + "/").at("/error/error_subcode"), "36008");
}

TEST_F(OnFacebook, PostGetsPageAndPostNumberAndStandsInTheLedger) {
  const Heard posted = say("Fresh bread at 7");
  ASSERT_EQ(posted.status(), 200) << posted.text();
  EXPECT_TRUE(posted.at("/id").starts_with(page.external_id + "_"));
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, posted.at("/id"));
  EXPECT_EQ(v.world.ledger()[0].account, page.external_id);
}

TEST_F(OnFacebook, TokenIsTakenFromQueryFormAndHeader) {
  EXPECT_EQ(v.get(base + "?fields=name&access_token=" + access).at("/name"), "Harbour Bakery");
  EXPECT_EQ(v.get(base + "?fields=name", access).at("/name"), "Harbour Bakery");
  EXPECT_EQ(v.get(base).at("/error/code"), "104");
  EXPECT_EQ(v.get(base, "made-up").at("/error/code"), "190");
}

TEST_F(OnFacebook, ProofOfTheAppSecretIsCheckedWhenGiven) {
  const std::string proof = to_hex(hmac_sha256("sandbox-secret", access));
  EXPECT_EQ(v.get(base + "?appsecret_proof=" + proof, access).status(), 200);
  EXPECT_EQ(v.get(base + "?appsecret_proof=" + proof.substr(1) + "0", access).at("/error/code"), "100");
}

TEST_F(OnFacebook, ErrorsCarryCodesAndATraceId) {
  ASSERT_EQ(say("twice").status(), 200);
  const Heard duplicate = say("twice");
  EXPECT_EQ(duplicate.status(), 400);
  EXPECT_EQ(duplicate.at("/error/code"), "506");
  EXPECT_GT(duplicate.at("/error/fbtrace_id").size(), 10U);
  EXPECT_EQ(post({}).at("/error/code"), "100");
  EXPECT_EQ(post({{"message", "a"}, {"colour", "red"}}).at("/error/code"), "100");
  EXPECT_EQ(post({{"message", "a"}, {"link", "not a link"}}).at("/error/code"), "100");
  EXPECT_EQ(say(std::string(63'207, 'a')).at("/error/code"), "100");
  EXPECT_EQ(v.get("/facebook/v25.0/123_456?fields=id", access).at("/error/error_subcode"), "33");
  EXPECT_EQ(v.get(base + "/published_posts?fields=id,colour", access).at("/error/code"), "100");
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnFacebook, UserTokensAndNarrowTokensMayNotPublish) {
  const Heard narrow = logged_in("pages_show_list,pages_read_engagement");
  const Heard pages = v.get("/facebook/v25.0/me/accounts", narrow.at("/access_token"));
  access = pages.at("/data/0/access_token");
  EXPECT_EQ(say("no").status(), 403);
  EXPECT_EQ(say("no").at("/error/code"), "200");
  access = narrow.at("/access_token");
  EXPECT_EQ(say("no").at("/error/code"), "200");
}

TEST_F(OnFacebook, ExpiredSessionIs190WithSubcode463) {
  access = logged_in().at("/access_token");
  access = v.get("/facebook/v25.0/me/accounts", access).at("/data/0/access_token");
  ASSERT_EQ(say("in time").status(), 200);
  v.now = v.now + 91min;
  const Heard late = say("late");
  EXPECT_EQ(late.status(), 400);
  EXPECT_EQ(late.at("/error/code"), "190");
  EXPECT_EQ(late.at("/error/error_subcode"), "463");
}

TEST_F(OnFacebook, AlbumIsMadeOfUnpublishedPhotos) {
  const std::string one = photo(png()).at("/id"), two = photo(jpeg()).at("/id");
  EXPECT_EQ(v.world.ledger().size(), 0U);
  const Heard posted = post({{"message", "album"},
                             {"attached_media[0]", R"({"media_fbid":")" + one + "\"}"},
                             {"attached_media[1]", R"({"media_fbid":")" + two + "\"}"}});
  ASSERT_EQ(posted.status(), 200) << posted.text();
  EXPECT_EQ(v.world.ledger()[0].media, 2U);
  EXPECT_EQ(post({{"message", "again"}, {"attached_media", R"([{"media_fbid":")" + one + "\"}]"}})
                .at("/error/code"),
            "100");
  const Heard list = v.get(
      base + "/published_posts?fields=message,attachments{target{id},subattachments{target{id}}}", access);
  EXPECT_EQ(list.at("/data/0/attachments/data/0/subattachments/data/1/target/id"), two);
  EXPECT_EQ(list.at("/data/0/attachments/data/0/type"), "") << "only what was asked for";
}

TEST_F(OnFacebook, UnpublishedPhotosAreDroppedAfterADay) {
  const std::string id = photo(png()).at("/id");
  v.now = v.now + 25h;
  EXPECT_EQ(
      post({{"message", "late"}, {"attached_media[0]", R"({"media_fbid":")" + id + "\"}"}}).at("/error/code"),
      "100");
}

TEST_F(OnFacebook, PublishedPhotoIsAPost) {
  const Heard posted = photo(png(), true);
  EXPECT_TRUE(posted.at("/post_id").starts_with(page.external_id + "_")) << posted.text();
  EXPECT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(photo("no picture").at("/error/error_subcode"), "1366046");
  EXPECT_EQ(photo(png((10 << 20) + 1)).at("/error/error_subcode"), "1366046");
}

TEST_F(OnFacebook, PublishedPostsAreListedSinceATime) {
  say("one");
  v.now = v.now + 100s;
  const std::string second = say("two").at("/id");
  const std::string since = std::to_string((v.now - 60s).seconds());
  const Heard list =
      v.get(base + "/published_posts?fields=id,message,created_time,permalink_url&since=" + since, access);
  EXPECT_EQ(list.at("/data/0/id"), second);
  EXPECT_EQ(list.at("/data/0/created_time"), "2027-01-15T08:01:40+0000");
  EXPECT_EQ(list.at("/data/1/id"), "");
  EXPECT_EQ(v.call("DELETE", "/facebook/v25.0/" + second, access).at("/success"), "true");
  EXPECT_TRUE(v.world.ledger()[1].deleted);
}

TEST_F(OnFacebook, ScheduledPostComesOutAtItsTime) {
  const std::string when = std::to_string((v.now + 11min).seconds());
  EXPECT_EQ(post({{"message", "soon"},
                  {"published", "false"},
                  {"scheduled_publish_time", std::to_string((v.now + 9min).seconds())}})
                .status(),
            400);
  EXPECT_EQ(post({{"message", "later"}, {"published", "false"}, {"scheduled_publish_time", when}}).status(),
            200);
  EXPECT_EQ(v.get(base + "/scheduled_posts?fields=id,scheduled_publish_time", access)
                .at("/data/0/scheduled_publish_time"),
            when);
  EXPECT_EQ(v.world.ledger().size(), 0U);
  v.now = v.now + 11min;
  v.get("/facebook/feed");
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnFacebook, UsageRisesToAHundredAndThenTheLimitSpeaks) {
  const Heard first = v.get(base, access);
  EXPECT_NE(first.header("x-app-usage").find("\"call_count\":0"), std::string::npos);
  for (int i = 0; i < 2400; ++i) {
    v.now = v.now + 2s;
    v.get(base, access);
  }
  EXPECT_NE(v.get(base, access).header("x-business-use-case-usage").find("\"call_count\":50"),
            std::string::npos);
  for (int i = 0; i < 2400; ++i) {
    v.now = v.now + 2s;
    v.get(base, access);
  }
  const Heard over = v.get(base, access);
  EXPECT_EQ(over.at("/error/code"), "32");
  EXPECT_NE(over.header("x-business-use-case-usage").find("\"call_count\":100"), std::string::npos);
  EXPECT_EQ(over.header("x-business-use-case-usage").find("\"estimated_time_to_regain_access\":0"),
            std::string::npos);
}

TEST_F(OnFacebook, TakingThePermissionBackEndsAllTokens) {
  const std::string user = v.credential(page, "user");
  EXPECT_EQ(v.call("DELETE", "/facebook/v25.0/me/permissions", user).at("/success"), "true");
  EXPECT_EQ(say("no").at("/error/error_subcode"), "458");
}

std::string clip(size_t size) {
  std::string bytes = std::string(
      "\0\0\0\x18"
      "ftypisom",
      12);
  bytes.resize(size, '.');
  return bytes;
}

TEST_F(OnFacebook, AVideoComesInPiecesAndIsPublishedWhenItIsFinished) {
  const std::string bytes = clip(9'000'000);
  const Heard begun = post({{"upload_phase", "start"}, {"file_size", "9000000"}}, "/videos");
  ASSERT_EQ(begun.status(), 200) << begun.text();
  const std::string session = begun.at("/upload_session_id");
  const auto piece = [&](size_t from, size_t to) {
    return v.post_parts(base + "/videos",
                        {text_part("upload_phase", "transfer"), text_part("upload_session_id", session),
                         text_part("access_token", access), text_part("start_offset", std::to_string(from)),
                         file_part("video_file_chunk", bytes.substr(from, to - from), "clip.mp4")});
  };
  const auto finish = [&] {
    return post({{"upload_phase", "finish"}, {"upload_session_id", session}, {"description", "Ring"}},
                "/videos");
  };
  EXPECT_EQ(finish().at("/error/code"), "6001") << "not all is there";
  EXPECT_EQ(piece(0, 100).at("/error/code"), "6001");
  EXPECT_EQ(piece(0, 8388608).at("/start_offset"), "8388608");
  EXPECT_EQ(piece(0, 8388608).at("/start_offset"), "8388608") << "a piece may come again";
  EXPECT_EQ(piece(8388608, 9000000).at("/end_offset"), "9000000");
  EXPECT_EQ(finish().at("/success"), "true");
  const auto status = [&](const char* of) {
    return v.get("/facebook/v25.0/" + begun.at("/video_id") + "?fields=status", access).at(of);
  };
  v.now = v.now + 8s;
  EXPECT_EQ(status("/status/video_status"), "processing");
  v.now = v.now + 1s;
  EXPECT_EQ(status("/status/video_status"), "ready");
  EXPECT_EQ(status("/status/publishing_phase/publish_status"), "") << "nor published yet";
  EXPECT_EQ(v.world.ledger().size(), 0U);
  v.now = v.now + 2s;
  EXPECT_EQ(status("/status/publishing_phase/publish_status"), "published");
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(finish().at("/success"), "true");
  v.now = v.now + 11s;
  const Heard list = v.get(base + "/published_posts?fields=message,attachments{target{id}}", access);
  EXPECT_EQ(list.at("/data/0/attachments/data/0/target/id"), begun.at("/video_id"));
  EXPECT_EQ(v.world.ledger().size(), 2U) << "nobody says that a second finish is none";
}

TEST_F(OnFacebook, AReelGoesToAnAddressOfItsOwn) {
  const Heard begun = post({{"upload_phase", "start"}}, "/video_reels");
  const std::string bytes = clip(5000), video = begun.at("/video_id");
  const auto send = [&](const std::string& scheme) {
    return v.send({.method = "POST",
                   .url = begun.at("/upload_url"),
                   .headers = {{"Authorization", scheme + access},
                               {"offset", "0"},
                               {"file_size", "5000"},
                               {"Content-Type", "application/octet-stream"}},
                   .body = bytes});
  };
  EXPECT_EQ(send("Bearer ").status(), 400);
  EXPECT_EQ(send("OAuth ").at("/success"), "true");
  const std::string status = "/facebook/v25.0/" + video + "?fields=status";
  EXPECT_EQ(v.get(status, access).at("/status/video_status"), "processing");
  const Heard out = post({{"upload_phase", "finish"},
                          {"video_id", video},
                          {"video_state", "PUBLISHED"},
                          {"description", "Reel"}},
                         "/video_reels");
  EXPECT_TRUE(out.at("/post_id").starts_with(page.external_id + "_")) << out.text();
  EXPECT_EQ(v.world.ledger().size(), 0U) << "it is worked on";
  v.now = v.now + 7s;
  EXPECT_EQ(v.get(status, access).at("/status/publishing_phase/publish_status"), "published");
  EXPECT_EQ(v.world.ledger().at(0).external_id, out.at("/post_id"));
}

TEST_F(OnFacebook, StoriesAreListedByThePhotoTheyAreMadeOf) {
  const std::string id = photo(jpeg()).at("/id");
  const Heard out = post({{"photo_id", id}}, "/photo_stories");
  ASSERT_EQ(out.at("/success"), "true") << out.text();
  EXPECT_EQ(post({{"photo_id", id}}, "/photo_stories").at("/error/code"), "100");
  const Heard list = v.get(base + "/stories?" + wire::encode_form({{"status", "[\"PUBLISHED\"]"}}), access);
  EXPECT_EQ(list.at("/data/0/media_id"), id);
  EXPECT_EQ(list.at("/data/0/post_id"), out.at("/post_id"));
  EXPECT_EQ(v.get(base + "/published_posts?fields=id", access).at("/data/0/id"), "") << "a story is no post";
  v.now = v.now + 24h;
  const auto stories = [&](const std::string& status) {
    return v.get(base + "/stories?" + wire::encode_form({{"status", status}}), access).at("/data/0/status");
  };
  EXPECT_EQ(stories(R"(["PUBLISHED"])"), "") << "its day is over";
  EXPECT_EQ(stories(R"(["PUBLISHED","ARCHIVED"])"), "ARCHIVED");
}

TEST_F(OnFacebook, AReelThatIsGivenUpMayBeFinishedAgain) {
  v.world.order({.network = "facebook", .kind = "give_up"});
  const Heard begun = post({{"upload_phase", "start"}}, "/video_reels");
  const std::string bytes = clip(5000), video = begun.at("/video_id");
  v.send({.method = "POST",
          .url = begun.at("/upload_url"),
          .headers = {{"Authorization", "OAuth " + access},
                      {"offset", "0"},
                      {"file_size", "5000"},
                      {"Content-Type", "application/octet-stream"}},
          .body = bytes});
  const auto finish = [&] {
    return post({{"upload_phase", "finish"}, {"video_id", video}, {"video_state", "PUBLISHED"}},
                "/video_reels");
  };
  EXPECT_EQ(finish().at("/success"), "true");
  v.now = v.now + 1min;
  const std::string status = "/facebook/v25.0/" + video + "?fields=status";
  EXPECT_EQ(v.get(status, access).at("/status/video_status"), "error");
  EXPECT_EQ(v.world.ledger().size(), 0U);
  EXPECT_EQ(finish().at("/success"), "true");
  v.now = v.now + 1min;
  EXPECT_EQ(v.get(status, access).at("/status/publishing_phase/publish_status"), "published");
}

TEST_F(OnFacebook, ACommentGoesUnderThePost) {
  const std::string id = say("Bread").at("/id"), path = "/facebook/v25.0/" + id + "/comments";
  const Heard said = v.post_form(path, {{"message", "Also cake"}, {"access_token", access}});
  ASSERT_EQ(said.status(), 200) << said.text();
  EXPECT_EQ(v.world.ledger().at(1).reply_to, id);
  EXPECT_EQ(v.get(path + "?fields=id,message,created_time", access).at("/data/0/message"), "Also cake");
  EXPECT_EQ(v.post_form(path, {{"access_token", access}}).at("/error/code"), "100");
}

}  // namespace
}  // namespace carillon::sandbox
