// How the networks count characters and what they take for a link. Written for the sandbox alone, from the
// public rules: X: twitter-text configuration v3 (docs.x.com/fundamentals/counting-characters, 2026-08);
// Mastodon: docs.joinmastodon.org/user/posting (2026-07).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carillon::sandbox {

struct Span {
  size_t begin = 0, end = 0;  // bytes
};

// Links as X sees them: with or without a scheme, the last label a known top level domain.
std::vector<Span> links_on_x(std::string_view text);
// Links with http:// or https:// and any host.
std::vector<Span> plain_links(std::string_view text);

size_t x_length(std::string_view text);         // weighted characters; 280 are allowed
size_t mastodon_length(std::string_view text);  // graphemes; a link is 23; of @user@domain only @user

bool is_top_level_domain(std::string_view label);  // lower case

}  // namespace carillon::sandbox
