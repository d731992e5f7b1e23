// Why not. A closed list of kinds that decide consequences; the texts are for people. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carillon {

enum class FaultKind : uint8_t {
  invalid,       // the content or the request is wrong: change it
  forbidden,     // policy says no
  gone,          // the target does not exist (any more)
  duplicate,     // it seems to exist already
  unauthorized,  // the credential or a permission is missing
  throttled,     // a limit: later
  unavailable,   // a breakdown: again
  closed,        // not now for this one (window, state)
};

std::string_view to_text(FaultKind kind);
std::optional<FaultKind> fault_kind_from(std::string_view text);

struct Fault {
  FaultKind kind = FaultKind::invalid;
  std::string code;    // stable, for programs: "text_too_long", "token_expired"
  std::string text;    // one sentence for the person reading it: what is wrong, what was seen
  std::string field;   // which field of the input, as a path ("parts[1].text"); empty when none
  std::string remedy;  // what to do
  std::string detail;  // the platform's own words, kept as they came
  std::optional<std::chrono::microseconds> retry_after = std::nullopt;  // span the other side asked for

  bool operator==(const Fault&) const = default;
};

}  // namespace carillon
