// What all Graph APIs have in common: error bodies with a code and a subcode (developers.facebook.com/docs/
// graph-api/guides/error-handling, 2026-09) and usage headers in per cent (…/overview/rate-limiting,
// 2026-09). Which subcode means what is each network's own table. Pure, any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/channel.h"
#include "channels/refusal.h"

namespace carillon::channels {

struct GraphError {
  int64_t code = 0, subcode = 0;
  std::string words;
  bool transient = false;
};

// A network's own reading of an error; none: as the codes of all say.
using GraphTable = std::optional<Refusal> (*)(const GraphError& error);

bool is_one_of(int64_t code, std::initializer_list<int64_t> codes);
// The error in an answer; none: there is none, or it has no code.
std::optional<GraphError> graph_error(const wire::Response& response);
Fault graph_fault(std::string_view network, const wire::Response& response, Instant now, GraphTable own);
// Lanes that the usage headers close: of the account, and of the app.
std::vector<LaneNews> graph_limits(const Traits& traits, const wire::Response& response, Instant now,
                                   std::string_view account_lane, std::string_view app_lane);
// "2026-11-20T09:30:00+0000", as these APIs write times.
std::optional<Instant> graph_time(std::string text);

}  // namespace carillon::channels
