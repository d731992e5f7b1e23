// Which Carillon this is. The same number stands in CMakeLists.txt. Any thread.
#pragma once

#include <string_view>

namespace carillon {

inline constexpr std::string_view version = "0.1.0";

}  // namespace carillon
