// Text in other encodings than UTF-8, as documents of others still come. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace carillon {

// charset: as documents name it ("windows-1252", "Shift_JIS"; ISO-8859-1 is read as windows-1252, which is
// what is meant: https://encoding.spec.whatwg.org/#names-and-labels, 2026-11). None: nobody knows it, or the
// bytes are not written in it.
std::optional<std::string> utf8_from(std::string_view bytes, std::string_view charset);

}  // namespace carillon
