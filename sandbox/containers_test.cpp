// The two networks that publish containers: what both do, and what each does differently.
#include <gtest/gtest.h>

#include <set>

#include "sandbox/testing/visitor.h"

namespace carillon::sandbox {
namespace {

const std::string callback = "http://127.0.0.1:8070/oauth/callback";
const std::string video_bytes = std::string(
                                    "\0\0\0\x18"
                                    "ftypisom",
                                    12) +
                                std::string(100, '.');

// A JPEG's header that says how large it is.
std::string picture(int width, int height) {
  std::string bytes("\xff\xd8\xff\xc0\x00\x11\x08", 7);
  for (const int side : {height, width}) {
    bytes += static_cast<char>(side >> 8);
    bytes += static_cast<char>(side & 0xff);
  }
  return bytes + std::string(60, '.');
}

class OnContainers : public testing::Test {
 protected:
  explicit OnContainers(std::string network, std::string version)
      : name(std::move(network)),
        person(v.world.connect(name, v.now)),
        access(v.credential(person, "access")),
        home("/" + name + "/" + version),
        base(home + "/" + person.external_id) {
    v.world.on_fetch([this](const std::string& url) {
      const auto found = files.find(url);
      if (found == files.end()) return Fetched{.status = 404};
      return Fetched{200, "", found->second, found->second.size()};
    });
  }
  Heard post(const std::string& edge, wire::Fields fields) {
    fields.emplace_back("access_token", access);
    return v.post_form(base + edge, fields);
  }
  Heard get(const std::string& path) { return v.get(home + path, access); }

  Visitor v;
  std::map<std::string, std::string> files = {{"https://me.example/a.jpg", picture(1000, 1000)},
                                              {"https://me.example/wide.jpg", picture(3000, 100)},
                                              {"https://me.example/a.png", png()},
                                              {"https://me.example/a.mp4", video_bytes}};
  std::string name;
  Person person;
  std::string access, home, base;
};

struct OnThreads : OnContainers {
  OnThreads() : OnContainers("threads", "v1.0") {}
  std::string text(const std::string& words) {
    return post("/threads", {{"media_type", "TEXT"}, {"text", words}}).at("/id");
  }
  Heard publish(const std::string& id) { return post("/threads_publish", {{"creation_id", id}}); }
  std::string status(const std::string& id) {
    return get("/" + id + "?fields=status,error_message").at("/status");
  }
};

TEST_F(OnThreads, TokensGrowLongAndAreRefreshedAfterADay) {
  const wire::Fields ask = {{"client_id", "carillon-sandbox"},
                            {"redirect_uri", callback},
                            {"state", "S"},
                            {"scope", "threads_basic,threads_content_publish"},
                            {"response_type", "code"}};
  EXPECT_EQ(v.get(wire::with_query("/threads/oauth/authorize", ask)).status(), 200);
  wire::Fields yes = ask;
  yes.emplace_back("decision", "allow");
  const auto code =
      wire::field(v.sent_back(v.post_form("/threads/oauth/authorize", yes)), "code").value_or("");
  const wire::Fields trade = {{"client_id", "carillon-sandbox"},
                              {"client_secret", "sandbox-secret"},
                              {"grant_type", "authorization_code"},
                              {"redirect_uri", callback},
                              {"code", code}};
  const Heard quick = v.post_form("/threads/oauth/access_token", trade);
  ASSERT_EQ(quick.status(), 200) << quick.text();
  EXPECT_EQ(v.post_form("/threads/oauth/access_token", trade).status(), 400) << "a code works once";
  const Heard lasting =
      v.get("/threads/access_token?grant_type=th_exchange_token&client_secret=sandbox-secret&access_token=" +
            quick.at("/access_token"));
  EXPECT_EQ(lasting.at("/expires_in"), "5184000");
  const std::string refresh =
      "/threads/refresh_access_token?grant_type=th_refresh_token&access_token=" + lasting.at("/access_token");
  EXPECT_EQ(v.get(refresh).status(), 400) << "too young";
  v.now = v.now + 25h;
  EXPECT_EQ(v.get(refresh).status(), 200);
  access = lasting.at("/access_token");
  EXPECT_EQ(get("/me?fields=id,username").at("/username"), "harbourbakery");
}

TEST_F(OnThreads, ATextIsPublishedOnceFromItsContainer) {
  const std::string id = text("Hello");
  EXPECT_EQ(status(id), "FINISHED");
  EXPECT_TRUE(v.world.ledger().empty());
  const Heard out = publish(id);
  ASSERT_EQ(out.status(), 200) << out.text();
  EXPECT_EQ(status(id), "PUBLISHED");
  EXPECT_EQ(publish(id).status(), 400);
  ASSERT_EQ(v.world.ledger().size(), 1U);
  EXPECT_EQ(v.world.ledger()[0].external_id, out.at("/id"));
  EXPECT_EQ(get("/" + person.external_id + "/threads?fields=id,text,permalink").at("/data/0/text"), "Hello");
}

TEST_F(OnThreads, MediaAreFetchedAndWhatCannotBeFetchedFails) {
  const std::string good =
      post("/threads", {{"media_type", "IMAGE"}, {"image_url", "https://me.example/a.png"}}).at("/id");
  const std::string gone =
      post("/threads", {{"media_type", "VIDEO"}, {"video_url", "https://me.example/none"}}).at("/id");
  const std::string wide =
      post("/threads", {{"media_type", "IMAGE"}, {"image_url", "https://me.example/wide.jpg"}}).at("/id");
  EXPECT_EQ(status(good), "IN_PROGRESS");
  EXPECT_EQ(publish(good).at("/error/code"), "24");
  v.now = v.now + 10s;
  EXPECT_EQ(status(good), "FINISHED");
  EXPECT_EQ(get("/" + gone + "?fields=error_message").at("/error_message"), "FAILED_DOWNLOADING_VIDEO");
  EXPECT_EQ(get("/" + wide + "?fields=error_message").at("/error_message"), "INVALID_ASPEC_RATIO");
  EXPECT_EQ(publish(good).status(), 200);
  const std::string page = v.get("/threads/feed").text();
  EXPECT_NE(page.find("<img src=\"/threads/media/"), std::string::npos) << "the feed shows what was fetched";
}

TEST_F(OnThreads, WrongContainersAreRefused) {
  EXPECT_EQ(post("/threads", {{"media_type", "TEXT"}, {"text", std::string(501, 'a')}}).at("/error/code"),
            "100");
  EXPECT_EQ(post("/threads", {{"media_type", "TEXT"}, {"text", "a"}, {"colour", "red"}}).at("/error/code"),
            "100");
  EXPECT_EQ(post("/threads", {{"media_type", "IMAGE"}}).at("/error/code"), "100");
  EXPECT_EQ(post("/threads", {{"media_type", "CAROUSEL"}, {"children", "1"}}).at("/error/code"), "100");
  EXPECT_EQ(
      post("/threads", {{"media_type", "TEXT"}, {"text", "?"}, {"poll_attachment", R"({"option_a":"x"})"}})
          .at("/error/code"),
      "100");
  EXPECT_EQ(post("/threads", {{"media_type", "TEXT"}, {"text", "a"}, {"reply_to_id", "9"}}).at("/error/code"),
            "24");
  EXPECT_NE(text(std::string(496, 'a') + "🔔"), "") << "an emoji counts four bytes";
  EXPECT_EQ(text(std::string(497, 'a') + "🔔"), "");
}

TEST_F(OnThreads, RepliesChainAndPollsHaveChoices) {
  const std::string first = publish(text("One")).at("/id");
  const std::string reply =
      post("/threads", {{"media_type", "TEXT"}, {"text", "Two"}, {"reply_to_id", first}}).at("/id");
  publish(reply);
  EXPECT_EQ(v.world.ledger().at(1).reply_to, first);
  EXPECT_EQ(get("/" + person.external_id + "/replies?fields=text").at("/data/0/text"), "Two");
  const std::string poll =
      post("/threads",
           {{"media_type", "TEXT"}, {"text", "?"}, {"poll_attachment", R"({"option_a":"x","option_b":"y"})"}})
          .at("/id");
  EXPECT_EQ(publish(poll).status(), 200);
}

TEST_F(OnThreads, ContainersExpireAfterADay) {
  const std::string id = text("late");
  v.now = v.now + 24h;
  EXPECT_EQ(status(id), "EXPIRED");
  EXPECT_EQ(publish(id).at("/error/code"), "24");
}

struct OnInstagram : OnContainers {
  OnInstagram() : OnContainers("instagram", "v25.0") {}
  Heard make(wire::Fields fields) { return post("/media", std::move(fields)); }
  Heard publish(const std::string& id) { return post("/media_publish", {{"creation_id", id}}); }
  std::string image(const std::string& caption) {
    const std::string id = make({{"image_url", "https://me.example/a.jpg"}, {"caption", caption}}).at("/id");
    v.now = v.now + 2s;
    return id;
  }
};

// Which error that is stands nowhere: whoever relies on one is shown another.
TEST_F(OnInstagram, APublishedContainerIsRefusedInMoreThanOneWay) {
  const std::string id = image("Bread");
  ASSERT_EQ(publish(id).status(), 200);
  std::set<std::string> codes;
  for (int i = 0; i < 30; ++i) {
    const Heard again = publish(id);
    EXPECT_EQ(again.status(), 400);
    codes.insert(again.at("/error/code") + "/" + again.at("/error/error_subcode"));
  }
  EXPECT_EQ(codes, (std::set<std::string>{"100/", "24/2207006", "24/2207008"}));
  EXPECT_EQ(v.world.ledger().size(), 1U);
}

TEST_F(OnInstagram, AnImageIsFetchedThenPublished) {
  const std::string id =
      make({{"image_url", "https://me.example/a.jpg"}, {"caption", "Bread"}, {"alt_text", "A loaf"}})
          .at("/id");
  EXPECT_EQ(publish(id).at("/error/error_subcode"), "2207027") << "not ready";
  v.now = v.now + 2s;
  EXPECT_EQ(get("/" + id + "?fields=status_code,status").at("/status_code"), "FINISHED");
  const Heard out = publish(id);
  ASSERT_EQ(out.status(), 200) << out.text();
  EXPECT_EQ(publish(id).status(), 400) << "once";
  EXPECT_EQ(get("/" + id + "?fields=status_code").at("/status_code"), "PUBLISHED");
  EXPECT_EQ(get("/" + person.external_id + "/media?fields=caption,permalink").at("/data/0/caption"), "Bread");
  EXPECT_EQ(v.world.ledger().at(0).media, 1U);
}

TEST_F(OnInstagram, WhatIsNoJpegOrCannotBeFetchedIsRefused) {
  EXPECT_EQ(make({{"image_url", "https://me.example/a.png"}}).at("/error/error_subcode"), "2207005");
  EXPECT_EQ(make({{"image_url", "https://me.example/wide.jpg"}}).at("/error/error_subcode"), "2207009");
  EXPECT_EQ(make({{"image_url", "https://me.example/none.jpg"}}).at("/error/error_subcode"), "2207052");
  EXPECT_EQ(make({{"image_url", "here"}}).at("/error/error_subcode"), "2207052");
  EXPECT_EQ(make({{"caption", "no picture"}}).at("/error/code"), "100");
  EXPECT_EQ(make({{"image_url", "https://me.example/a.jpg"}, {"colour", "red"}}).at("/error/code"), "100");
  EXPECT_EQ(make({{"image_url", "https://me.example/a.jpg"}, {"caption", std::string(2201, 'a')}})
                .at("/error/error_subcode"),
            "2207010");
  std::string tags;
  for (int i = 0; i < 31; ++i) tags += "#t" + std::to_string(i) + " ";
  EXPECT_EQ(make({{"image_url", "https://me.example/a.jpg"}, {"caption", tags}}).at("/error/error_subcode"),
            "2207040");
}

TEST_F(OnInstagram, ReelsStoriesAndCarousels) {
  const std::string reel =
      make({{"video_url", "https://me.example/a.mp4"}, {"media_type", "REELS"}, {"share_to_feed", "true"}})
          .at("/id");
  const std::string story =
      make({{"image_url", "https://me.example/wide.jpg"}, {"media_type", "STORIES"}}).at("/id");
  const std::string a =
      make({{"image_url", "https://me.example/a.jpg"}, {"is_carousel_item", "true"}}).at("/id");
  const std::string b =
      make({{"video_url", "https://me.example/a.mp4"}, {"media_type", "VIDEO"}, {"is_carousel_item", "true"}})
          .at("/id");
  EXPECT_EQ(make({{"media_type", "CAROUSEL"}, {"children", a + "," + b}}).at("/error/error_subcode"),
            "2207027");
  v.now = v.now + 10s;
  EXPECT_EQ(publish(reel).status(), 200);
  EXPECT_EQ(publish(story).status(), 200);
  EXPECT_EQ(publish(a).status(), 400) << "an item is not published by itself";
  const std::string carousel =
      make({{"media_type", "CAROUSEL"}, {"children", a + "," + b}, {"caption", "Two"}}).at("/id");
  EXPECT_EQ(publish(carousel).status(), 200);
  EXPECT_EQ(v.world.ledger().back().media, 2U);
  EXPECT_NE(get("/" + person.external_id + "/stories?fields=id,permalink").at("/data/0/id"), "");
}

TEST_F(OnInstagram, TheQuotaIsReadAndKept) {
  for (int i = 0; i < 50; ++i) ASSERT_EQ(publish(image("p" + std::to_string(i))).status(), 200) << i;
  EXPECT_EQ(get("/" + person.external_id + "/content_publishing_limit?fields=quota_usage,config")
                .at("/data/0/quota_usage"),
            "50");
  EXPECT_EQ(publish(image("one more")).at("/error/error_subcode"), "2207042");
}

TEST_F(OnInstagram, ACommentGoesUnderThePost) {
  const std::string id = publish(image("Bread")).at("/id");
  const Heard said =
      v.post_form(home + "/" + id + "/comments", {{"message", "#bread"}, {"access_token", access}});
  ASSERT_EQ(said.status(), 200) << said.text();
  EXPECT_EQ(v.world.ledger().at(1).reply_to, id);
  EXPECT_EQ(get("/" + id + "/comments?fields=id,text,timestamp").at("/data/0/text"), "#bread");
}

}  // namespace
}  // namespace carillon::sandbox
