// What a post on LinkedIn is made of. https://learn.microsoft.com/en-us/linkedin/marketing/
// community-management/shares/posts-api, …/multiimage-post-api, …/article-ads-integrations, …/poll-post-api
// (2026-09)
#include <algorithm>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/linkedin/little_text.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "wire/url.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

namespace {

constexpr size_t longest_title = 200;  // of a title that is taken from the text

std::string first_line(std::string_view text) {
  return std::string(trimmed(text.substr(0, text.find('\n'))));
}

// LinkedIn reads no page behind a link: a card or document needs a title of ours.
std::string title_of(const Job& job, const std::string& otherwise) {
  const std::string chosen = option(job, "linkedin_title");
  if (!chosen.empty()) return chosen;
  const std::string line = shortened(first_line(job.body().text), longest_title);
  return line.empty() ? otherwise : line;
}

std::string host_of(const std::string& link) {
  const auto url = wire::parse_url(link);
  return url ? url->host : link;
}

json::object article(const Job& job, const std::vector<std::string>& ids) {
  json::object card = {{"source", job.body().link}, {"title", title_of(job, host_of(job.body().link))}};
  if (!ids.empty()) card["thumbnail"] = ids.front();
  return {{"article", std::move(card)}};
}

json::object poll(const ContentPart& part) {
  const auto days = (part.poll->open.count() + 86'399'999'999) / 86'400'000'000;
  const char* open = days <= 1   ? "ONE_DAY"
                     : days <= 3 ? "THREE_DAYS"
                     : days <= 7 ? "SEVEN_DAYS"
                                 : "FOURTEEN_DAYS";
  json::array options;
  for (const std::string& answer : part.poll->options) options.push_back({{"text", answer}});
  return {{"poll",
           {{"question", poll_question(part)},
            {"options", std::move(options)},
            {"settings", {{"duration", open}}}}}};
}

json::object single(const Job& job, const std::string& id) {
  json::object media = {{"id", id}};
  const std::string& alt = job.body().media[0].alt;
  const auto kind = kind_of(job.media[0]);
  if (kind == "document") media["title"] = title_of(job, "Document");
  if (kind == "video" && !option(job, "linkedin_title").empty())
    media["title"] = option(job, "linkedin_title");
  if ((kind == "image" || kind == "gif") && !alt.empty()) media["altText"] = alt;
  return {{"media", std::move(media)}};
}

json::object several(const Job& job, const std::vector<std::string>& ids) {
  json::array images;
  for (size_t i = 0; i < ids.size(); ++i) {
    json::object image = {{"id", ids[i]}};
    if (const std::string& alt = job.body().media[i].alt; !alt.empty()) image["altText"] = alt;
    images.push_back(std::move(image));
  }
  return {{"multiImage", {{"images", std::move(images)}}}};
}

json::object content_of(const Job& job, const json::object& facts) {
  auto ids = uploaded(facts);
  ids.resize(std::min(ids.size(), job.body().media.size()));
  if (job.body().poll) return poll(job.body());
  if (has_card(job.content, job.body())) return article(job, ids);
  if (ids.size() > 1) return several(job, ids);
  return ids.empty() ? json::object() : single(job, ids.front());
}

}  // namespace

std::string option(const Job& job, std::string_view name) {
  return kept_text(job.content.options, name);
}

bool has_card(const Content& content, const ContentPart& part) {
  if (part.link.empty() || part.poll || part.comment) return false;
  return part.media.empty() ||
         (part.media.size() == 1 && kept_text(content.options, "linkedin_link") == "card");
}

std::string poll_question(const ContentPart& part) {
  return first_line(part.text);
}

std::string commentary_of(const Content& content, const ContentPart& part) {
  if (has_card(content, part)) return part.text;
  if (!part.poll) return with_link(part);
  ContentPart below = part;  // the first line is the question
  const size_t end = part.text.find('\n');
  below.text = end == std::string::npos ? "" : std::string(trimmed(part.text.substr(end)));
  return with_link(below);
}

json::object post_body(const Job& job, const json::object& facts) {
  const std::string seen_by = option(job, "linkedin_visibility");
  json::object body = {{"author", job.from.external_id},
                       {"commentary", little_text(commentary_of(job.content, job.body()))},
                       {"visibility", seen_by.empty() ? "PUBLIC" : seen_by},
                       {"distribution",
                        {{"feedDistribution", "MAIN_FEED"},
                         {"targetEntities", json::array()},
                         {"thirdPartyDistributionChannels", json::array()}}},
                       {"lifecycleState", "PUBLISHED"},
                       {"isReshareDisabledByAuthor", false}};
  if (auto content = content_of(job, facts); !content.empty()) body["content"] = std::move(content);
  return body;
}

}  // namespace carillon::channels::linkedin
