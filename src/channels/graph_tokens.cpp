#include "channels/graph_tokens.h"

#include <boost/json/serialize.hpp>

#include "channels/json_answer.h"
#include "channels/token_answer.h"

namespace carillon::channels {

namespace json = boost::json;

Result<Tokens> graph_tokens(std::string_view network, const wire::Response& response, GraphTable own) {
  if (graph_error(response)) {
    Fault fault = graph_fault(network, response, Instant{0}, own);
    fault.detail.clear();                                                        // a token could be in there
    if (fault.kind == FaultKind::invalid) fault.kind = FaultKind::unauthorized;  // used up or wrong
    return refuse(std::move(fault));
  }
  const auto answer = read_json(response.body);
  const std::string said = answer ? text_at(*answer, {"error_message"}) : "";
  if (!said.empty() &&
      response.status < 500)  // {"error_type":"OAuthException","code":400,"error_message":"…"}
    return refuse(refused(Refusal::token_expired, {network, response.status, said, ""}));
  wire::Response plain = response;
  if (answer && !list_at(*answer, {"data"}).empty())
    plain.body = json::serialize(list_at(*answer, {"data"})[0]);
  auto tokens = tokens_in(network, plain);
  if (tokens) tokens->secrets["refresh"] = tokens->secrets["access"];  // refreshed with itself
  return tokens;
}

}  // namespace carillon::channels
