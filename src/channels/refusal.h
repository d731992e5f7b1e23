// The refusals that all networks share, in words for the person reading them: what is wrong, what the network
// said, what to do. Which answer is which refusal is each network's own table (its read.cpp). Pure, any
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "wire/request.h"

namespace carillon::channels {

// The classes of reference tables; each has one fault kind, one code, one remedy.
enum class Refusal : uint8_t {
  token_expired,
  permission_missing,
  account_restricted,
  rate_limited,
  media_invalid,
  content_blocked,
  invalid_request,
  duplicate,
  not_found,
  transient,
  unreadable,
};

struct Heard {
  std::string_view network;  // "X"
  int status = 0;            // HTTP status
  std::string words;         // the network's own sentence; may be empty
  std::string body;          // the answer as it came
};

Fault refused(Refusal why, const Heard& heard,
              std::optional<std::chrono::microseconds> retry_after = std::nullopt);
// What the status alone says, for answers that are not what the network documents (a proxy's page, cut JSON).
Fault unreadable_answer(std::string_view network, const wire::Response& response,
                        std::optional<std::chrono::microseconds> retry_after);
// Accepted by its status, but it does not say what it should.
Fault unreadable(std::string_view network, const wire::Response& response);
bool accepted(const wire::Response& response);  // 2xx

}  // namespace carillon::channels
