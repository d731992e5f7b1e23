// Calendar text as RFC 5545 wants it: escaping, folding, the frame of a calendar. Knows no post. Pure, any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"

namespace carillon::api::icalendar {

// BEGIN:VCALENDAR and what stands above the events.
std::string opening(std::string_view name);
std::string closing();

// "NAME:value" as content lines of at most 75 octets, never cutting a character in two. `value` as it is to
// be written (section 3.1).
std::string line(std::string_view name, std::string_view value);
// The same with a text: backslash, semicolon, comma and line breaks escaped, other controls left out
// (section 3.3.11).
std::string text_line(std::string_view name, std::string_view text);
std::string escaped(std::string_view text);
std::string moment(Instant at);  // "20261120T083000Z"

}  // namespace carillon::api::icalendar
