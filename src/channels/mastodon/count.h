// The length of a post as Mastodon counts it (https://docs.joinmastodon.org/user/posting/, read 2026-09), and
// mentions as it shows them. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace carillon::channels::mastodon {

uint64_t length_of(std::string_view text, uint32_t url_weight);
// "@user@domain" becomes "@user".
std::string short_mentions(std::string_view text);

}  // namespace carillon::channels::mastodon
