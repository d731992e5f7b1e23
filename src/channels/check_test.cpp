// What each network's check finds.
#include <gtest/gtest.h>

#include <algorithm>

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
  MediaFacts& add(const std::string& mime, uint64_t bytes = 1000, std::string alt = "seen") {
    MediaFacts facts;
    facts.mime = mime;
    facts.bytes = bytes;
    facts.width = 800, facts.height = 600;
    part().media.push_back({facts.id, std::move(alt)});
    return media.emplace_back(facts);
  }
  CheckReport check() const {
    return shipped().find(network)->channel->check(account, content.parts[0], 0, content, media);
  }
  const Finding* find(const std::string& id) {
    report = check();
    const auto at = std::find_if(report.findings.begin(), report.findings.end(),
                                 [&](const Finding& f) { return f.id == id; });
    return at == report.findings.end() ? nullptr : &*at;
  }
  bool blocked_by(const std::string& id) {
    const Finding* finding = find(id);
    return finding != nullptr && finding->severity == Severity::blocker && !finding->text.empty() &&
           !finding->fix.empty();
  }
  CheckReport report;
};

constexpr const char* networks[] = {"x", "facebook", "mastodon", "telegram"};

TEST(Check, AShortTextIsFineEverywhere) {
  for (const char* network : networks) {
    Draft draft(network);
    draft.part().text = "Hello";
    const auto report = draft.check();
    EXPECT_TRUE(report.findings.empty()) << network;
    EXPECT_EQ(report.counted, 5U) << network;
    EXPECT_FALSE(report.unit.empty());
  }
}

TEST(Check, NothingAtAllIsEmpty) {
  for (const char* network : networks) EXPECT_TRUE(Draft(network).blocked_by("empty")) << network;
}

TEST(Check, TheLimitItselfIsAllowedAndOneMoreIsNot) {
  const std::pair<const char*, size_t> limits[] = {
      {"x", 280}, {"facebook", 63'206}, {"mastodon", 500}, {"telegram", 4096}};
  for (const auto& [network, limit] : limits) {
    Draft draft(network);
    draft.part().text = std::string(limit, 'a');
    EXPECT_EQ(draft.find("text_too_long"), nullptr) << network;
    EXPECT_EQ(draft.report.limit, limit);
    draft.part().text += "a";
    EXPECT_TRUE(draft.blocked_by("text_too_long")) << network;
    EXPECT_EQ(draft.find("text_too_long")->field, "parts[0].text");
  }
}

TEST(Check, TheLinkCountsWhereItIsAppended) {
  Draft x("x");
  x.part().text = "Hi";
  x.part().link = "https://example.com/" + std::string(200, 'a');
  EXPECT_EQ(x.check().counted, 2U + 1U + 23U);
  EXPECT_NE(x.find("link_appended"), nullptr);
  Draft page("facebook");
  page.part() = x.part();
  EXPECT_EQ(page.check().counted, 2U);
  EXPECT_EQ(page.find("link_appended"), nullptr);
  page.add("image/png");
  EXPECT_NE(page.find("link_appended"), nullptr) << "beside a photo there is no card";
}

TEST(Check, ALinkThatIsInTheTextTooIsTold) {
  for (const char* network : networks) {
    Draft draft(network);
    draft.part().link = "https://example.com/";
    draft.part().text = "See https://example.com/ now";
    ASSERT_NE(draft.find("link_in_both"), nullptr) << network;
    EXPECT_EQ(draft.find("link_in_both")->severity, Severity::info);
  }
}

TEST(Check, MastodonCountsCharactersAsPeopleSeeThemAndUrlsAsTwentyThree) {
  Draft draft("mastodon");
  draft.part().text = "👨‍👩‍👧‍👦 e\u0301";
  EXPECT_EQ(draft.check().counted, 3U);
  draft.part().text = "a https://example.com/" + std::string(100, 'x') + ".";
  EXPECT_EQ(draft.check().counted, 2U + 23U + 1U);
  draft.part().text = "example.com";
  EXPECT_EQ(draft.check().counted, 11U) << "without a scheme it is no link";
  draft.part().text = "Hi @ann@far.example!";
  EXPECT_EQ(draft.check().counted, 8U);
  draft.part().text = "mail me@far.example";
  EXPECT_EQ(draft.check().counted, 19U);
  draft.part().text = "Hi";
  draft.content.options["spoiler_text"] = "News";
  EXPECT_EQ(draft.check().counted, 6U);
}

TEST(Check, MastodonUsesTheLimitsOfItsServer) {
  Draft draft("mastodon");
  draft.account.facts["instance"] = {
      {"configuration",
       {{"statuses",
         {{"max_characters", 10}, {"characters_reserved_per_url", 5}, {"max_media_attachments", 1}}},
        {"media_attachments",
         {{"image_size_limit", 500}, {"supported_mime_types", {"image/png"}}, {"description_limit", 3}}}}}};
  draft.part().text = "12345 https://a.b";
  EXPECT_TRUE(draft.blocked_by("text_too_long"));
  EXPECT_EQ(draft.report.counted, 11U);
  EXPECT_EQ(draft.report.limit, 10U);
  draft.add("image/png", 501, "long");
  EXPECT_TRUE(draft.blocked_by("media_too_big"));
  EXPECT_TRUE(draft.blocked_by("alt_too_long"));
  draft.add("image/jpeg");
  EXPECT_TRUE(draft.blocked_by("too_many_media"));
  EXPECT_TRUE(draft.blocked_by("media_type"));
}

TEST(Check, TelegramCountsUtf16AfterTheMarkupIsAway) {
  Draft draft("telegram");
  draft.part().text = "😀";
  EXPECT_EQ(draft.check().counted, 2U);
  draft.part().text = "<b>a&amp;b</b>";
  EXPECT_EQ(draft.check().counted, 14U);
  draft.content.options["parse_mode"] = "HTML";
  EXPECT_EQ(draft.check().counted, 3U);
  draft.content.options["parse_mode"] = "MarkdownV2";
  draft.part().text = "*bold* a\\.b [text](https://example.com)";
  EXPECT_EQ(draft.check().counted, 4U + 1U + 3U + 1U + 4U);
}

TEST(Check, TelegramsCaptionIsShorterThanItsText) {
  Draft draft("telegram");
  draft.part().text = std::string(1025, 'a');
  EXPECT_EQ(draft.find("text_too_long"), nullptr);
  draft.add("image/png");
  EXPECT_TRUE(draft.blocked_by("text_too_long"));
  EXPECT_EQ(draft.report.limit, 1024U);
}

TEST(Check, TelegramsPhotosHaveAShape) {
  Draft draft("telegram");
  MediaFacts& photo = draft.add("image/png");
  photo.width = 6000, photo.height = 4001;
  EXPECT_TRUE(draft.blocked_by("media_dimensions"));
  draft.media[0].height = 4000;
  EXPECT_EQ(draft.find("media_dimensions"), nullptr);
  draft.media[0].width = 2001, draft.media[0].height = 100;
  EXPECT_TRUE(draft.blocked_by("media_dimensions"));
}

TEST(Check, TooManyImagesAreCounted) {
  const std::pair<const char*, int> limits[] = {
      {"x", 4}, {"facebook", 10}, {"mastodon", 4}, {"telegram", 10}};
  for (const auto& [network, limit] : limits) {
    Draft draft(network);
    for (int i = 0; i < limit; ++i) draft.add("image/png");
    EXPECT_EQ(draft.find("too_many_media"), nullptr) << network;
    draft.add("image/png");
    EXPECT_TRUE(draft.blocked_by("too_many_media")) << network;
  }
}

TEST(Check, VideoAndImagesDoNotMixOnXAndMastodon) {
  for (const char* network : {"x", "mastodon"}) {
    Draft draft(network);
    draft.add("image/png");
    draft.add("video/mp4").duration = std::chrono::seconds(10);
    EXPECT_TRUE(draft.blocked_by("media_mixed")) << network;
  }
  Draft telegram("telegram");
  telegram.add("image/png");
  telegram.add("video/mp4");
  EXPECT_EQ(telegram.find("media_mixed"), nullptr) << "albums mix photos and videos";
  telegram.add("image/gif");
  EXPECT_TRUE(telegram.blocked_by("media_mixed")) << "animations stand alone";
}

TEST(Check, FilesOfUnknownTypesAreRefused) {
  for (const char* network : networks) {
    Draft draft(network);
    draft.add("application/zip");
    EXPECT_TRUE(draft.blocked_by("media_type")) << network;
  }
  Draft page("facebook");
  page.add("video/webm");
  EXPECT_TRUE(page.blocked_by("media_type"));
}

TEST(Check, BytesAreMeasuredAgainstTheRule) {
  const std::pair<const char*, uint64_t> limits[] = {
      {"x", 5 << 20}, {"facebook", 10 << 20}, {"mastodon", 16'777'216}, {"telegram", 10 << 20}};
  for (const auto& [network, limit] : limits) {
    Draft draft(network);
    draft.add("image/jpeg", limit);
    EXPECT_EQ(draft.find("media_too_big"), nullptr) << network;
    draft.media[0].bytes = limit + 1;
    EXPECT_TRUE(draft.blocked_by("media_too_big")) << network;
    EXPECT_EQ(draft.find("media_too_big")->field, "parts[0].media[0]");
  }
}

TEST(Check, XsVideosHaveALengthAndItsGifsFrames) {
  Draft draft("x");
  draft.add("video/mp4").duration = std::chrono::minutes(20);
  EXPECT_EQ(draft.find("media_duration"), nullptr);
  draft.media[0].duration += std::chrono::milliseconds(1);
  EXPECT_TRUE(draft.blocked_by("media_duration"));
  draft.media[0].duration = std::chrono::milliseconds(499);
  EXPECT_TRUE(draft.blocked_by("media_duration"));
  Draft gif("x");
  gif.add("image/gif").frames = 351;
  EXPECT_TRUE(gif.blocked_by("media_frames"));
  gif.media[0].width = 1281;
  EXPECT_TRUE(gif.blocked_by("media_dimensions"));
}

TEST(Check, MissingDescriptionsAreAWarning) {
  for (const char* network : {"x", "facebook", "mastodon"}) {
    Draft draft(network);
    draft.add("image/png", 1000, "");
    ASSERT_NE(draft.find("alt_missing"), nullptr) << network;
    EXPECT_EQ(draft.find("alt_missing")->severity, Severity::warning);
    EXPECT_EQ(draft.find("alt_missing")->field, "parts[0].media[0].alt");
  }
  Draft draft("x");
  draft.add("image/png", 1000, std::string(1001, 'a'));
  EXPECT_TRUE(draft.blocked_by("alt_too_long"));
}

TEST(Check, ThreadsAreForXAndMastodon) {
  for (const char* network : networks) {
    Draft draft(network);
    draft.part().text = "One";
    draft.content.parts.push_back({"Two", "", {}});
    const bool thread = shipped().find(network)->channel->traits().thread;
    EXPECT_EQ(draft.blocked_by("thread_not_available"), !thread) << network;
  }
  EXPECT_TRUE(shipped().find("x")->channel->traits().thread);
  EXPECT_FALSE(shipped().find("telegram")->channel->traits().thread);
}

TEST(Check, OptionsAreHeldAgainstTheirList) {
  Draft draft("mastodon");
  draft.part().text = "Hello";
  draft.content.options["visibility"] = "secret";
  EXPECT_TRUE(draft.blocked_by("option_value"));
  EXPECT_EQ(draft.find("option_value")->field, "options.visibility");
  draft.content.options["visibility"] = "private";
  draft.content.options["sensitive"] = true;
  draft.content.options["spoiler_text"] = "News";
  EXPECT_TRUE(draft.check().findings.empty());
  draft.content.options["spoiler_text"] = 7;
  EXPECT_TRUE(draft.blocked_by("option_value"));
  draft.content.options.erase("spoiler_text");
  draft.content.options["colour"] = "red";
  ASSERT_NE(draft.find("option_unknown"), nullptr);
  EXPECT_EQ(draft.find("option_unknown")->severity, Severity::info);
}

TEST(Check, XTakesOneCashtag) {
  Draft draft("x");
  draft.part().text = "$ABC rises";
  EXPECT_FALSE(draft.blocked_by("too_many_cashtags"));
  draft.part().text = "$ABC rises, $DEF falls";
  EXPECT_TRUE(draft.blocked_by("too_many_cashtags"));
}

TEST(Check, XRefusesInvisibleMarks) {
  Draft draft("x");
  draft.part().text = "\uFEFFHello";
  EXPECT_TRUE(draft.blocked_by("characters_refused"));
}

}  // namespace
}  // namespace carillon::channels
