// What the networks find that know reels, stories, documents and markup of their own.
#include <gtest/gtest.h>

#include <algorithm>

#include "channels/linkedin/little_text.h"
#include "channels/registry.h"

namespace carillon::channels {
namespace {

struct Draft {
  std::string network;
  Account account;
  Content content{{ContentPart{}}, {}};
  std::vector<MediaFacts> media;

  explicit Draft(std::string name) : network(std::move(name)) { account.network = network; }
  ContentPart& part() { return content.parts[0]; }
  MediaFacts& add(const std::string& mime, uint64_t bytes = 200'000, uint32_t width = 800,
                  uint32_t height = 800) {
    MediaFacts facts{.mime = mime, .bytes = bytes, .width = width, .height = height};
    if (mime.starts_with("video/")) facts.duration = 12s;
    part().media.push_back({facts.id, "seen"});
    return media.emplace_back(facts);
  }
  std::vector<std::string> blockers(uint32_t index = 0) const {
    const bool first = index == 0;
    const auto report = shipped().find(network)->channel->check(account, content.parts[index], index, content,
                                                                first ? media : std::vector<MediaFacts>());
    std::vector<std::string> ids;
    for (const Finding& finding : report.findings) {
      if (finding.severity != Severity::blocker) continue;
      EXPECT_FALSE(finding.text.empty() || finding.fix.empty()) << finding.id;
      ids.push_back(finding.id);
    }
    return ids;
  }
  void follow_with_comment(std::string text = "More") {
    content.parts.push_back({.text = std::move(text), .comment = true});
  }
};

using Ids = std::vector<std::string>;

TEST(LittleText, EscapesWhatIsMarkupAndKeepsTagsAndMentions) {
  EXPECT_EQ(linkedin::little_text("a (b) [c] {d} <e> *f* _g_ ~h~ i|j k\\l"),
            R"(a \(b\) \[c\] \{d\} \<e\> \*f\* \_g\_ \~h\~ i\|j k\\l)");
  EXPECT_EQ(linkedin::little_text("#bells a#b # #1"), R"(#bells a\#b \# #1)");
  EXPECT_EQ(linkedin::little_text("@[Foundry](urn:li:organization:9) @you"),
            R"(@[Foundry](urn:li:organization:9) \@you)");
  EXPECT_EQ(linkedin::little_text("@[x](https://a)"), R"(\@\[x\]\(https://a\))");
}

TEST(LittleText, IsSeenAsItWasTyped) {
  for (const char* typed : {"a (b) #tag {x}", "100 % | <b> \\ end", "@[ @] ((", "plain", ""})
    EXPECT_EQ(linkedin::seen_of(linkedin::little_text(typed)), typed);
  EXPECT_EQ(linkedin::seen_of(R"({hashtag|\#|bells} @[Foundry](urn:li:organization:9))"), "#bells Foundry");
}

TEST(CheckLinkedin, CountsWhatMustBeEscaped) {
  Draft draft("linkedin");
  draft.part().text = std::string(2998, 'a') + "(";
  EXPECT_EQ(draft.blockers(), Ids{});
  draft.part().text += "(";
  EXPECT_EQ(draft.blockers(), Ids{"text_too_long"});
}

TEST(CheckLinkedin, MediaPollsAndComments) {
  Draft small("linkedin");
  small.add("video/mp4", 1000);
  EXPECT_EQ(small.blockers(), Ids{"media_too_small"});
  Draft paper("linkedin");
  paper.add("application/pdf");
  paper.add("application/pdf");
  EXPECT_EQ(paper.blockers(), Ids{"too_many_media"});
  Draft poll("linkedin");
  poll.part().poll = Poll{{"Big", "Small"}};
  EXPECT_EQ(poll.blockers(), Ids{"poll_question"});
  poll.part().text = std::string(141, 'q') + "\nmore";
  EXPECT_EQ(poll.blockers(), Ids{"poll_question"});
  poll.part().text = "Which?\n" + std::string(200, 'q');
  EXPECT_EQ(poll.blockers(), Ids{});
  Draft said("linkedin");
  said.part().text = "Hello";
  said.follow_with_comment(std::string(1251, 'a'));
  EXPECT_EQ(said.blockers(), Ids{});
  EXPECT_EQ(said.blockers(1), Ids{"text_too_long"});
}

TEST(CheckLinkedin, AnOrganisationHasNoConnections) {
  Draft draft("linkedin");
  draft.part().text = "Hello";
  draft.content.options["linkedin_visibility"] = "CONNECTIONS";
  draft.account.external_id = "urn:li:person:abc";
  EXPECT_EQ(draft.blockers(), Ids{});
  draft.account.external_id = "urn:li:organization:7";
  EXPECT_EQ(draft.blockers(), Ids{"visibility"});
}

TEST(CheckThreads, AnEmojiCountsItsBytes) {
  Draft draft("threads");
  draft.part().text = std::string(496, 'a') + "🔔";
  EXPECT_EQ(draft.blockers(), Ids{});
  draft.part().text += "a";
  EXPECT_EQ(draft.blockers(), Ids{"text_too_long"});
  draft.part().text = std::string(250, 'a');
  for (int i = 0; i < 250; ++i) draft.part().text += "ß";
  EXPECT_EQ(draft.blockers(), Ids{}) << "letters count one";
}

TEST(CheckThreads, TopicsAndPolls) {
  Draft draft("threads");
  draft.part().text = "Hello";
  draft.content.options["threads_topic"] = "a.b";
  EXPECT_EQ(draft.blockers(), Ids{"topic_invalid"});
  draft.content.options["threads_topic"] = "Bells";
  draft.part().poll = Poll{{"Big", "Small"}, 48h};
  EXPECT_EQ(draft.blockers(), Ids{"poll_open"});
}

TEST(CheckInstagram, NeedsAPictureAndItMustBeJpeg) {
  Draft draft("instagram");
  EXPECT_EQ(draft.blockers(), (Ids{"empty", "media_missing"}));
  draft.part().text = "Hello";
  EXPECT_EQ(draft.blockers(), Ids{"media_missing"});
  draft.add("image/png");
  EXPECT_EQ(draft.blockers(), Ids{"media_type"});
  Draft jpeg("instagram");
  jpeg.add("image/jpeg");
  EXPECT_EQ(jpeg.blockers(), Ids{});
}

TEST(CheckInstagram, RatiosReelsAndStories) {
  Draft wide("instagram");
  wide.add("image/jpeg", 1000, 2000, 800);
  EXPECT_EQ(wide.blockers(), Ids{"media_ratio"});
  wide.content.options["instagram_as"] = "story";
  EXPECT_EQ(wide.blockers(), Ids{});
  Draft reel("instagram");
  reel.add("image/jpeg");
  reel.content.options["instagram_as"] = "reel";
  EXPECT_EQ(reel.blockers(), Ids{"reel_needs_video"});
  Draft story("instagram");
  story.add("video/mp4").duration = 61s;
  EXPECT_EQ(story.blockers(), Ids{});
  story.content.options["instagram_as"] = "story";
  EXPECT_EQ(story.blockers(), Ids{"media_duration"});
  story.media[0].duration = 20s;
  story.follow_with_comment();
  EXPECT_EQ(story.blockers(), Ids{"comment_not_available"});
}

TEST(CheckInstagram, HashtagsAndMentionsHaveTheirLimits) {
  Draft draft("instagram");
  draft.add("image/jpeg");
  for (int i = 0; i < 30; ++i) draft.part().text += "#t" + std::to_string(i) + " ";
  for (int i = 0; i < 20; ++i) draft.part().text += "@p" + std::to_string(i) + " ";
  draft.part().text += "mail@shop.example a#b";
  EXPECT_EQ(draft.blockers(), Ids{});
  draft.part().text += " #more @more";
  EXPECT_EQ(draft.blockers(), (Ids{"too_many_hashtags", "too_many_mentions"}));
}

TEST(CheckFacebook, ReelsAndStories) {
  Draft reel("facebook");
  reel.part().text = "Hello";
  reel.content.options["facebook_as"] = "reel";
  EXPECT_EQ(reel.blockers(), Ids{"reel_needs_video"});
  reel.add("video/mp4").duration = 91s;
  reel.media[0].width = 1080, reel.media[0].height = 1920;
  EXPECT_EQ(reel.blockers(), Ids{"media_duration"});
  reel.media[0].duration = 90s;
  EXPECT_EQ(reel.blockers(), Ids{});
  reel.media[0].width = 1080, reel.media[0].height = 1080;
  EXPECT_EQ(reel.blockers(), Ids{"media_ratio"});
  Draft story("facebook");
  story.content.options["facebook_as"] = "story";
  story.add("image/jpeg");
  EXPECT_EQ(story.blockers(), Ids{});
  story.add("image/jpeg");
  EXPECT_EQ(story.blockers(), Ids{"story_single"});
}

TEST(CheckTiktok, PhotosHaveATitleACoverAndALongText) {
  Draft draft("tiktok");
  draft.part().text = std::string(4000, 'a');
  draft.add("image/jpeg");
  draft.add("image/webp");
  EXPECT_EQ(draft.blockers(), Ids{});
  draft.part().text += "b";
  draft.content.options["tiktok_title"] = std::string(91, 'a');
  draft.content.options["tiktok_cover"] = "3";
  EXPECT_EQ(draft.blockers(), (Ids{"text_too_long", "title_too_long", "cover_unknown"}));
  draft.content.options = {{"tiktok_cover", "2"}};
  draft.part().text = "Bells";
  draft.add("image/jpeg", 200'000, 2000, 1500);
  EXPECT_EQ(draft.blockers(), Ids{"media_dimensions"});
  draft.media.back() = {.mime = "image/png", .bytes = 1000, .width = 800, .height = 800};
  EXPECT_EQ(draft.blockers(), Ids{"media_type"});
  draft.media.back() = {.mime = "video/mp4", .bytes = 200'000, .width = 720, .height = 1280, .duration = 12s};
  EXPECT_EQ(draft.blockers(), Ids{"media_mixed"});
}

TEST(CheckX, AnArticleHasPicturesAndNothingElse) {
  Draft draft("x");
  draft.part().text = "First the clay.";
  draft.content.options = {{"x_as", "article"}, {"x_title", "How a bell is cast"}};
  for (int i = 0; i < 20; ++i) draft.add("image/png");
  EXPECT_EQ(draft.blockers(), Ids{}) << "more than a post takes";
  draft.add("image/png");
  EXPECT_EQ(draft.blockers(), Ids{"too_many_media"});
  draft.media.resize(1);
  draft.media[0].bytes = 6 << 20;
  EXPECT_EQ(draft.blockers(), Ids{"media_too_big"});
  draft.media[0] = {.mime = "image/gif", .bytes = 1000, .width = 80, .height = 80};
  EXPECT_EQ(draft.blockers(), Ids{"article_media"});
}

TEST(CheckWhatsapp, TakesNoPosts) {
  Draft draft("whatsapp");
  draft.part().text = "Hello";
  EXPECT_EQ(draft.blockers(), Ids{"no_posts"});
}

}  // namespace
}  // namespace carillon::channels
