#include "wire/url.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon::wire {
namespace {

struct Example {
  const char *text, *scheme, *host, *port, *path, *query;
};

TEST(Url, IsReadIntoItsParts) {
  const Example examples[] = {
      {"https://api.x.com/2/tweets", "https", "api.x.com", "", "/2/tweets", ""},
      {"http://127.0.0.1:8071/x?a=b&c=d", "http", "127.0.0.1", "8071", "/x", "a=b&c=d"},
      {"HTTPS://Example.COM", "https", "example.com", "", "/", ""},
      {"https://example.com:443/", "https", "example.com", "", "/", ""},
      {"http://example.com:80", "http", "example.com", "", "/", ""},
      {"http://example.com:443", "http", "example.com", "443", "/", ""},
      {"https://example.com:", "https", "example.com", "", "/", ""},
      {"https://example.com?q=1", "https", "example.com", "", "/", "q=1"},
      {"https://example.com/?", "https", "example.com", "", "/", ""},
      {"https://example.com/a#part?no", "https", "example.com", "", "/a", ""},
      {"https://example.com#@evil.example", "https", "example.com", "", "/", ""},
      {"https://example.com/a?b=c?d/e@f:g", "https", "example.com", "", "/a", "b=c?d/e@f:g"},
      {"http://[::1]:8080/x", "http", "[::1]", "8080", "/x", ""},
      {"http://[2001:DB8::1]", "http", "[2001:db8::1]", "", "/", ""},
      {"https://api.telegram.org/bot{token}/sendMessage", "https", "api.telegram.org", "",
       "/bot{token}/sendMessage", ""},
      {"https://example.com/k\u00e4se?q=\u20ac", "https", "example.com", "", "/k%C3%A4se", "q=%E2%82%AC"},
      {"https://example.com/a%20b", "https", "example.com", "", "/a%20b", ""},
  };
  for (const Example& e : examples) {
    const auto url = parse_url(e.text);
    ASSERT_TRUE(url) << e.text << ": " << url.error().text;
    EXPECT_EQ(url->scheme, e.scheme) << e.text;
    EXPECT_EQ(url->host, e.host) << e.text;
    EXPECT_EQ(url->port, e.port) << e.text;
    EXPECT_EQ(url->path, e.path) << e.text;
    EXPECT_EQ(url->query, e.query) << e.text;
  }
}

TEST(Url, RefusesWhatIsNoWebAddressOrWouldBeReadInTwoWays) {
  for (const char* text : {"",
                           "example.com",
                           "/path",
                           "//example.com",
                           "ftp://example.com",
                           "javascript://x",
                           "https:/example.com",
                           "https://",
                           "https:///a",
                           "https://?q",
                           "https://:443/",
                           "https://user@example.com",
                           "https://user:pass@example.com/",
                           "https://example.com:0/",
                           "https://example.com:65536/",
                           "https://example.com:8a/",
                           "https://example.com:-1/",
                           "https://exa mple.com/",
                           "https://example.com/a b",
                           "https://example.com/a\nb",
                           "https://example.com/\r\nHost: x",
                           "https://example.com\\@evil.example/",
                           "https://example.com/<x>",
                           "https://example.com/%",
                           "https://example.com/%4",
                           "https://example.com/%zz",
                           "https://ex%61mple.com/",
                           "https://k\u00e4se.example/",
                           "https://example.com/\xff",
                           "https://[::1",
                           "https://[]/",
                           "https://[::1]x/",
                           "https://::1/",
                           "https://[g::1]/",
                           "https://..com/",
                           "https://.example.com/",
                           " https://example.com",
                           "https://example.com\x7f"}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().kind, FaultKind::invalid);
    EXPECT_EQ(url.error().code, "bad_url");
    EXPECT_FALSE(url.error().remedy.empty());
  }
  EXPECT_FALSE(parse_url(std::string_view("https://example.com/\0", 21)));
}

TEST(Url, OriginHasThePortOnlyWhenItMatters) {
  EXPECT_EQ(parse_url("https://Example.com:443/a?b")->origin(), "https://example.com");
  EXPECT_EQ(parse_url("http://127.0.0.1:8071/x")->origin(), "http://127.0.0.1:8071");
  EXPECT_EQ(parse_url("http://[::1]:1/")->origin(), "http://[::1]:1");
}

TEST(Percent, EncodesEverythingButUnreservedCharacters) {
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode(" +&=/?#%\"!'()*"), "%20%2B%26%3D%2F%3F%23%25%22%21%27%28%29%2A");
  EXPECT_EQ(percent_encode("\u20ac\n"), "%E2%82%AC%0A");
}

TEST(Percent, DecodesBothCasesAndRefusesBrokenEscapes) {
  EXPECT_EQ(percent_decode("a%2fb%2Fc+d"), "a/b/c+d");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
  EXPECT_EQ(percent_decode("%2541"), "%41");
  for (const char* text : {"%", "a%", "%4", "%4g", "%g4", "% 41", "%+1", "%%41"})
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
}

std::string random_bytes(Random& random, size_t most) {
  std::string bytes(random.below(most + 1), '\0');
  random.fill({reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

TEST(Form, EverythingComesBack) {
  SeededRandom random(21);
  for (int round = 0; round < 1000; ++round) {
    const std::string bytes = random_bytes(random, 40);
    ASSERT_EQ(percent_decode(percent_encode(bytes)), bytes);
    Fields fields;
    for (uint64_t i = random.below(5); i > 0; --i)
      fields.emplace_back(random_bytes(random, 8), random_bytes(random, 20));
    ASSERT_EQ(parse_form(encode_form(fields)), fields);
  }
}

TEST(Form, IsWrittenInOrderWithRepeats) {
  EXPECT_EQ(encode_form({{"a", "1 2"}, {"b&", "=\u00e4"}, {"a", ""}}), "a=1%202&b%26=%3D%C3%A4&a=");
  EXPECT_EQ(encode_form({}), "");
}

TEST(Form, IsReadAsBrowsersWriteIt) {
  const Fields expected = {{"a", "1 2"},  {"b c", "+"}, {"d", ""},   {"e", "x=y"},
                           {"f", "100%"}, {"", "g"},    {"a", "%zz"}};
  EXPECT_EQ(parse_form("a=1+2&&b+c=%2B&d&e=x=y&f=100%&=g&a=%zz&"), expected);
  EXPECT_EQ(parse_form(""), Fields{});
}

TEST(Form, FieldIsTheFirstOfItsName) {
  const Fields fields = {{"a", "1"}, {"b", ""}, {"a", "2"}};
  EXPECT_EQ(field(fields, "a"), "1");
  EXPECT_EQ(field(fields, "b"), "");
  EXPECT_EQ(field(fields, "A"), std::nullopt);
}

TEST(WithQuery, AppendsWhereTheQueryBelongs) {
  const Fields fields = {{"q", "a b"}};
  EXPECT_EQ(with_query("https://e.com/p", fields), "https://e.com/p?q=a%20b");
  EXPECT_EQ(with_query("https://e.com/p?x=1", fields), "https://e.com/p?x=1&q=a%20b");
  EXPECT_EQ(with_query("https://e.com/p?", fields), "https://e.com/p?q=a%20b");
  EXPECT_EQ(with_query("https://e.com/p#top?", fields), "https://e.com/p?q=a%20b#top?");
  EXPECT_EQ(with_query("https://e.com/p", {}), "https://e.com/p");
}

}  // namespace
}  // namespace carillon::wire
