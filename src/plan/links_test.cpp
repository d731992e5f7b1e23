#include "plan/links.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "wire/url.h"

namespace carillon::plan {
namespace {

const Utm spring{.source = "mastodon", .medium = "social", .campaign = "spring sale"};

std::string with(const std::string& url) {
  return marked(url, spring, {"github.com"});
}

wire::Fields query_of(const std::string& url) {
  const std::string whole = url.substr(0, url.find('#'));
  const size_t mark = whole.find('?');
  return mark == std::string::npos ? wire::Fields{} : wire::parse_form(whole.substr(mark + 1));
}

std::string rough_url(SeededRandom& dice) {
  constexpr std::string_view parts[] = {"",     "/",           "/a/b",          "?",
                                        "?a=1", "?a=1&b=%20x", "?utm_source=x", "?UTM_Medium=y",
                                        "#top", "#?x=1",       "?q=a+b#top",    "/x?#"};
  std::string url = dice.below(2) == 0 ? "https://shop.example" : "http://www.shop.example:8080";
  return url.append(parts[dice.below(std::size(parts))]);
}

TEST(Links, AreMarkedBehindWhatTheyHave) {
  EXPECT_EQ(with("https://shop.example/tarts"),
            "https://shop.example/tarts?utm_source=mastodon&utm_medium=social&utm_campaign=spring%20sale");
  EXPECT_EQ(
      with("https://shop.example/?id=7#menu"),
      "https://shop.example/?id=7&utm_source=mastodon&utm_medium=social&utm_campaign=spring%20sale#menu");
}

TEST(Links, KeepAMarkThatIsThere) {
  EXPECT_EQ(with("https://shop.example/?utm_source=poster&UTM_CAMPAIGN=x"),
            "https://shop.example/?utm_source=poster&UTM_CAMPAIGN=x&utm_medium=social");
}

TEST(Links, OfExcludedHostsStayAsTheyAre) {
  EXPECT_EQ(with("https://github.com/x"), "https://github.com/x");
  EXPECT_EQ(with("https://gist.GitHub.com/x"), "https://gist.GitHub.com/x");
  EXPECT_NE(with("https://notgithub.com/x"), "https://notgithub.com/x");
}

TEST(Links, ThatAreNoneStayAsTheyAre) {
  for (const char* text : {"", "shop.example", "mailto:a@shop.example", "{{unknown}}", "https://"})
    EXPECT_EQ(with(text), text);
  EXPECT_EQ(marked("https://shop.example/", {.off = true, .source = "x"}, {}), "https://shop.example/");
  EXPECT_EQ(marked("https://shop.example/", {}, {}), "https://shop.example/");
}

TEST(Links, MarkedTwiceAreMarkedOnce) {
  SeededRandom dice(3);
  for (int i = 0; i < 5'000; ++i) {
    const std::string url = rough_url(dice);
    EXPECT_EQ(with(with(url)), with(url)) << url;
  }
}

TEST(Links, CanBeReadBack) {
  SeededRandom dice(4);
  for (int i = 0; i < 5'000; ++i) {
    const std::string url = rough_url(dice), marks = with(url);
    ASSERT_TRUE(wire::parse_url(marks)) << marks;
    const wire::Fields before = query_of(url), after = query_of(marks);
    ASSERT_GE(after.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin())) << url << " became " << marks;
    EXPECT_EQ(marks.substr(std::min(marks.find('#'), marks.size())),
              url.substr(std::min(url.find('#'), url.size())));
    for (const char* name : {"utm_source", "utm_medium", "utm_campaign"}) {
      const auto count = std::ranges::count_if(after, [&](const auto& field) {
        return field.first.size() == std::string_view(name).size() &&
               std::ranges::equal(field.first, std::string_view(name),
                                  [](char a, char b) { return std::tolower(a) == std::tolower(b); });
      });
      EXPECT_EQ(count, 1) << name << " in " << marks;
    }
  }
}

std::string bracketed(std::string_view text) {
  return change_links(text, [](const std::string& url) { return "[" + url + "]"; });
}

TEST(Links, AreFoundInTexts) {
  EXPECT_EQ(bracketed("See https://a.example/x, or (http://b.example)."),
            "See [https://a.example/x], or ([http://b.example]).");
  EXPECT_EQ(bracketed("https://en.example/Tart_(food)"), "[https://en.example/Tart_(food)]");
  EXPECT_EQ(bracketed("HTTPS://A.example!"), "[HTTPS://A.example]!");
  EXPECT_EQ(bracketed("no link: xhttps://a.example, ftp://a, https://"),
            "no link: xhttps://a.example, ftp://a, https://");
  EXPECT_EQ(bracketed("https://a.example/\nhttps://b.example/"),
            "[https://a.example/]\n[https://b.example/]");
}

TEST(Links, WhoseEndNobodyKnowsAreLeftAlone) {
  EXPECT_EQ(bracketed("https://a.example/蛋糕 x"), "https://a.example/蛋糕 x");
}

TEST(Links, ATextWithoutAnyIsTheSameText) {
  EXPECT_FALSE(has_links("Just words."));
  EXPECT_TRUE(has_links("Words https://a.example"));
  EXPECT_EQ(bracketed("Just words."), "Just words.");
}

}  // namespace
}  // namespace carillon::plan
