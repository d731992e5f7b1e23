#include <gtest/gtest.h>

#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

std::string markdown(std::string_view text) {
  return stray_sign(text, "MarkdownV2");
}
std::string html(std::string_view text) {
  return stray_sign(text, "HTML");
}

TEST(TelegramMarkup, FindsTheSignThatStandsAlone) {
  EXPECT_EQ(markdown("Open now."), ".");
  EXPECT_EQ(markdown(R"(Open now\. Come\!)"), "");
  EXPECT_EQ(markdown("2026-12-01"), "-");
  EXPECT_EQ(markdown(R"(https://shop\.example/a?b=c)"), "=");
  EXPECT_EQ(markdown("a | b"), "|");
  EXPECT_EQ(markdown("a > b"), ">");
  EXPECT_EQ(markdown("`never closed"), "`");
  EXPECT_EQ(markdown("[text](https://shop.example"), "]");
}

TEST(TelegramMarkup, LetsMarksBe) {
  EXPECT_EQ(markdown("*bold* _it_ ~gone~ ||hidden||\n>said\n**>said at length||"), "");
  EXPECT_EQ(markdown("`a.b-c` ```cpp\na = b;\n``` [here](https://shop.example/a?b=c#d)"), "");
  EXPECT_EQ(markdown("![👍](tg://emoji?id=5368324170671202286)"), "");
  EXPECT_EQ(stray_sign("Plain. Words! 3 < 5", ""), "");
}

TEST(TelegramMarkup, KnowsTheTagsOfTelegram) {
  EXPECT_EQ(html("<b>Open</b> <a href=\"https://a.b/?c&d\">now</a>. <tg-spoiler>3 &lt; 5</tg-spoiler>"), "");
  EXPECT_EQ(html("3 < 5"), "<");
  EXPECT_EQ(html("<p>Open</p>"), "<p");
  EXPECT_EQ(html("<b"), "<b");
}

TEST(TelegramMarkup, IsABlockerBeforeItIsSent) {
  Content content{{{.text = "Open now.", .link = "https://shop.example/a"}}, {{"parse_mode", "MarkdownV2"}}};
  const auto ids = [&] {
    std::vector<std::string> found;
    for (const auto& each : channel.check({}, content.parts[0], 0, content, {}).findings)
      if (each.severity == Severity::blocker) found.push_back(each.id + " " + each.fix);
    return found;
  };
  EXPECT_EQ(ids(), std::vector<std::string>{
                       "markup_broken Write \\. where you mean the sign, or send it without markup."});
  content.parts[0].text = R"(Open now\.)";
  EXPECT_TRUE(ids().empty());
}

}  // namespace
}  // namespace carillon::channels::telegram
