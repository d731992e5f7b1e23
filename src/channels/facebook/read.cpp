// What answers of the Graph API mean for pages: subcodes say more than codes, never the status
// (https://developers.facebook.com/docs/graph-api/guides/error-handling, 2026-09).
#include "base/text.h"
#include "channels/facebook/facebook.h"
#include "channels/graph_answer.h"

namespace carillon::channels::facebook {
namespace {

Refusal of_block(const std::string& words) {  // code 368
  const std::string low = lowered(words);
  if (low.find("already") != std::string::npos && low.find("posted") != std::string::npos)
    return Refusal::duplicate;
  const bool of_content = low.find("link") != std::string::npos || low.find("content") != std::string::npos ||
                          low.find("text") != std::string::npos;
  return of_content ? Refusal::content_blocked : Refusal::account_restricted;
}

}  // namespace

// Those beside 33 are reported by integrators, not documented (2026-09).
std::optional<Refusal> facebook_table(const GraphError& error) {
  const int64_t subcode = error.subcode;
  if (is_one_of(subcode, {1366046, 2069019, 1363047})) return Refusal::media_invalid;
  if (subcode == 1390008) return Refusal::rate_limited;
  if (is_one_of(subcode, {1346003, 1404102, 1609008, 1609005})) return Refusal::content_blocked;
  if (is_one_of(subcode, {1404006, 1404112, 4854002, 1404078})) return Refusal::account_restricted;
  if (subcode == 1366051) return Refusal::duplicate;
  if (subcode == 1609010) return Refusal::transient;
  if (subcode == 2061006) return Refusal::invalid_request;
  if (is_one_of(error.code, {352, 382, 389, 6000, 6001})) return Refusal::media_invalid;  // of videos
  if (error.code == 368) return of_block(error.words);
  return std::nullopt;
}

Fault fault_in(const wire::Response& response, Instant now) {
  return graph_fault(facebook_traits().label, response, now, facebook_table);
}

std::vector<LaneNews> FacebookChannel::limits_in(const std::vector<std::string>&,
                                                 const wire::Response& response, Instant now) const {
  return graph_limits(facebook_traits(), response, now, "page", "app");
}

}  // namespace carillon::channels::facebook
