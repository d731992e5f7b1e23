// Token answers of the Graph APIs whose long-lived tokens are refreshed with themselves: the errors of both
// kinds, and the list that one of them wraps its answer in. Pure, any thread.
#pragma once

#include "channels/auth.h"
#include "channels/graph_answer.h"

namespace carillon::channels {

// Fault: unauthorized (a code or token that is used up or wrong), unavailable.
Result<Tokens> graph_tokens(std::string_view network, const wire::Response& response, GraphTable own);

}  // namespace carillon::channels
