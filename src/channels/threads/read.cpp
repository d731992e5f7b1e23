// What the answers of Threads mean: Graph errors, the states of containers, and the list of what was
// published. https://developers.facebook.com/docs/threads/troubleshooting, …/reference/media-retrieval
// (2026-09)
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/threads/threads.h"
#include "wire/url.h"

namespace carillon::channels::threads {

namespace json = boost::json;

std::optional<Refusal> threads_table(const GraphError& error) {
  if (error.code == 24) return Refusal::not_found;
  return std::nullopt;
}

Fault ThreadsChannel::fault(const wire::Response& response, Instant now) const {
  return graph_fault(threads_traits().label, response, now, threads_table);
}

std::vector<LaneNews> ThreadsChannel::limits_in(const std::vector<std::string>&,
                                                const wire::Response& response, Instant now) const {
  return graph_limits(threads_traits(), response, now, "call", "app");
}

namespace {

// FAILED_DOWNLOADING_VIDEO, INVALID_DURATION, …: what could not be fetched or processed may work another
// time.
Fault failure(const wire::Response& response, const std::string& said) {
  const bool unlucky = said.starts_with("FAILED_") || said == "UNKNOWN" || said.empty();
  return refused(
      unlucky ? Refusal::transient : Refusal::media_invalid,
      {threads_traits().label, response.status, said.empty() ? "the container failed" : said, response.body});
}

}  // namespace

std::variant<ContainerTalk::Standing, Fault> ThreadsChannel::read_standing(
    const Job& job, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string status = answer ? text_at(*answer, {"status"}) : "";
  if (!accepted(response)) return fault(response, job.now);
  if (status == "FINISHED") return Standing::finished;
  if (status == "PUBLISHED") return Standing::published;
  if (status == "IN_PROGRESS") return Standing::working;
  if (status == "EXPIRED") return Standing::expired;
  if (status == "ERROR") return failure(response, text_at(*answer, {"error_message"}));
  return unreadable(threads_traits().label, response);
}

ContainerTalk::Setback ThreadsChannel::setback(const wire::Response& response) const {
  const auto error = graph_error(response);
  const bool gone = error && (error->code == 24 || (error->code == 100 && error->subcode == 33));
  return gone ? Setback::gone : Setback::none;
}

// GET /{user}/threads. https://developers.facebook.com/docs/threads/reference/media-retrieval (2026-09)
Send ThreadsChannel::list(const Job& job, json::object facts) const {
  const std::string edge = job.reply_to.empty() ? "/threads" : "/replies";
  wire::Fields query = {{"fields", "id,text,timestamp,permalink"},
                        {"since", std::to_string(window_start(facts).seconds())},
                        {"limit", "100"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("after", page);
  return {request(job.from, "GET",
                  wire::with_query("/" + wire::percent_encode(job.from.external_id) + edge, query)),
          Repeat::safe,
          false,
          lanes(job, Errand::read),
          {"list", std::move(facts)}};
}

bool ThreadsChannel::says_the_same(const json::value& one, const Job& job) const {
  return plain_form(text_at(one, {"text"})) == plain_form(text_of(job.body()));
}

}  // namespace carillon::channels::threads
