// A long article on X: a draft that nobody sees, then its publication, which makes a post of it. The title is
// an option, the paragraphs are the text. https://docs.x.com/x-api/articles/introduction (2026-09)
#include <fmt/format.h>

#include <sstream>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/x/x.h"
#include "wire/url.h"

namespace carillon::channels::x {

namespace json = boost::json;

namespace {

constexpr size_t longest_article = 100'000;  // characters; own caution: X documents no limit
constexpr size_t longest_title = 100;        // characters; own caution

json::array paragraphs(const std::string& text) {
  json::array blocks;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!trimmed(line).empty()) blocks.push_back(json::object{{"text", line}, {"type", "unstyled"}});
  }
  return blocks;
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
  const json::object body = {
      {"title", title_of(job.content)},
      {"content_state", {{"blocks", paragraphs(with_link(job.body()))}, {"entities", json::array()}}}};
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
  if (!checked.part.media.empty()) {
    block(report, "article_media", checked.field("media"),
          "Carillon writes articles on X as text: pictures cannot be put into them.",
          "Remove the files for X, or add them to the published article in X's own editor.");
  }
  if (checked.part.poll)
    block(report, "poll_not_available", checked.field("poll"), "An article on X has no poll.",
          "Remove the poll for X, or publish a post.");
  tell(report, "article_premium", "options.x_as",
       "X publishes articles of accounts with X Premium only, five a day.",
       "Without Premium X refuses it; then publish a post that leads to the text.");
}

}  // namespace carillon::channels::x
