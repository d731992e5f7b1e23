#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

const std::string callback = "http://127.0.0.1:8070/oauth/callback";

class OnLinkedin : public testing::Test {
 protected:
  Visitor v;
  Person organisation = v.world.connect("linkedin", v.now), member = v.world.connect("linkedin", v.now);
  std::string access = v.credential(organisation, "access"), author = organisation.external_id;
  wire::Headers headers = {{"Linkedin-Version", "202609"}, {"X-Restli-Protocol-Version", "2.0.0"}};

  Heard call(std::string method, const std::string& path, std::string body = "", wire::Headers more = {}) {
    wire::Request request{
        .method = std::move(method), .url = "/linkedin/rest" + path, .headers = headers, .body = body};
    request.headers.push_back({"Authorization", "Bearer " + access});
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    request.headers.insert(request.headers.end(), more.begin(), more.end());
    return v.send(std::move(request));
  }
  Heard post(const std::string& text, const std::string& content = "") {
    const std::string tail = content.empty() ? "" : R"(,"content":)" + content;
    return call(
        "POST", "/posts",
        R"({"author":")" + author + R"(","commentary":")" + text +
            R"(","visibility":"PUBLIC","distribution":{"feedDistribution":"MAIN_FEED","targetEntities":[],)"
            R"("thirdPartyDistributionChannels":[]},"lifecycleState":"PUBLISHED",)"
            R"("isReshareDisabledByAuthor":false)" +
            tail + "}");
  }
  Heard put(const std::string& url, std::string bytes, bool with_token = true) {
    wire::Request request{.method = "PUT",
                          .url = url,
                          .headers = {{"Content-Type", "application/octet-stream"}},
                          .body = std::move(bytes)};
    if (with_token) request.headers.push_back({"Authorization", "Bearer " + access});
    return v.send(std::move(request));
  }
  std::string image(std::string bytes = jpeg()) {
    const Heard begun = call("POST", "/images?action=initializeUpload",
                             R"({"initializeUploadRequest":{"owner":")" + author + "\"}}");
    EXPECT_EQ(begun.status(), 200) << begun.text();
    EXPECT_EQ(put(begun.at("/value/uploadUrl"), std::move(bytes)).status(), 201);
    return begun.at("/value/image");
  }
};

TEST_F(OnLinkedin, ConsentGivesTokensAndWhoItIs) {
  const wire::Fields ask = {{"response_type", "code"},
                            {"client_id", "carillon-sandbox"},
                            {"redirect_uri", callback},
                            {"state", "S"},
                            {"scope", "openid profile w_member_social rw_organization_admin"}};
  EXPECT_EQ(v.get(wire::with_query("/linkedin/oauth/v2/authorization", ask)).status(), 200);
  wire::Fields yes = ask;
  yes.emplace_back("decision", "allow");
  yes.emplace_back("person", "1");
  const auto code =
      wire::field(v.sent_back(v.post_form("/linkedin/oauth/v2/authorization", yes)), "code").value_or("");
  const Heard tokens = v.post_form("/linkedin/oauth/v2/accessToken", {{"grant_type", "authorization_code"},
                                                                      {"code", code},
                                                                      {"client_id", "carillon-sandbox"},
                                                                      {"client_secret", "sandbox-secret"},
                                                                      {"redirect_uri", callback}});
  ASSERT_EQ(tokens.status(), 200) << tokens.text();
  EXPECT_EQ(tokens.at("/expires_in"), "5184000");
  access = tokens.at("/access_token");
  EXPECT_EQ(v.get("/linkedin/v2/userinfo", access).at("/name"), "Sam Okafor");
  const Heard acls = call("GET", "/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED");
  const std::string urn = acls.at("/elements/1/organization");
  EXPECT_EQ(call("GET", "/organizations/" + urn.substr(urn.rfind(':') + 1)).at("/localizedName"),
            "Northside Food Bank");
  const Heard fresh =
      v.post_form("/linkedin/oauth/v2/accessToken", {{"grant_type", "refresh_token"},
                                                     {"refresh_token", tokens.at("/refresh_token")},
                                                     {"client_id", "carillon-sandbox"},
                                                     {"client_secret", "sandbox-secret"}});
  EXPECT_EQ(fresh.status(), 200) << fresh.text();
  EXPECT_EQ(post("no right to this").status(), 403);
}

TEST_F(OnLinkedin, VersionAndProtocolMustBeSaid) {
  headers = {{"X-Restli-Protocol-Version", "2.0.0"}};
  EXPECT_EQ(post("hello").at("/code"), "VERSION_MISSING");
  headers = {{"Linkedin-Version", "202401"}, {"X-Restli-Protocol-Version", "2.0.0"}};
  EXPECT_EQ(post("hello").status(), 426);
  headers = {{"Linkedin-Version", "202609"}};
  EXPECT_EQ(post("hello").status(), 400);
  EXPECT_TRUE(v.world.ledger().empty());
}

TEST_F(OnLinkedin, APostAnswersWithoutABodyAndNamesItselfInAHeader) {
  const Heard made = post("Fresh bread");
  EXPECT_EQ(made.status(), 201) << made.text();
  EXPECT_EQ(made.text(), "");
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, made.header("x-restli-id"));
  EXPECT_EQ(v.world.ledger()[0].account, author);
}

TEST_F(OnLinkedin, TheSameAgainIsRefusedForTenMinutesAndNamed) {
  const std::string urn = post("Twice").header("x-restli-id");
  v.now = v.now + 9min;
  const Heard again = post("Twice");
  EXPECT_EQ(again.status(), 422);
  EXPECT_EQ(again.at("/message"), "Content is a duplicate of " + urn);
  v.now = v.now + 2min;
  EXPECT_EQ(post("Twice").status(), 201);
}

TEST_F(OnLinkedin, AnUnescapedBracketCutsTheTextSilently) {
  post("Bells (bronze) ring");
  post("Bells \\\\(bronze\\\\) \\\\#1 {hashtag|\\\\#|bells} @[Foundry](urn:li:organization:9)");
  EXPECT_EQ(v.world.ledger().at(0).text, "Bells ");
  EXPECT_EQ(v.world.ledger().at(1).text, "Bells (bronze) #1 #bells Foundry");
}

TEST_F(OnLinkedin, WrongPostsAreRefused) {
  EXPECT_EQ(post(std::string(3001, 'a')).at("/code"), "FIELD_LENGTH_TOO_LONG");
  EXPECT_EQ(post("").at("/code"), "MISSING_FIELD");
  EXPECT_EQ(post("a", R"({"colour":"red"})").status(), 422);
  EXPECT_EQ(post("a", R"({"article":{"source":"https://a.example"}})").at("/code"), "MISSING_FIELD")
      << "no title";
  EXPECT_EQ(post("a", R"({"media":{"id":"urn:li:image:none"}})").at("/code"), "INVALID_URN_ID");
  EXPECT_EQ(
      post("a", R"({"poll":{"question":"?","options":[{"text":"a"}],"settings":{"duration":"ONE_DAY"}}})")
          .status(),
      400);
  author = member.external_id;
  EXPECT_EQ(post("a").status(), 201) << "the member's own";
  author = "urn:li:organization:105500003";
  EXPECT_EQ(post("a").status(), 403) << "somebody else's organisation";
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnLinkedin, ImagesMustBeProcessedBeforeTheyArePosted) {
  const std::string urn = image();
  EXPECT_EQ(post("early", R"({"media":{"id":")" + urn + "\"}}").at("/code"), "MEDIA_ASSET_WAITING_UPLOAD");
  v.now = v.now + 2s;
  EXPECT_EQ(call("GET", "/images/" + wire::percent_encode(urn)).at("/status"), "AVAILABLE");
  EXPECT_EQ(call("GET", "/images/" + urn).status(), 400) << "urns are encoded in paths";
  EXPECT_EQ(post("now", R"({"media":{"id":")" + urn + "\",\"altText\":\"A loaf\"}}").status(), 201);
  const std::string bad = image("no picture");
  v.now = v.now + 2s;
  EXPECT_EQ(call("GET", "/images/" + wire::percent_encode(bad)).at("/status"), "PROCESSING_FAILED");
}

TEST_F(OnLinkedin, AVideoComesInPiecesWithoutTheTokenAndIsFinishedWithTheirTags) {
  const Heard begun =
      call("POST", "/videos?action=initializeUpload",
           R"({"initializeUploadRequest":{"owner":")" + author +
               R"(","fileSizeBytes":5000000,"uploadCaptions":false,"uploadThumbnail":false}})");
  ASSERT_EQ(begun.status(), 200) << begun.text();
  const std::string urn = begun.at("/value/video");
  std::string first(4 << 20, '.');
  first.replace(0, 12,
                std::string("\0\0\0\x18"
                            "ftypisom",
                            12));
  const std::string second(5'000'000 - (4 << 20), '.');
  EXPECT_EQ(put(begun.at("/value/uploadInstructions/0/uploadUrl"), first, true).status(), 400);
  const std::string a = put(begun.at("/value/uploadInstructions/0/uploadUrl"), first, false).header("etag");
  const std::string b = put(begun.at("/value/uploadInstructions/1/uploadUrl"), second, false).header("etag");
  EXPECT_EQ(put(begun.at("/value/uploadInstructions/1/uploadUrl"), "short", false).status(), 400);
  const auto finish = [&](const std::string& tags) {
    return call("POST", "/videos?action=finalizeUpload",
                R"({"finalizeUploadRequest":{"video":")" + urn + R"(","uploadToken":"","uploadedPartIds":[)" +
                    tags + "]}}");
  };
  EXPECT_EQ(finish("\"" + a + "\"").status(), 400);
  EXPECT_EQ(finish("\"" + a + "\",\"" + b + "\"").status(), 200);
  EXPECT_EQ(call("GET", "/videos/" + wire::percent_encode(urn)).at("/status"), "PROCESSING");
  v.now = v.now + 10s;
  const Heard made = post("ring", R"({"media":{"id":")" + urn + "\"}}");
  EXPECT_TRUE(made.header("x-restli-id").starts_with("urn:li:ugcPost:")) << made.text();
}

// Whether it is processed only the post itself says.
TEST_F(OnLinkedin, AVideoOfAMemberCannotBeRead) {
  author = member.external_id;
  const Heard begun =
      call("POST", "/videos?action=initializeUpload",
           R"({"initializeUploadRequest":{"owner":")" + author +
               R"(","fileSizeBytes":600000,"uploadCaptions":false,"uploadThumbnail":false}})");
  const std::string urn = begun.at("/value/video");
  const Heard read = call("GET", "/videos/" + wire::percent_encode(urn));
  EXPECT_EQ(read.status(), 403);
  EXPECT_TRUE(read.at("/message").starts_with("Not enough permissions"));
  EXPECT_EQ(post("ring", R"({"media":{"id":")" + urn + "\"}}").at("/code"), "MEDIA_ASSET_WAITING_UPLOAD");
}

TEST_F(OnLinkedin, TheCoverOfAVideoGoesToItsOwnAddressBeforeTheEnd) {
  const auto begin = [&](const char* cover) {
    return call("POST", "/videos?action=initializeUpload",
                R"({"initializeUploadRequest":{"owner":")" + author +
                    R"(","fileSizeBytes":600000,"uploadCaptions":false,"uploadThumbnail":)" + cover + "}}");
  };
  EXPECT_EQ(begin("false").at("/value/thumbnailUploadUrl"), "");
  const Heard begun = begin("true");
  const std::string urn = begun.at("/value/video");
  const auto cover = [&](std::string bytes, const std::string& family) {
    return v.send({.method = "PUT",
                   .url = begun.at("/value/thumbnailUploadUrl"),
                   .headers = {{"Content-Type", "application/octet-stream"}, {"media-type-family", family}},
                   .body = std::move(bytes)});
  };
  EXPECT_EQ(cover("\xFF\xD8\xFF\xE0 a picture", "VIDEO").status(), 400);
  EXPECT_EQ(cover("GIF89a", "STILLIMAGE").status(), 400);
  EXPECT_EQ(cover("\xFF\xD8\xFF\xE0 a picture", "STILLIMAGE").status(), 201);
  const std::string tag = put(begun.at("/value/uploadInstructions/0/uploadUrl"),
                              std::string(600'000, '.').replace(4, 8, "ftypisom"), false)
                              .header("etag");
  EXPECT_EQ(call("POST", "/videos?action=finalizeUpload",
                 R"({"finalizeUploadRequest":{"video":")" + urn +
                     R"(","uploadToken":"","uploadedPartIds":[")" + tag + R"("]}})")
                .status(),
            200);
  EXPECT_EQ(cover("\xFF\xD8\xFF\xE0 a picture", "STILLIMAGE").status(), 400) << "too late";
  v.now = v.now + 10s;
  EXPECT_EQ(post("ring", R"({"media":{"id":")" + urn + "\"}}").status(), 201);
  EXPECT_NE(v.get("/linkedin/feed").text().find("Cover of a video"), std::string::npos);
}

TEST_F(OnLinkedin, PostsOfAnOrganisationAreListedThoseOfAMemberAreNot) {
  post("One \\\\(1\\\\)");
  const auto list = [&](const std::string& whose) {
    return call("GET", "/posts?" + wire::encode_form({{"author", whose}, {"q", "author"}, {"count", "50"}}),
                "", {{"X-RestLi-Method", "FINDER"}});
  };
  EXPECT_EQ(list(author).at("/elements/0/commentary"), "One \\(1\\)");
  EXPECT_EQ(list(member.external_id).status(), 403);
}

TEST_F(OnLinkedin, ACommentGoesUnderThePost) {
  const std::string urn = post("Bread").header("x-restli-id");
  const std::string path = "/socialActions/" + wire::percent_encode(urn) + "/comments";
  const auto say = [&](const std::string& text) {
    return call(
        "POST", path,
        R"({"actor":")" + author + R"(","object":")" + urn + R"(","message":{"text":")" + text + "\"}}");
  };
  const Heard said = say("Also cake (today)");
  ASSERT_EQ(said.status(), 201) << said.text();
  EXPECT_EQ(v.world.ledger().at(1).reply_to, urn);
  EXPECT_EQ(v.world.ledger().at(1).external_id, said.at("/commentUrn"));
  EXPECT_EQ(call("GET", path).at("/elements/0/message/text"), "Also cake (today)");
  EXPECT_EQ(say("").status(), 400);
  EXPECT_EQ(say(std::string(1251, 'a')).status(), 400);
}

TEST_F(OnLinkedin, TheDaysLimitSaysNothingAboutWhen) {
  for (int i = 0; i < 150; ++i) ASSERT_EQ(post("p" + std::to_string(i)).status(), 201);
  const Heard over = post("one more");
  EXPECT_EQ(over.status(), 429);
  EXPECT_EQ(over.header("retry-after"), "");
  v.now = v.now + 24h;
  EXPECT_EQ(post("tomorrow").status(), 201);
}

TEST_F(OnLinkedin, TokensEndAndAreTakenBack) {
  v.now = v.now + std::chrono::days(61);
  EXPECT_EQ(post("late").at("/code"), "EXPIRED_ACCESS_TOKEN");
  access = "made-up";
  EXPECT_EQ(post("late").at("/code"), "INVALID_ACCESS_TOKEN");
}

}  // namespace
}  // namespace carillon::sandbox
