// Is a post of an organisation there whose answer was lost? Its own posts, or the comments under the post,
// compared by what a reader sees of them.
#include <algorithm>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/linkedin/little_text.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

namespace {

constexpr int64_t page_size = 50;

std::optional<Instant> made_at(const json::value& one) {
  const json::value* place = look(one, {"createdAt"});
  const auto millis = place ? number_at(one, {"createdAt"}) : number_at(one, {"created", "time"});
  return millis && *millis > 0 && *millis < 100'000'000'000'000 ? std::optional(Instant{*millis * 1000})
                                                                : std::nullopt;
}

std::string seen_text(const Job& job, const json::value& one) {
  if (job.body().comment) return plain_form(text_at(one, {"message", "text"}));
  return plain_form(seen_of(text_at(one, {"commentary"})));
}

std::string own_text(const Job& job) {
  if (job.body().comment) return plain_form(with_link(job.body()));
  return plain_form(seen_of(little_text(commentary_of(job.content, job.body()))));
}

// Text alone does not tell a post with a picture from one without.
bool same_kind(const Job& job, const json::value& one) {
  if (job.body().comment) return text_at(one, {"actor"}) == job.from.external_id;
  const json::object wanted = post_body(job, {});
  const bool attached = look(one, {"content"}) != nullptr && !look(one, {"content"})->is_null();
  return attached == (wanted.contains("content") || !job.media.empty());
}

std::string id_of(const Job& job, const json::value& one) {
  if (!job.body().comment) return text_at(one, {"id"});
  const std::string urn = text_at(one, {"commentUrn"});
  return urn.empty() ? text_at(one, {"id"}) : urn;
}

// What it shows is ours by its name: an upload, or beside an empty text the card's address or the question.
bool shows_ours(const Job& job, const json::value& one, const json::object& facts) {
  const auto ids = uploaded(facts);
  const auto uploads = [&](const json::value& image) {
    return std::ranges::find(ids, text_at(image, {"id"})) != ids.end();
  };
  const json::value* media = look(one, {"content", "media"});
  if (media != nullptr && uploads(*media)) return true;
  if (std::ranges::any_of(list_at(one, {"content", "multiImage", "images"}), uploads)) return true;
  const json::value ours(post_body(job, facts));
  const auto same = [&](const char* what, const char* name) {
    const std::string text = text_at(ours, {"content", what, name});
    return !text.empty() && text == text_at(one, {"content", what, name});
  };
  return seen_text(job, one) == own_text(job) && (same("article", "source") || same("poll", "question"));
}

Likeness compare(const json::value& one, const Job& job, const json::object& facts) {
  if (job.is_known(id_of(job, one)) || text_at(one, {"lifecycleState"}) == "DRAFT") return Likeness::none;
  const auto made = made_at(one);
  if (made && *made < window_start(facts)) return Likeness::none;
  if (!same_kind(job, one)) return Likeness::none;
  if (!job.body().comment && shows_ours(job, one, facts)) return Likeness::same;
  return by_words(seen_text(job, one), own_text(job));
}

Move found(const Job& job, const std::string& id) {
  if (!job.body().comment) return published(job, id);
  return Done{id, permalink(job.from, id, "https://www.linkedin.com/feed/update/" + job.reply_to + "/")};
}

}  // namespace

// GET /rest/posts?q=author. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/
// posts-api#find-posts-by-authors; comments: …/comments-api (2026-09)
Send look_up_request(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  const std::string start = facts.contains("page") ? kept_text(facts, "page") : "0";
  wire::Fields query = {{"start", start}, {"count", std::to_string(page_size)}};
  std::string path = "/rest/socialActions/" + wire::percent_encode(job.reply_to) + "/comments";
  if (!job.body().comment) {
    path = "/rest/posts";
    query.insert(query.begin(), {{"author", job.from.external_id}, {"q", "author"}});
    query.emplace_back("sortBy", "CREATED");
  }
  wire::Request made = request(job.from, "GET", wire::with_query(path, query));
  if (!job.body().comment) made.headers.push_back({"X-RestLi-Method", "FINDER"});
  return {std::move(made), Repeat::safe, false, {"read"}, {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* list = answer ? look(*answer, {"elements"}) : nullptr;
  if (!accepted(response) || list == nullptr || !list->is_array())
    return not_answered(fault_in(response, job.now));
  const json::array& all = list->get_array();
  json::object seen = progress.facts;
  bool reached = all.size() < static_cast<size_t>(page_size);  // the list goes back beyond the sending
  for (const json::value& one : all) {
    const std::string id = id_of(job, one);
    if (id.empty()) return cannot_be_told();
    const Likeness like = compare(one, job, seen);
    if (like == Likeness::same) return found(job, id);
    if (like == Likeness::perhaps) note_alike(seen);
    const auto made = made_at(one);
    reached = reached || (!job.body().comment && made && *made < window_start(seen));
  }
  if (reached) return not_listed(linkedin_traits(), seen);
  const auto start = whole_number(kept_text(seen, "page")).value_or(0);
  auto facts = next_page(std::move(seen), std::to_string(start + page_size));
  return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
}

}  // namespace carillon::channels::linkedin
