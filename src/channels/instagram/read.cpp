// What Instagram's answers mean: Graph errors with subcodes of its own, the states of containers, and the
// list of what was published.
// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes (2026-09)
#include "channels/finding.h"
#include "channels/instagram/instagram.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "wire/url.h"

namespace carillon::channels::instagram {

namespace json = boost::json;

namespace {

std::optional<Refusal> by_subcode(int64_t subcode) {
  if (is_one_of(subcode, {2207003, 2207001, 2207032, 2207053, 2207008, 2207027, 2207077, 2207082}))
    return Refusal::transient;
  if (is_one_of(subcode, {2207020, 2207057, 2207023, 2207028, 2207026, 2207052, 2207004, 2207005, 2207009}))
    return Refusal::media_invalid;
  if (is_one_of(subcode, {2207035, 2207036, 2207037, 2207040, 2207010})) return Refusal::invalid_request;
  if (is_one_of(subcode, {2207051, 2207050})) return Refusal::account_restricted;
  if (subcode == 2207042) return Refusal::rate_limited;
  if (subcode == 2207006) return Refusal::not_found;
  if (subcode == 2207081) return Refusal::permission_missing;
  return std::nullopt;
}

// "Error: Media upload has failed with error code 2207026": the subcode stands in the text.
int64_t subcode_in(std::string_view text) {
  for (size_t at = text.find("2207"); at != std::string_view::npos; at = text.find("2207", at + 1)) {
    if (const auto number = whole_number(text.substr(at, 7))) return *number;
  }
  return 0;
}

Fault failure(const wire::Response& response, const std::string& said) {
  const Refusal why = by_subcode(subcode_in(said)).value_or(Refusal::media_invalid);
  return refused(why, {instagram_traits().label, response.status,
                       said.empty() ? "the container failed" : said, response.body});
}

}  // namespace

std::optional<Refusal> instagram_table(const GraphError& error) {
  if (const auto said = by_subcode(error.subcode)) return said;
  switch (error.code) {
    case -2:
    case -1: return Refusal::transient;
    case 9: return Refusal::rate_limited;
    case 24: return Refusal::not_found;
    case 25: return Refusal::account_restricted;
    case 352:
    case 9004:
    case 36000:
    case 36001:
    case 36003: return Refusal::media_invalid;
    case 36004: return Refusal::invalid_request;
    case 9007: return Refusal::transient;
    default: return std::nullopt;
  }
}

Fault InstagramChannel::fault(const wire::Response& response, Instant now) const {
  return graph_fault(instagram_traits().label, response, now, instagram_table);
}

std::vector<LaneNews> InstagramChannel::limits_in(const std::vector<std::string>&,
                                                  const wire::Response& response, Instant now) const {
  return graph_limits(instagram_traits(), response, now, "call", "app");
}

std::variant<ContainerTalk::Standing, Fault> InstagramChannel::read_standing(
    const Job& job, const wire::Response& response) const {
  const auto answer = read_json(response.body);
  const std::string status = answer ? text_at(*answer, {"status_code"}) : "";
  if (!accepted(response)) return fault(response, job.now);
  if (status == "FINISHED") return Standing::finished;
  if (status == "PUBLISHED") return Standing::published;
  if (status == "IN_PROGRESS") return Standing::working;
  if (status == "EXPIRED") return Standing::expired;
  if (status == "ERROR") return failure(response, text_at(*answer, {"status"}));
  return unreadable(instagram_traits().label, response);
}

ContainerTalk::Setback InstagramChannel::setback(const wire::Response& response) const {
  const auto error = graph_error(response);
  if (!error) return Setback::none;
  if (error->subcode == 2207027 || (error->code == 9007 && error->subcode == 0)) return Setback::not_ready;
  return error->subcode == 2207008 || error->subcode == 2207006 || error->subcode == 2207020 ? Setback::gone
                                                                                             : Setback::none;
}

// GET /{ig}/media or /{ig}/stories.
// https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/ reference/ig-user/media
// (2026-09)
Send InstagramChannel::list(const Job& job, json::object facts) const {
  const bool story = form_of(job.content, job.media) == "story";
  wire::Fields query = {{"fields", "id,caption,timestamp,permalink"}, {"limit", "100"}};
  if (!story) query.insert(query.begin() + 1, {"since", std::to_string(window_start(facts).seconds())});
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("after", page);
  const std::string path = "/" + wire::percent_encode(job.from.external_id) + (story ? "/stories" : "/media");
  return {request(job.from, "GET", wire::with_query(path, query)),
          Repeat::safe,
          false,
          lanes(job, Errand::read),
          {"list", std::move(facts)}};
}

bool InstagramChannel::says_the_same(const json::value& one, const Job& job) const {
  if (form_of(job.content, job.media) == "story") return true;  // stories have no words to compare
  return plain_form(text_at(one, {"caption"})) == plain_form(with_link(job.body()));
}

}  // namespace carillon::channels::instagram
