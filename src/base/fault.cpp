#include "base/fault.h"

#include <array>

namespace carillon {
namespace {
constexpr std::array<std::string_view, 8> kinds = {"invalid",      "forbidden", "gone",        "duplicate",
                                                   "unauthorized", "throttled", "unavailable", "closed"};
}  // namespace

std::string_view to_text(FaultKind kind) {
  return kinds[static_cast<size_t>(kind)];
}

std::optional<FaultKind> fault_kind_from(std::string_view text) {
  for (size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i] == text) return static_cast<FaultKind>(i);
  }
  return std::nullopt;
}

}  // namespace carillon
