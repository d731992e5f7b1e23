#include "channels/graph_comment.h"

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/permalink.h"
#include "wire/url.h"

namespace carillon::channels {

namespace json = boost::json;

namespace {

std::string edge(const Job& job) {
  return "/" + wire::percent_encode(job.reply_to) + "/comments";
}

Send list(const CommentWay& way, const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  wire::Fields query = {{"fields", "id," + std::string(way.text) + "," + std::string(way.time)},
                        {"limit", "100"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("after", page);
  return {way.request(job.from, "GET", wire::with_query(edge(job), query)),
          Repeat::safe,
          false,
          way.lanes,
          {"look_up_comment", std::move(facts)}};
}

bool is_ours(const CommentWay& way, const json::value& one, const Job& job, const json::object& facts) {
  if (job.is_known(text_at(one, {"id"}))) return false;
  const auto made = graph_time(text_at(one, {way.time}));
  if (made && *made < window_start(facts)) return false;
  return plain_form(text_at(one, {way.text})) == plain_form(with_link(job.body()));
}

Move on_list(const CommentWay& way, const Job& job, const Progress& progress,
             const wire::Response& response) {
  const auto answer = read_json(response.body);
  const json::value* all = answer ? look(*answer, {"data"}) : nullptr;
  if (!accepted(response) || all == nullptr || !all->is_array())
    return not_answered(graph_fault(way.traits.label, response, job.now, way.table));
  for (const json::value& one : all->get_array()) {
    const std::string id = text_at(one, {"id"});
    if (id.empty()) return cannot_be_told();
    if (is_ours(way, one, job, progress.facts)) return Done{id, permalink(job.from, id, "")};
  }
  if (look(*answer, {"paging", "next"}) == nullptr) return not_listed(way.traits, progress.facts);
  auto facts = next_page(progress.facts, text_at(*answer, {"paging", "cursors", "after"}));
  return facts ? Move(list(way, job, std::move(*facts))) : Move(cannot_be_told());
}

}  // namespace

bool is_comment_step(std::string_view step) {
  return step == "comment" || step == "look_up_comment";
}

Send comment(const CommentWay& way, const Job& job, json::object facts) {
  note_sending(facts, job.now);
  wire::Request made = way.request(job.from, "POST", edge(job));
  made.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  made.body = wire::encode_form({{"message", with_link(job.body())}});
  return {std::move(made), Repeat::probe, true, way.lanes, {"comment", std::move(facts)}};
}

Move comment_due(const CommentWay& way, const Job& job, const Progress& progress) {
  if (progress.step == "look_up_comment") return list(way, job, progress.facts);
  return comment(way, job, progress.facts);
}

Move comment_replied(const CommentWay& way, const Job& job, const Progress& progress,
                     const wire::Response& response) {
  if (progress.step == "look_up_comment") return on_list(way, job, progress, response);
  const auto answer = read_json(response.body);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (!accepted(response) || id.empty()) return graph_fault(way.traits.label, response, job.now, way.table);
  return Done{id, permalink(job.from, id, "")};
}

Move comment_vanished(const CommentWay& way, const Job& job, const Progress& progress) {
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  json::object facts = progress.facts;
  begin_question(facts);
  return list(way, job, std::move(facts));
}

}  // namespace carillon::channels
