// What a person looks at: the front page, a feed per network, single posts, pictures. Server-rendered, every
// text of a person escaped, and a banner on each page that says what this is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/faults.h"
#include "sandbox/network.h"
#include "sandbox/registry.h"

namespace carillon::sandbox {

// Frame of every page. `look` is the network's name or "plain"; `body` goes into <main>.
std::string page(std::string_view look, std::string_view title, std::string_view body, bool live = false);

// /x/feed, /x/media/{id}, /x/avatar/{n}.svg, a post's own page. none: not one of these.
std::optional<wire::Response> look_at(const Call& call, Network& network);
std::string feed_page(Network& network, Instant now);
std::string post_page(Network& network, const Post& post, Instant now);
std::string front_page(const std::vector<Network*>& networks, const Ledger& ledger, const Faults& faults,
                       Instant now);

// A person's text with links, tags and names marked.
std::string rich_text(std::string_view text, bool on_x);
std::string age(Instant at, Instant now);  // "now", "5 min", "3 h", "2 d"

std::string style_sheet();  // of all networks
extern const std::string_view live_script;

}  // namespace carillon::sandbox
