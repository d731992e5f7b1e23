// Is a message there whose answer was lost? The channel's history, or the thread's: ours carries the
// delivery's id. https://docs.slack.dev/reference/methods/conversations.history (2026-09)
#include <fmt/format.h>

#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/refusal.h"
#include "channels/slack/slack.h"
#include "wire/url.h"

namespace carillon::channels::slack {

namespace json = boost::json;

namespace {

std::string seconds_text(Instant at) {
  return fmt::format("{}.{:06}", at.us / 1'000'000, at.us % 1'000'000);
}

// By the id it carries; a message that shows none, by its words.
bool is_ours(const json::value& message, const Job& job) {
  if (job.is_known(text_at(message, {"ts"}))) return false;
  const std::string id = text_at(message, {"metadata", "event_payload", "id"});
  if (!id.empty()) return id == job.id.text();
  const bool by_a_bot = !text_at(message, {"bot_id"}).empty();
  return by_a_bot && !message_of(job.body()).empty() &&
         plain_form(text_at(message, {"text"})) == plain_form(message_of(job.body()));
}

}  // namespace

Send look_up_request(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"channel", job.from.external_id},
                        {"oldest", seconds_text(window_start(facts))},
                        {"include_all_metadata", "true"},
                        {"limit", "100"}};
  const std::string root = kept_text(facts, "root");
  const bool in_thread = !job.reply_to.empty();
  if (in_thread) query.emplace_back("ts", root.empty() ? job.reply_to : root);
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("cursor", page);
  const std::string name = in_thread ? "conversations.replies" : "conversations.history";
  return {call(job.from.api_base, "GET", wire::with_query(name, query)),
          Repeat::safe,
          false,
          {"read"},
          {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!agreed(response)) return not_answered(fault_in(response, job.now));
  const auto answer = read_json(response.body);
  const json::value* messages = look(*answer, {"messages"});
  if (messages == nullptr || !messages->is_array())
    return not_answered(unreadable(slack_traits().label, response));
  for (const json::value& message : messages->get_array()) {
    const std::string ts = text_at(message, {"ts"});
    if (ts.empty()) return cannot_be_told();
    if (is_ours(message, job)) return done(job, ts);
  }
  const std::string next = text_at(*answer, {"response_metadata", "next_cursor"});
  if (!next.empty()) {
    auto facts = next_page(progress.facts, next);
    return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
  }
  const json::value* more = look(*answer, {"has_more"});
  const bool whole = more == nullptr || *more == json::value(false);
  return whole ? not_listed(slack_traits(), progress.facts) : Move(cannot_be_told());
}

}  // namespace carillon::channels::slack
