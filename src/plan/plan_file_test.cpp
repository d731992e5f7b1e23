#include "plan/plan_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/random.h"
#include "channels/registry.h"
#include "plan/plan_diff.h"
#include "plan/plan_write.h"

namespace carillon::plan {
namespace {

class PlanFiles : public ::testing::Test {
 protected:
  PlanFiles() {
    shop.id = *AccountId::parse("01900000-0000-7000-8000-000000000001");
    shop.network = "x", shop.name = "Shop", shop.handle = "@shop";
    bakery.id = *AccountId::parse("01900000-0000-7000-8000-000000000002");
    bakery.network = "mastodon", bakery.name = "Bakery", bakery.handle = "@bakery@bells.example";
    accounts = {shop, bakery};
  }
  PlanFile read(const std::string& yaml) {
    return read_plan(yaml, {.accounts = accounts, .zone = "Europe/Berlin", .late = {}, .files = files});
  }
  // The first thing that is wrong, with its place: "3:5 code".
  std::string wrong(const std::string& yaml) {
    const PlanFile file = read(yaml);
    const auto told = [](const PlanTrouble& t) { return fmt::format("{}:{} {}", t.line, t.column, t.code); };
    if (!file.troubles.empty()) return told(file.troubles.front());
    for (const PlanEntry& entry : file.entries)
      if (!entry.troubles.empty()) return told(entry.troubles.front());
    return "";
  }
  Account shop, bakery;
  std::vector<Account> accounts;
  std::map<std::string, MediaId> files;
  const MediaId door = *MediaId::parse("01900000-0000-7000-8000-0000000000aa");
  const std::string head = "plan: spring\nposts:\n";
};

TEST_F(PlanFiles, SayWhatIsPostedByWhomAndWhen) {
  files["pictures/door.jpg"] = *MediaId::parse("01900000-0000-7000-8000-0000000000aa");
  const PlanFile file = read(R"(
plan: spring
zone: America/New_York
defaults: {tags: [spring], late: skip}
posts:
  - key: opening
    title: A note
    text: |
      We open.

      Come in: "all" of you.
    accounts: ["@shop", "mastodon:@bakery@bells.example"]
    at: 2026-11-27 09:30
    link: https://bells.example/a
    media:
      - {file: pictures/door.jpg, alt: The door}
    comment: Tickets at the door
    versions:
      - accounts: x
        text: We open!
        options: {reply: none, n: 3, quiet: true, word: "3"}
    repeat: FREQ=WEEKLY;COUNT=3
  - key: question
    parts:
      - text: What shall we bake?
        poll: {options: [Plum, Apple], open: 3d}
      - text: Tell us why.
    accounts: all
    queue: best
    late: {then: ask, within: 2h}
)");
  ASSERT_TRUE(file.troubles.empty()) << file.troubles.front().text;
  ASSERT_EQ(file.entries.size(), 2U);
  const PlanEntry& one = file.entries[0];
  ASSERT_TRUE(one.troubles.empty()) << one.troubles.front().text;
  EXPECT_EQ(file.name, "spring");
  EXPECT_EQ(one.line, 6);
  ASSERT_EQ(one.post.content.parts.size(), 2U);
  EXPECT_EQ(one.post.content.parts[0].text, "We open.\n\nCome in: \"all\" of you.");
  EXPECT_EQ(one.post.content.parts[0].media.front().alt, "The door");
  EXPECT_TRUE(one.post.content.parts[1].comment);
  ASSERT_EQ(one.post.targets.size(), 2U);
  ASSERT_TRUE(one.post.targets[0].content);
  EXPECT_EQ(one.post.targets[0].content->options.at("n"), 3);
  EXPECT_EQ(one.post.targets[0].content->options.at("word"), "3");
  EXPECT_FALSE(one.post.targets[1].content);
  EXPECT_EQ(to_text(*one.post.due), "2026-11-27T14:30:00Z");
  EXPECT_EQ(one.post.late.then, LatePolicy::Then::skip);
  EXPECT_EQ(one.post.tags, std::vector<std::string>{"spring"});
  EXPECT_EQ(one.repeat, "FREQ=WEEKLY;COUNT=3");
  const PlanEntry& two = file.entries[1];
  EXPECT_TRUE(two.queued && two.best);
  EXPECT_EQ(two.post.content.parts[0].poll->open, 72h);
  EXPECT_EQ(two.post.late.within, 2h);
}

TEST_F(PlanFiles, NameTheCoverOfAVideoAndWhereLinksGo) {
  files["door.jpg"] = door;
  const std::string film = "{file: tour.mp4, cover: {at: 1500ms, file: door.jpg}}";
  const PlanFile file = read(head + "  - key: a\n    accounts: all\n    queue: next\n    media:\n      - " +
                             film + "\n      - {file: door.mp4, cover: 3s}\n    link_in: {x: comment}\n");
  const PlanEntry& entry = file.entries.at(0);
  ASSERT_TRUE(entry.troubles.empty()) << entry.troubles.front().text;
  const auto& media = entry.post.content.parts[0].media;
  EXPECT_EQ(media.at(0).cover, (Cover{1500ms, door}));
  EXPECT_EQ(media.at(1).cover, (Cover{3s, {}}));
  EXPECT_TRUE(entry.awaits_files) << "the films are not here";
  EXPECT_EQ(file.files.size(), 3U);
  EXPECT_EQ(entry.post.targets[0].link, LinkPlace::comment);
  EXPECT_EQ(entry.post.targets[1].link, LinkPlace::usual);
}

// The first example in YAML of the page about planning.
std::string documented() {
  std::ifstream in(std::filesystem::path(SOURCE_DIR) / "docs" / "planning.md", std::ios::binary);
  const std::string page(std::istreambuf_iterator<char>(in), {});
  const size_t begin = page.find("```yaml\n") + 8;
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST_F(PlanFiles, OfTheDocumentationSayNothingThatNobodyKnows) {
  const PlanFile file = read(documented());
  ASSERT_TRUE(file.troubles.empty()) << file.troubles.front().text;
  ASSERT_EQ(file.entries.size(), 2U);
  size_t options = 0;
  for (const PlanEntry& entry : file.entries) {
    EXPECT_TRUE(entry.troubles.empty()) << entry.troubles.front().text;
    for (const Target& target : entry.post.targets) {
      const Content& content = target.content ? *target.content : entry.post.content;
      const Account& account = target.account == shop.id ? shop : bakery;
      const auto& channel = *channels::shipped().find(account.network)->channel;
      for (const auto& found : channel.check(account, content.parts.front(), 0, content, {}).findings)
        EXPECT_FALSE(found.id.starts_with("option_")) << found.text;
      options += content.options.size();
    }
  }
  EXPECT_GT(options, 0U);
}

TEST_F(PlanFiles, NameThePlaceOfWhatIsWrong) {
  EXPECT_EQ(wrong(head + "  - key: a\n    text: Hi\n    accounts: nobody\n    at: 2026-11-27 09:30\n"),
            "5:15 account_unknown");
  EXPECT_EQ(wrong(head + "  - key: a\n    text: Hi\n    accounts: x\n    at: soon\n"), "6:9 bad_time");
  EXPECT_EQ(wrong(head + "  - key: a\n    txet: Hi\n    accounts: x\n    queue: next\n"), "4:5 unknown_name");
  EXPECT_EQ(wrong(head + "  - text: Hi\n    accounts: x\n    queue: next\n"), "3:5 no_key");
  EXPECT_EQ(wrong(head + "  - key: a\n    text: Hi\n    accounts: x\n"), "3:5 no_time");
  EXPECT_EQ(wrong(head + "  - key: a\n    text: Hi\n    queue: next\n"), "3:5 no_target");
  EXPECT_EQ(wrong(head + "  - key: a\n    accounts: x\n    queue: next\n"), "3:5 no_text");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next}\n  - {key: a, text: Ho, accounts: "
                         "x, queue: next}\n"),
            "4:5 duplicate_key");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, link: example}\n"),
            "3:56 not_a_url");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, media: ../secret}\n"),
            "3:57 bad_path");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, repeat: FREQ=DAILY}\n"),
            "3:58 no_time");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, late: never}\n"),
            "3:56 unknown_policy");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, link_in: card}\n"),
            "3:59 unknown_place");
  EXPECT_EQ(wrong(head + "  - {key: a, text: Hi, accounts: x, queue: next, link_in: {mastodon: text}}\n"),
            "3:70 link_of_nobody");
  EXPECT_EQ(wrong(head + "  - {key: a, media: {file: a.mp4, cover: soon}, accounts: x, queue: next}\n"),
            "3:42 not_a_span");
  EXPECT_EQ(wrong("plan: spring\nposts:\n  - key: a\n   text: Hi\n"), "4:4 not_yaml");
  EXPECT_EQ(wrong("plan: spring\n"), "1:1 no_posts");
  EXPECT_EQ(wrong("posts: []\n"), "1:1 no_name");
  EXPECT_EQ(wrong("plan: my plan\nposts: []\n"), "1:7 bad_name");
  EXPECT_EQ(wrong("plan: a\nplan: b\nposts: []\n"), "2:1 duplicate_name");
  EXPECT_EQ(wrong("plan: a\nposts: []\n---\nplan: b\n"), "1:1 two_documents");
  EXPECT_EQ(wrong("plan: a\nzone: Mars/Base\nposts: []\n"), "2:7 unknown_zone");
  EXPECT_EQ(wrong("- plan\n"), "1:1 not_a_map");
  EXPECT_EQ(wrong(""), "1:1 empty");
  EXPECT_EQ(wrong("plan: a\nposts: []\n"), "");
}

TEST_F(PlanFiles, AreRefusedWhenTheyAreBombs) {
  std::string bomb = "plan: a\na: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'k'; ++c)
    bomb += fmt::format("{0}: &{0} [*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1}]\n", c,
                        static_cast<char>(c - 1));
  EXPECT_NE(wrong(bomb).find("too_large"), std::string::npos);
  EXPECT_NE(wrong("plan: a\nposts: &a [*a]\n").find("unknown_alias"), std::string::npos);
  EXPECT_NE(wrong("a: " + std::string(300, '[') + std::string(300, ']')).find("too_deep"), std::string::npos);
  EXPECT_NE(wrong("a: " + std::string(20'000, '[')).find("too_deep"), std::string::npos);
  EXPECT_EQ(wrong("plan: a\nposts: []\n#" + std::string(largest_yaml, 'x')), "1:1 too_large");
  EXPECT_NE(wrong("plan: a\nposts: !!python/object [a]\n").find("unknown_tag"), std::string::npos);
  EXPECT_NE(wrong("plan: a\nposts: !mine [a]\n").find("unknown_tag"), std::string::npos);
}

TEST_F(PlanFiles, WhateverStandsInThemNobodyFallsOver) {
  SeededRandom dice{11};
  const std::string good =
      head +
      "  - key: a\n    text: \"Hi \\u00e4\"\n    accounts: [x, all]\n    at: 2026-11-27 09:30\n"
      "    media: [{file: a.png, alt: b}]\n    poll: {options: [a, b], open: 3d}\n"
      "    late: {then: ask, within: 2h}\n    options: {a: 1}\n    versions: [{accounts: x, text: b}]\n";
  const std::string odd = "[]{}:&*!|>'\"%@`#-?,~\n\t \\<\x80\xff";
  for (int i = 0; i < 3'000; ++i) {
    std::string yaml = good;
    for (int k = 0; k < 3; ++k) {
      const size_t at = dice.below(yaml.size());
      if (dice.below(3) == 0)
        yaml.erase(at, 1 + dice.below(6));
      else
        yaml.insert(at, 1, odd[dice.below(odd.size())]);
      if (yaml.empty()) yaml = "x";
    }
    const PlanFile file = read(yaml);
    for (const PlanEntry& entry : file.entries)
      EXPECT_FALSE(entry.post.content.parts.empty() && entry.troubles.empty());
  }
}

TEST_F(PlanFiles, AreWrittenSoThatTheyReadTheSame) {
  SeededRandom dice{5};
  const std::vector<std::string> texts = {"Hi",
                                          "true",
                                          "- a",
                                          "a: b",
                                          "#x",
                                          "two\nlines",
                                          " lead\nx",
                                          "x\n\n  y",
                                          "tab\tx\ny",
                                          "\"q\" 'p'",
                                          "ünï — €\nzwei",
                                          "1.5",
                                          "*a",
                                          "{a}",
                                          "@x",
                                          "trail \nx",
                                          "back\\slash\n\\n"};
  const auto pick = [&] { return texts[dice.below(texts.size())]; };
  for (int i = 0; i < 300; ++i) {
    Post post;
    post.title = pick();
    post.targets = {{shop.id, std::nullopt}, {bakery.id, std::nullopt}};
    const size_t parts = 1 + dice.below(3);
    for (size_t k = 0; k < parts; ++k) post.content.parts.push_back({.text = pick()});
    if (parts > 1) post.content.parts.back().comment = dice.below(2) == 0;
    if (dice.below(2) == 0) post.content.parts[0].link = "https://a.example/?q=1&b=%20#x";
    if (dice.below(2) == 0) post.content.parts[0].media = {{door, pick()}};
    if (!post.content.parts[0].media.empty() && dice.below(2) == 0)
      post.content.parts[0].media[0].cover =
          dice.below(2) == 0 ? Cover{.at = 2s, .picture = {}} : Cover{.at = 1500ms, .picture = door};
    if (dice.below(2) == 0) post.targets[1].link = LinkPlace::comment;
    if (dice.below(2) == 0) post.targets[0].link = LinkPlace::text;
    if (dice.below(3) == 0)
      post.content.parts[0].poll = Poll{.options = {pick(), "b"}, .open = 90min, .multiple = true};
    if (dice.below(2) == 0) post.content.options = {{"a", "true"}, {"b", true}, {"c", 3}};
    if (dice.below(2) == 0) post.targets[0].content = Content{.parts = {{.text = pick()}}};
    post.tags = {"one", "a: b"};
    post.local_time = "2026-11-27T09:30", post.zone = "Europe/Berlin";
    const PlanForm form{.repeat = dice.below(2) == 0 ? "FREQ=DAILY;COUNT=3" : ""};
    const std::string yaml =
        plan_opening("spring") + plan_post({.key = pick(), .post = &post, .form = form}, accounts);
    const PlanFile file = read(yaml);
    ASSERT_TRUE(file.troubles.empty() && file.entries.size() == 1 && file.entries[0].troubles.empty())
        << yaml;
    const PlanEntry& back = file.entries[0];
    EXPECT_EQ(lines_text(lines_of(back.post, {.repeat = back.repeat})), lines_text(lines_of(post, form)))
        << yaml;
    EXPECT_EQ(back.post.content.options, post.content.options);
    EXPECT_EQ(back.post.content.parts[0].media, post.content.parts[0].media);
    EXPECT_EQ(back.post.targets[1].link, post.targets[1].link);
  }
}

TEST_F(PlanFiles, ACoverAndTheLinksPlaceAreAChangeOfTheirOwn) {
  Post post;
  post.targets = {{shop.id}};
  post.content.parts = {{.media = {{.id = door}}}};
  const PlanLines written = lines_of(post, {});
  Post changed = post;
  changed.targets[0].link = LinkPlace::comment;
  changed.content.parts[0].media[0].cover = Cover{.at = 3s, .picture = {}};
  std::vector<std::string> fields;
  for (const PlanChange& change : changes(written, lines_of(changed, {}), written)) {
    EXPECT_TRUE(change.drifted) << change.field;
    fields.push_back(change.field);
  }
  EXPECT_EQ(fields, (std::vector<std::string>{"media", "link_in." + shop.id.text()}));
}

TEST(PlanChanges, AreTheFilesOrAPersons) {
  const PlanLines written = {{"text", "Hi"}, {"at", "9"}},
                  now = {{"text", "Hi!"}, {"at", "9"}, {"tags", "a"}};
  const PlanLines wanted = {{"text", "Hi"}, {"at", "10"}};
  const auto all = changes(written, now, wanted);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].field, "text");
  EXPECT_TRUE(all[0].drifted);
  EXPECT_EQ(all[1].after, "10");
  EXPECT_FALSE(all[1].drifted);
  EXPECT_EQ(all[2].after, "");
  EXPECT_TRUE(all[2].drifted);
  EXPECT_TRUE(changes(written, wanted, wanted).empty());
  EXPECT_EQ(lines_from(lines_text(now)), now);
  EXPECT_TRUE(lines_from("{").empty());
}

TEST(PlanSpans, AreReadAndWrittenAlike) {
  for (const char* text : {"0s", "1500ms", "90s", "30m", "2h", "3d"})
    EXPECT_EQ(span_text(*span_from(text)), text);
  for (const char* text : {"", "3", "h", "-1h", "3w", "9999999999999999999d"})
    EXPECT_FALSE(span_from(text)) << text;
}

}  // namespace
}  // namespace carillon::plan
