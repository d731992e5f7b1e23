#include "model/content.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/random.h"

namespace carillon {
namespace {

namespace json = boost::json;

constexpr std::string_view id_text_a = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

Result<Content> read(std::string_view text) {
  return content_from_json(json::parse(json::string_view(text.data(), text.size())));
}

Content full() {
  return {.parts = {{.text = "Hello \u20ac",
                     .link = "https://example.com",
                     .media = {{.id = *MediaId::parse(id_text_a), .alt = "A bell"}}},
                    {.text = "and more",
                     .poll = Poll{.options = {"yes", "no"}, .open = std::chrono::hours(2), .multiple = true},
                     .comment = true}},
          .options = {{"mastodon", {{"visibility", "unlisted"}}}}};
}

TEST(Content, IsWrittenWithoutEmptyMembers) {
  EXPECT_EQ(
      json::serialize(to_json(full())),
      R"({"parts":[{"text":"Hello )"
      "\u20ac"
      R"(","link":"https://example.com","media":[{"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","alt":"A bell"}]},)"
      R"({"text":"and more","poll":{"options":["yes","no"],"minutes":120,"multiple":true},"comment":true}],"options":{"mastodon":{"visibility":"unlisted"}}})");
  const Content bare{.parts = {{.media = {{.id = *MediaId::parse(id_text_a)}}}, {}}};
  EXPECT_EQ(json::serialize(to_json(bare)),
            R"({"parts":[{"media":[{"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}]},{}]})");
}

TEST(Content, ComesBackFromItsJson) {
  EXPECT_EQ(content_from_json(to_json(full())), full());
  const Content bare{.parts = {{.text = "x"}}};
  EXPECT_EQ(content_from_json(to_json(bare)), bare);
  EXPECT_EQ(read(R"({"parts":[{"text":"x","link":"","media":[]}],"options":{}})"), bare);
}

struct Refusal {
  const char *json, *code, *field;
};

TEST(Content, RefusalNamesTheField) {
  const Refusal refusals[] = {
      {R"([])", "wrong_type", ""},
      {R"("text")", "wrong_type", ""},
      {R"({})", "missing_field", "parts"},
      {R"({"parts":[]})", "missing_field", "parts"},
      {R"({"parts":null})", "wrong_type", "parts"},
      {R"({"parts":{"text":"x"}})", "wrong_type", "parts"},
      {R"({"parts":[{"text":"x"}],"title":"y"})", "unknown_field", "title"},
      {R"({"parts":[{"poll":{"options":["a",1]}}]})", "wrong_type", "parts[0].poll.options[1]"},
      {R"({"parts":[{"poll":{"options":["a","b"],"minutes":0}}]})", "bad_minutes", "parts[0].poll.minutes"},
      {R"({"parts":[{"poll":{"options":["a","b"],"days":1}}]})", "unknown_field", "parts[0].poll.days"},
      {R"({"parts":[{"text":"x"},{"comment":"yes"}]})", "wrong_type", "parts[1].comment"},
      {R"({"parts":["x"]})", "wrong_type", "parts[0]"},
      {R"({"parts":[{"text":"x"},{"text":5}]})", "wrong_type", "parts[1].text"},
      {R"({"parts":[{"text":null}]})", "wrong_type", "parts[0].text"},
      {R"({"parts":[{"Text":"x"}]})", "unknown_field", "parts[0].Text"},
      {R"({"parts":[{"text":"x","link":["y"]}]})", "wrong_type", "parts[0].link"},
      {R"({"parts":[{"text":"x","media":"y"}]})", "wrong_type", "parts[0].media"},
      {R"({"parts":[{"text":"x","media":[{"alt":"y"}]}]})", "bad_id", "parts[0].media[0].id"},
      {R"({"parts":[{"media":[{"id":"picture.png"}]}]})", "bad_id", "parts[0].media[0].id"},
      {R"({"parts":[{"media":[{"id":7}]}]})", "wrong_type", "parts[0].media[0].id"},
      {R"({"parts":[{"media":[{"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"},{"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","altt":""}]}]})",
       "unknown_field", "parts[0].media[1].altt"},
      {R"({"parts":[{"text":"x"}],"options":[]})", "wrong_type", "options"},
  };
  for (const Refusal& refusal : refusals) {
    const auto content = read(refusal.json);
    ASSERT_FALSE(content) << refusal.json;
    EXPECT_EQ(content.error().kind, FaultKind::invalid);
    EXPECT_EQ(content.error().code, refusal.code) << refusal.json;
    EXPECT_EQ(content.error().field, refusal.field) << refusal.json;
    EXPECT_FALSE(content.error().text.empty());
    EXPECT_FALSE(content.error().remedy.empty());
  }
}

TEST(Content, RefusesTextThatIsNotUtf8) {
  const auto content = content_from_json(json::object{{"parts", {{{"text", "a\xff"}}}}});
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().code, "not_utf8");
  EXPECT_EQ(content.error().field, "parts[0].text");
}

TEST(Fingerprint, DoesNotDependOnTheOrderOfOptions) {
  const auto one = read(R"({"parts":[{"text":"x"}],"options":{"a":{"p":[{"u":1,"v":2}],"q":null},"b":1}})");
  const auto two = read(R"({"options":{"b":1,"a":{"q":null,"p":[{"v":2,"u":1}]}},"parts":[{"text":"x"}]})");
  EXPECT_EQ(*one, *two);
  EXPECT_EQ(fingerprint(*one), fingerprint(*two));
}

TEST(Fingerprint, IsTheHashOfCanonicalJson) {
  // printf '{"options":{"a":1,"b":[2]},"parts":[{"link":"https://example.com","text":"x"}]}' | sha256sum
  const auto content =
      read(R"({"parts":[{"text":"x","link":"https://example.com"}],"options":{"b":[2],"a":1}})");
  EXPECT_EQ(fingerprint(*content), "dc6efe8973a80712cebfed11cb5a8bea22743eec81da5a409ed004cad0347a48");
}

TEST(Fingerprint, ChangesWithEveryPartOfTheContent) {
  const std::string print = fingerprint(full());
  std::vector<Content> others(8, full());
  others[0].parts[0].text += " ";
  others[1].parts[0].link.clear();
  others[2].parts[0].media[0].alt = "Another bell";
  others[3].parts[0].media[0].id.bytes[15] ^= 1;
  others[4].parts.pop_back();
  std::swap(others[5].parts[0], others[5].parts[1]);
  others[6].options.clear();
  others[7].parts[0].media.clear();
  for (size_t i = 0; i < others.size(); ++i) EXPECT_NE(fingerprint(others[i]), print) << i;
  EXPECT_EQ(fingerprint(full()), print);
}

}  // namespace
}  // namespace carillon
