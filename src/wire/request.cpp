#include "wire/request.h"

#include "base/text.h"

namespace carillon::wire {

std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
  for (const Header& one : headers) {
    if (equals_ignoring_case(one.name, name)) return one.value;
  }
  return std::nullopt;
}

}  // namespace carillon::wire
