// A long article on X: its pictures, a draft that nobody sees, then its publication, which makes a post of
// it. The title is an option, the paragraphs are the text; the first picture is the cover, the others stand
// where the text names them ("[picture 2]" on a line of its own), else below it.
// https://docs.x.com/x-api/articles/introduction, https://api.x.com/2/openapi.json (2.168, 2026-09)
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/x/x.h"
#include "wire/url.h"

namespace carillon::channels::x {

namespace json = boost::json;

namespace {

constexpr size_t longest_article = 100'000;  // characters; own caution: X documents no limit
constexpr size_t longest_title = 100;        // characters; own caution
constexpr uint32_t most_pictures = 20;       // own caution

// A draft's text and pictures, as it grows.
struct Page {
  const std::vector<std::string>& pictures;  // their ids on X
  json::array blocks{}, entities{};
  std::vector<bool> placed = std::vector<bool>(pictures.size());

  void say(const std::string& line) { blocks.push_back(json::object{{"text", line}, {"type", "unstyled"}}); }

  void show(size_t which) {
    placed[which] = true;
    const json::object image{{"media_category", "tweet_image"}, {"media_id", pictures[which]}};
    const json::object value{
        {"type", "image"}, {"mutability", "immutable"}, {"data", {{"media_items", json::array{image}}}}};
    const json::object range{{"key", entities.size()}, {"offset", 0}, {"length", 1}};
    blocks.push_back(json::object{{"text", " "}, {"type", "atomic"}, {"entity_ranges", json::array{range}}});
    entities.push_back(json::object{{"key", std::to_string(entities.size())}, {"value", value}});
  }
};

// "[picture 2]": the second. None: it is a line of the text.
std::optional<size_t> picture_named(std::string_view line, size_t count) {
  constexpr std::string_view begin = "[picture ";
  line = trimmed(line);
  if (!line.starts_with(begin) || !line.ends_with(']')) return std::nullopt;
  const auto number = whole_number(line.substr(begin.size(), line.size() - begin.size() - 1));
  if (!number || *number < 1 || *number > static_cast<int64_t>(count)) return std::nullopt;
  return static_cast<size_t>(*number - 1);
}

// The cover is not shown again, unless the text names it.
Page page_of(const std::string& text, const std::vector<std::string>& pictures) {
  Page page{pictures};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (trimmed(line).empty()) continue;
    if (const auto which = picture_named(line, pictures.size()))
      page.show(*which);
    else
      page.say(line);
  }
  for (size_t i = 1; i < pictures.size(); ++i)
    if (!page.placed[i]) page.show(i);
  return page;
}

std::string title_of(const Content& content) {
  return kept_text(content.options, "x_title");
}

bool is_this_article(const json::value& url, const std::string& id) {
  return text_at(url, {"expanded_url"}).ends_with("/article/" + id);
}

bool is_an_article(const json::value& url) {
  return text_at(url, {"expanded_url"}).find("/article/") != std::string::npos;
}

}  // namespace

bool is_article(const Content& content, uint32_t part) {
  return part == 0 && kept_text(content.options, "x_as") == "article";
}

// POST /2/articles/draft. https://docs.x.com/x-api/articles/create-draft-article (2026-09)
// Again after silence: a second draft, which nobody sees either.
Send draft_request(const Job& job, json::object facts) {
  const auto pictures = uploaded(facts);
  Page page = page_of(with_link(job.body()), pictures);
  json::object body = {
      {"title", title_of(job.content)},
      {"content_state", {{"blocks", std::move(page.blocks)}, {"entities", std::move(page.entities)}}}};
  if (!pictures.empty())
    body["cover_media"] = json::object{{"media_category", "tweet_image"}, {"media_id", pictures.front()}};
  return {json_request(job.from, "/2/articles/draft", body),
          Repeat::safe,
          false,
          {"article_draft"},
          {"draft", std::move(facts)}};
}

// POST /2/articles/{id}/publish. https://docs.x.com/x-api/articles/publish-article (2026-09)
Send article_request(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  const std::string path = "/2/articles/" + wire::percent_encode(kept_text(facts, "article")) + "/publish";
  return {request(job.from, "POST", path), Repeat::probe, true, {"article"}, {"article", std::move(facts)}};
}

Move on_draft_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto id = told_id(response, "id", job.now);
  if (!id) return id.error();
  json::object facts = progress.facts;
  facts["article"] = *id;
  return article_request(job, std::move(facts));
}

Move on_article_reply(const Job& job, const wire::Response& response) {
  const auto id = told_id(response, "post_id", job.now);
  return id ? published(job, *id) : Move(id.error());
}

// The post of an article says nothing but the article's address. Another article's address proves nothing: X
// does not document how the address comes from the draft's id.
Likeness compare_article(const json::value& post, const std::string& id) {
  Likeness likeness = Likeness::none;
  for (const json::value& url : list_at(post, {"entities", "urls"})) {
    if (is_this_article(url, id)) return Likeness::same;
    if (is_an_article(url)) likeness = Likeness::perhaps;
  }
  return likeness;
}

namespace {

// As posts are checked, but more of them, and pictures only.
const Traits& article_traits() {
  static const Traits traits = [] {
    Traits wide = x_traits();
    wide.max_media = most_pictures;
    for (MediaRule& rule : wide.media) rule.max_count = std::max(rule.max_count, most_pictures);
    return wide;
  }();
  return traits;
}

void check_pictures(CheckReport& report, const Checked& checked) {
  if (checked.media.empty()) return;
  const auto still = [](const MediaFacts& file) { return kind_of(file) == "image"; };
  if (!std::ranges::all_of(checked.media, still)) {
    block(report, "article_media", checked.field("media"),
          "An article on X has pictures here, no videos and no GIFs.",
          "Remove them for X, or add them to the published article in X's own editor.");
    return;
  }
  check_media(report, {article_traits(), checked.part, checked.index, checked.content, checked.media});
  tell(report, "article_pictures", checked.field("media"),
       checked.media.size() == 1
           ? "The picture becomes the cover of the article."
           : "The first picture becomes the cover of the article; the others follow its text.",
       "To have one between two paragraphs write [picture 2] there, on a line of its own.");
}

}  // namespace

void check_article(CheckReport& report, const Checked& checked) {
  const size_t title = to_code_points(title_of(checked.content)).size();
  check_text(report, checked, to_code_points(with_link(checked.part)).size(), longest_article);
  if (title == 0) {
    block(report, "article_title", "options.x_title", "An article on X needs a title.",
          "Give it one in the options of X.");
  } else if (title > longest_title) {
    block(report, "title_too_long", "options.x_title",
          fmt::format("The title of the article is too long: it has {} characters, allowed are {}.", title,
                      longest_title),
          fmt::format("Shorten it by {}.", title - longest_title));
  }
  check_pictures(report, checked);
  if (checked.part.poll)
    block(report, "poll_not_available", checked.field("poll"), "An article on X has no poll.",
          "Remove the poll for X, or publish a post.");
  tell(report, "article_premium", "options.x_as",
       "X publishes articles of accounts with X Premium only, five a day.",
       "Without Premium X refuses it; then publish a post that leads to the text.");
}

}  // namespace carillon::channels::x
