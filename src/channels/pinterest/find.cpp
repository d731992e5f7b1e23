// Is a pin there whose answer was lost? The board's pins, newest first, compared by what we gave them.
// https://developers.pinterest.com/docs/api/v5/boards-list_pins (2025-12)
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/pinterest/pinterest.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::pinterest {

namespace json = boost::json;

namespace {

// "2026-11-20T09:30:00", which is UTC.
std::optional<Instant> made_at(const json::value& pin) {
  std::string text = text_at(pin, {"created_at"});
  if (!text.empty() && text.find('Z') == std::string::npos && text.find('+') == std::string::npos)
    text += 'Z';
  const auto at = parse_instant(text);
  return at ? std::optional(*at) : std::nullopt;
}

std::string words(const std::string& title, const std::string& description, const std::string& link) {
  return plain_form(title + "\n" + description + "\n" + link);
}

Likeness compare(const json::value& pin, const Job& job, const json::object& facts) {
  if (job.is_known(text_at(pin, {"id"}))) return Likeness::none;
  const auto made = made_at(pin);
  if (made && *made < window_start(facts)) return Likeness::none;
  return by_words(words(text_at(pin, {"title"}), text_at(pin, {"description"}), text_at(pin, {"link"})),
                  words(title_of(job.content), job.body().text, job.body().link));
}

}  // namespace

Send look_up_request(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"page_size", "100"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("bookmark", page);
  const std::string path = "/boards/" + wire::percent_encode(job.from.external_id) + "/pins";
  return {request(job.from.api_base, "GET", wire::with_query(path, query)),
          Repeat::safe,
          false,
          {"call"},
          {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return not_answered(fault_in(response, job.now));
  const auto answer = read_json(response.body);
  const json::value* items = answer ? look(*answer, {"items"}) : nullptr;
  if (items == nullptr || !items->is_array())
    return not_answered(unreadable(pinterest_traits().label, response));
  json::object seen = progress.facts;
  bool reached = false;  // the list goes back beyond the sending
  for (const json::value& pin : items->get_array()) {
    const std::string id = text_at(pin, {"id"});
    if (id.empty()) return cannot_be_told();
    const Likeness like = compare(pin, job, seen);
    if (like == Likeness::same) return done(job, id);
    if (like == Likeness::perhaps) note_alike(seen);
    const auto made = made_at(pin);
    reached = reached || (made && *made < window_start(seen));
  }
  const std::string next = text_at(*answer, {"bookmark"});
  if (reached || next.empty()) return not_listed(pinterest_traits(), seen);
  auto facts = next_page(std::move(seen), next);
  return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
}

}  // namespace carillon::channels::pinterest
