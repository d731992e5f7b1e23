// What a file is, by its first bytes: never by its name, never by what somebody declared. Knows signatures;
// refuses to know whether the rest of the file is sound (probe.h). Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace carillon::media {

// How many bytes are enough to tell.
inline constexpr size_t sniff_bytes = 1024;

struct Kind {
  std::string_view mime;  // "image/jpeg"
  std::string_view name;  // for people: "a JPEG picture"
  bool accepted = false;
  bool is_video() const { return mime.starts_with("video/"); }
  bool is_document() const { return mime == "application/pdf"; }
};

// `first`: the first bytes of the file, sniff_bytes of them or the whole file.
Kind sniff(std::string_view first);
// Fault: invalid, "media_type_refused": names what was seen and what is accepted.
Result<Kind> accepted_kind(std::string_view first);

}  // namespace carillon::media
