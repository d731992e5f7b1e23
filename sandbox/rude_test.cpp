// Requests as nobody should make them: the world answers all of them and loses nothing it promised.
#include <gtest/gtest.h>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

class Rude {
 public:
  explicit Rude(uint64_t seed) : dice(seed) {
    for (const std::string_view network : World::networks())
      people.push_back(v.world.connect(network, v.now));
  }

  wire::Request request() {
    wire::Request r{.method = pick({"GET", "POST", "PUT", "DELETE", "PATCH"}), .url = url()};
    if (dice.chance(80))
      r.headers.push_back({"Authorization", pick({"Bearer ", "Basic ", "OAuth "}) +
                                                v.credential(people[dice.below(4)], "access")});
    r.headers.push_back({"Content-Type", pick({"application/json", "application/x-www-form-urlencoded",
                                               "multipart/form-data; boundary=b", "text/plain"})});
    if (dice.chance(70))
      r.body = body();
    else if (dice.chance(50))
      r.body = wire::Multipart{"b",
                               {slice_part(word(), dice.below(1 << 25), pick({"image/png", "video/mp4", ""})),
                                text_part(word(), value())}};
    return r;
  }

  SeededRandom dice;
  Visitor v;
  std::vector<Person> people;

 private:
  std::string pick(std::initializer_list<std::string_view> from) {
    return std::string(from.begin()[dice.below(from.size())]);
  }
  std::string word() {
    return pick({"text",
                 "status",
                 "message",
                 "chat_id",
                 "media",
                 "media_ids",
                 "poll",
                 "reply",
                 "file",
                 "source",
                 "photo",
                 "fields",
                 "since",
                 "since_id",
                 "published",
                 "scheduled_publish_time",
                 "scheduled_at",
                 "attached_media",
                 "attached_media[0]",
                 "parse_mode",
                 "media_category",
                 "total_bytes",
                 "segment_index",
                 "network",
                 "kind",
                 "times",
                 "percent",
                 "redirect_uri",
                 "code",
                 "grant_type",
                 "visibility",
                 "in_reply_to_id",
                 "caption",
                 "person",
                 "decision",
                 "limit",
                 "media_type",
                 "image_url",
                 "children",
                 "creation_id",
                 "commentary",
                 "upload_phase",
                 "file_size",
                 "action",
                 "after"});
  }
  std::string value() {
    switch (dice.below(9)) {
      case 0: return std::string(dice.below(9'000), 'a');
      case 1: return std::to_string(static_cast<int64_t>(dice.next()));
      case 2:
        return pick({"-1", "0", "1e400", "null", "true", "false", "", " ", "\xff\xfe", "\xed\xa0\x80",
                     "{{{{a}", "a(b{c", "%%%", "<b><i>", "&#99999999999;"});
      case 3:
        return pick({"HTML", "MarkdownV2", "x", "hang", "tweet_image", "video/mp4", "allow",
                     "authorization_code", "private", "@carillon_sandbox"});
      case 4:
        return pick({R"([{"type":"photo","media":"attach://file"},{"type":"photo","media":"http://a.b/c"}])",
                     R"({"media_fbid":1})", "[[[[[]]]]]", R"({"message_id":1})"});
      case 5: return random_token(dice, 8);
      case 6: return people[dice.below(4)].external_id;
      case 7: return "https://example.com/" + std::string(dice.below(50), '(');
      default: return "🍞👨‍👩‍👧 *_[`" + std::to_string(dice.below(10));
    }
  }
  std::string url() {
    std::string path = pick({"/x/2/tweets",
                             "/x/2/users/me",
                             "/x/2/users/1600000000000000000/tweets",
                             "/x/2/media/upload",
                             "/x/2/media/upload/initialize",
                             "/x/2/media/upload/1/append",
                             "/x/2/media/metadata",
                             "/x/2/oauth2/token",
                             "/x/i/oauth2/authorize",
                             "/facebook/v25.0/me/accounts",
                             "/facebook/v25.0/615500000000001/feed",
                             "/facebook/v25.0/615500000000001/photos",
                             "/facebook/v25.0/615500000000001/published_posts",
                             "/facebook/v25.0/oauth/access_token",
                             "/facebook/debug_token",
                             "/facebook/v25.0/615500000000001",
                             "/mastodon/api/v1/statuses",
                             "/mastodon/api/v2/media",
                             "/mastodon/api/v1/apps",
                             "/mastodon/oauth/token",
                             "/mastodon/api/v1/accounts/110000000000000001/statuses",
                             "/telegram/bot100200300:sandbox-bot-token/sendMessage",
                             "/telegram/bot100200300:sandbox-bot-token/sendMediaGroup",
                             "/telegram/bot100200300:sandbox-bot-token/sendPhoto",
                             "/linkedin/rest/posts",
                             "/linkedin/rest/images?action=initializeUpload",
                             "/linkedin/rest/socialActions/urn%3Ali%3Ashare%3A1/comments",
                             "/linkedin/oauth/v2/accessToken",
                             "/threads/v1.0/25100000000001/threads",
                             "/threads/v1.0/25100000000001/threads_publish",
                             "/threads/oauth/access_token",
                             "/instagram/v25.0/17841400000000001/media",
                             "/instagram/v25.0/17841400000000001/media_publish",
                             "/instagram/refresh_access_token",
                             "/facebook/v25.0/615500000000001/videos",
                             "/facebook/v25.0/615500000000001/video_reels",
                             "/whatsapp/v25.0/106540000000001",
                             "/control/faults",
                             "/control/ledger",
                             "/x/feed",
                             "/",
                             "//",
                             "/x/avatar/-5",
                             "/%zz/%00"});
    if (dice.chance(50)) path += "?" + wire::encode_form({{word(), value()}, {word(), value()}});
    return path;
  }
  std::string body() {
    switch (dice.below(3)) {
      case 0: return wire::encode_form({{word(), value()}, {word(), value()}, {word(), value()}});
      case 1:
        return "{\"" + word() + "\":" +
               pick({"1", "\"a\"", "[]", "{}", "[1,\"2\",{}]", "-9223372036854775808", "1e308",
                     "{\"media_ids\":[\"1\"]}", "null"}) +
               ",\"text\":\"" + random_token(dice, 4) + "\"}";
      default:
        return "--b\r\nContent-Disposition: form-data; name=\"" + word() + "\"; filename=\"a\"\r\n\r\n" +
               value() + "\r\n--b--\r\n";
    }
  }
};

TEST(Rude, EveryRequestGetsAnAnswerAndGoodOnesStillWork) {
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Rude rude(seed);
    Visitor& v = rude.v;
    for (int i = 0; i < 1000; ++i) {
      v.now = v.now + Duration(static_cast<int64_t>(rude.dice.below(20'000'000)));
      const wire::Request request = rude.request();
      const Heard heard = v.send(request);
      if (heard.answer.fate != Answer::Fate::given) continue;
      ASSERT_GE(heard.status(), 200) << request.method << " " << request.url;
      ASSERT_LT(heard.status(), 600) << request.method << " " << request.url;
    }
    v.world.heal();
    const size_t before = v.world.ledger().size();
    const std::string access = v.credential(v.world.connect("x", v.now), "access");
    EXPECT_EQ(v.post_json("/x/2/tweets", R"({"text":"still here"})", access).status(), 201);
    EXPECT_EQ(v.world.ledger().size(), before + 1);
  }
}

}  // namespace
}  // namespace carillon::sandbox
