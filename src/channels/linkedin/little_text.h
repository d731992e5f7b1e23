// LinkedIn's "little text": most punctuation is markup unless a backslash stands before it, and an unescaped
// bracket silently cuts the post. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/
// shares/little-text-format (2026-09). Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace carillon::channels::linkedin {

// A person's text so that LinkedIn shows it as typed. #tags stay tags; a mention that is already written as
// LinkedIn writes it, @[Name](urn:li:organization:1), stays one.
std::string little_text(std::string_view typed);
// What a reader sees of little text, to compare two of them.
std::string seen_of(std::string_view little);

}  // namespace carillon::channels::linkedin
