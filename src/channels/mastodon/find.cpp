// Is a post there whose answer was lost? The account's own posts, compared by what a reader sees of them.
#include <algorithm>

#include "channels/finding.h"
#include "channels/html_text.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/mastodon/count.h"
#include "channels/mastodon/mastodon.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::mastodon {

namespace json = boost::json;

namespace {

constexpr size_t page_size = 40;

std::optional<Instant> made_at(const json::value& status) {
  const auto at = parse_instant(text_at(status, {"created_at"}));
  return at ? std::optional<Instant>(*at) : std::nullopt;
}

bool holds_upload(const json::value& status, const std::vector<std::string>& ids) {
  for (const json::value& media : list_at(status, {"media_attachments"})) {
    if (std::find(ids.begin(), ids.end(), text_at(media, {"id"})) != ids.end()) return true;
  }
  return false;
}

// What a reader sees: the warning, then the text.
std::string words(const std::string& warning, const std::string& text) {
  return short_mentions(plain_form(warning + "\n" + text));
}

Likeness compare(const json::value& status, const Job& job, const json::object& facts) {
  if (job.is_known(text_at(status, {"id"}))) return Likeness::none;
  const auto made = made_at(status);
  if (made && *made < window_start(facts)) return Likeness::none;
  if (holds_upload(status, uploaded(facts))) return Likeness::same;
  if (list_at(status, {"media_attachments"}).size() != job.media.size()) return Likeness::none;
  if (const auto to = text_at(status, {"in_reply_to_id"}); to != job.reply_to && !to.empty())
    return Likeness::none;
  return by_words(words(text_at(status, {"spoiler_text"}), text_of_html(text_at(status, {"content"}))),
                  words(kept_text(job.content.options, "spoiler_text"), with_link(job.body())));
}

}  // namespace

// GET /api/v1/accounts/{id}/statuses. https://docs.joinmastodon.org/methods/accounts/#statuses (2026-09)
Send look_up_request(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"limit", std::to_string(page_size)}, {"exclude_reblogs", "true"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("max_id", page);
  const std::string path = "/api/v1/accounts/" + wire::percent_encode(job.from.external_id) + "/statuses";
  return {request(job.from, "GET", wire::with_query(path, query)),
          Repeat::safe,
          false,
          {"call"},
          {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  if (!accepted(response) || !answer || !answer->is_array()) return not_answered(fault_in(response, job.now));
  const json::array& list = answer->get_array();
  json::object seen = progress.facts;
  bool reached = list.size() < page_size;  // the list goes back beyond the sending
  for (const json::value& status : list) {
    const std::string id = text_at(status, {"id"});
    if (id.empty()) return cannot_be_told();
    const Likeness like = compare(status, job, seen);
    if (like == Likeness::same) return Done{id, text_at(status, {"url"})};
    if (like == Likeness::perhaps) note_alike(seen);
    const auto made = made_at(status);
    reached = reached || (made && *made < window_start(seen));
  }
  if (reached) return not_listed(mastodon_traits(), seen);
  auto facts = next_page(std::move(seen), text_at(list.back(), {"id"}));
  return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
}

}  // namespace carillon::channels::mastodon
