#include "plan/feed_file.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/text.h"
#include "plan/variables.h"

namespace carillon::plan {
namespace {

FeedFile read(const std::string& text) {
  auto feed = parse_feed(text, "https://bells.example/blog/feed.xml");
  EXPECT_TRUE(feed) << (feed ? "" : feed.error().text);
  return feed ? *feed : FeedFile{};
}

const std::string rss = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Bells &amp; more</title><link>https://bells.example/</link>
<item><media:title>Not this</media:title><title>One &lt;b&gt;bold&lt;/b&gt; thing</title><link>/blog/1</link><guid isPermaLink="false">tag-1</guid>
<description><![CDATA[<p>First&nbsp;line</p><script>alert(1)</script><!-- no --><p>second &#8212; &auml;</p>]]></description></item>
<item><title>Two</title><guid>https://bells.example/2</guid><content:encoded>Full</content:encoded></item>
</channel></rss>)";

TEST(FeedFiles, OfRssGiveTheirItems) {
  const FeedFile feed = read(rss);
  EXPECT_EQ(feed.title, "Bells & more");
  ASSERT_EQ(feed.items.size(), 2U);
  EXPECT_EQ(feed.items[0].title, "One bold thing");
  EXPECT_EQ(feed.items[0].link, "https://bells.example/blog/1");
  EXPECT_EQ(feed.items[0].summary, "First line second — ä");
  EXPECT_EQ(feed.items[1].link, "https://bells.example/2");
  EXPECT_EQ(feed.items[1].summary, "Full");
  EXPECT_NE(feed.items[0].name, feed.items[1].name);
  EXPECT_EQ(feed.items[0].name, read(rss).items[0].name);
}

TEST(FeedFiles, OfAtomGiveTheirItems) {
  const FeedFile feed = read(R"x(<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Bells</title>
<link rel="self" href="https://bells.example/feed"/>
<entry><title type="html">A &amp;amp; B</title><id>urn:1</id><link rel="self" href="/x"/><link rel="enclosure" href="/a.mp3"/>
<link rel="alternate" href="post/1"/><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Some <b>text</b></div></summary></entry>
<entry><title>No link</title><id>urn:2</id><link href="javascript:alert(1)"/></entry></feed>)x");
  ASSERT_EQ(feed.items.size(), 2U);
  EXPECT_EQ(feed.items[0].title, "A & B");
  EXPECT_EQ(feed.items[0].link, "https://bells.example/blog/post/1");
  EXPECT_EQ(feed.items[0].summary, "Some text");
  EXPECT_EQ(feed.items[1].link, "");
}

TEST(FeedFiles, OfOldKindsAndOtherEncodingsAreRead) {
  const FeedFile rdf = read(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://b.example"><title>Old</title></channel>
<item rdf:about="https://b.example/1"><title>One</title><link>https://b.example/1</link></item></rdf:RDF>)");
  EXPECT_EQ(rdf.title, "Old");
  ASSERT_EQ(rdf.items.size(), 1U);
  EXPECT_EQ(
      read("<rss version=\"0.91\"><channel><title>x</title><item><title>a</title></item></channel></rss>")
          .items.size(),
      1U);
  const FeedFile latin = read(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><title>Caf\xe9</title></channel></rss>");
  EXPECT_EQ(latin.title, "Café");
  std::string wide("\xff\xfe", 2);
  for (const char c : std::string("<rss><channel><title>Wide</title></channel></rss>"))
    wide += c, wide += '\0';
  EXPECT_EQ(read(wide).title, "Wide");
}

TEST(FeedFiles, AreReadInTheEncodingThatTheyOrTheirServerName) {
  const std::string body =
      "<rss><channel><title>x</title><item><title>Fr\xfchling \x96</title></item></channel></rss>";
  const FeedFile declared = read("<?xml version='1.0' encoding='windows-1252'?>" + body);
  ASSERT_EQ(declared.items.size(), 1U);
  EXPECT_EQ(declared.items[0].title, "Frühling –");
  const auto served = parse_feed(body, "https://a.example/", "windows-1252");
  ASSERT_TRUE(served);
  EXPECT_EQ(served->items[0].title, "Frühling –");
  const auto misnamed =
      parse_feed("<?xml version='1.0' encoding='windows-1252'?>" + body, "https://a.example/", "utf-8");
  ASSERT_TRUE(misnamed);
  EXPECT_EQ(misnamed->items[0].title, "Frühling –");
  EXPECT_EQ(
      read("<?xml version='1.0' encoding='windows-1252'?><rss><channel><title>ü</title></channel></rss>")
          .title,
      "ü")
      << "what is UTF-8 is UTF-8";
}

TEST(FeedFiles, InNoKnownEncodingAreRefusedRatherThanReadWithGaps) {
  const std::string body =
      "<rss><channel><item><title>Fr\xfchling</title><link>https://a.example/1</link></item></channel></rss>";
  const auto none = parse_feed(body, "https://a.example/");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text.find("names no other"), std::string::npos);
  const auto wrong = parse_feed("<?xml version='1.0' encoding='UTF-8'?>" + body, "https://a.example/");
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text.find("says that it is written in UTF-8"), std::string::npos);
}

TEST(FeedFiles, ThatAreNoneSayWhatTheyAre) {
  const auto told = [](const std::string& text) {
    const auto feed = parse_feed(text, "https://a.example/");
    return feed ? std::string() : feed.error().text;
  };
  EXPECT_NE(told("<!DOCTYPE html><html><body>Hi<br></body></html>").find("web page"), std::string::npos);
  EXPECT_NE(told("<html/>").find("web page"), std::string::npos);
  EXPECT_NE(told("<opml/>").find("<opml>"), std::string::npos);
  EXPECT_NE(told("{\"version\": 1}").find("no XML"), std::string::npos);
  EXPECT_NE(told("").find("no XML"), std::string::npos);
  EXPECT_NE(told("<rss><channel>").find("no XML"), std::string::npos);
  EXPECT_NE(told("<rss>" + std::string(largest_feed, ' ') + "</rss>").find("bytes"), std::string::npos);
}

TEST(FeedFiles, FollowNoEntitiesAndFallOverNothing) {
  const FeedFile bomb = read(
      R"(<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<rss><channel><title>&b;&f;</title></channel></rss>)");
  EXPECT_LT(bomb.title.size(), 30U);
  EXPECT_EQ(bomb.title.find("root"), std::string::npos);
  std::string deep = "<rss><channel><item><title>x</title><description>";
  for (int i = 0; i < 50'000; ++i) deep += "<a>";
  for (int i = 0; i < 50'000; ++i) deep += "</a>";
  EXPECT_EQ(read(deep + "</description></item></channel></rss>").items.size(), 1U);
  std::string many = "<rss><channel>";
  for (int i = 0; i < 2'000; ++i) many += "<item><title>" + std::to_string(i) + "</title></item>";
  EXPECT_EQ(read(many + "</channel></rss>").items.size(), most_items);
}

TEST(FeedFiles, WhateverBytesComeTheTextIsText) {
  SeededRandom dice{9};
  const std::string odd = "<>&;/\"'=![]-?\x80\xff\xc3 a{";
  for (int i = 0; i < 3'000; ++i) {
    std::string text = rss;
    for (uint64_t k = 1 + dice.below(5); k > 0; --k) {
      const size_t at = dice.below(text.size());
      if (dice.below(3) == 0)
        text.erase(at, 1 + dice.below(10));
      else
        text.insert(at, 1, odd[dice.below(odd.size())]);
    }
    const auto feed = parse_feed(text, "https://bells.example/");
    if (!feed) continue;
    for (const FeedItem& item : feed->items) {
      EXPECT_TRUE(is_utf8(item.title) && is_utf8(item.summary) && is_utf8(item.link));
      EXPECT_EQ(item.name.size(), 32U);
    }
  }
}

TEST(FeedTexts, AreMadeFromATemplate) {
  const FeedItem item{.title = "Plum {{link}}", .link = "https://a.example/1", .summary = "S"};
  EXPECT_EQ(fill_template("{{title}}\n\n{{ link }} ({{feed}})", item, "Bells"),
            "Plum \\{{link}}\n\nhttps://a.example/1 (Bells)");
  EXPECT_EQ(fill_template("{{title", item, ""), "{{title");
  const std::vector<Variable> own = {{.name = "hours", .text = "9 to 5", .own = {}}};
  EXPECT_EQ(unknown_word("{{title}} {{tilte}}", own), "tilte");
  EXPECT_EQ(unknown_word("{{hours}}", {}), "hours");
  EXPECT_FALSE(unknown_word("{{title}} {{ summary }} {x} {{hours}} {{weekday:de}}", own));
  EXPECT_EQ(plain_text("a < b &amp; c &nosuch; &#0; &#x1F514;"), "a < b & c &nosuch; &#0; 🔔");
}

TEST(FeedTexts, KeepVariablesOfTheTemplateAndNeverTakeThoseOfTheFeed) {
  const FeedItem item{.title = "About {{hours}}", .link = "https://a.example/{{hours}}"};
  const ContentPart said = said_of("{{title}}: {{hours}}", item, "");
  EXPECT_EQ(said.text, "About \\{{hours}}: {{hours}}");
  const Lookup hours = [](std::string_view) { return "9 to 5"; };
  EXPECT_EQ(expand(said.text, hours).text, "About {{hours}}: 9 to 5");
  EXPECT_EQ(expand(said.link, hours).text, item.link);
  EXPECT_EQ(said_of("{{title}} {{link}}", item, "").link, "");
}

}  // namespace
}  // namespace carillon::plan
