// How the sandbox's pages of this network look.
#include "sandbox/mastodon/mastodon.h"

namespace carillon::sandbox {

const Listing mastodon_listing = {
    {.name = "mastodon",
     .label = "Mastodon",
     .light = "--ground:#eff1f6;--card:#fff;--ink:#1b1b28;--soft:#606984;--line:#d9dfec;--accent:#563acc",
     .dark = "--ground:#191b22;--card:#282c37;--ink:#f2f3f8;--soft:#9baec8;--line:#393f4f;--accent:#a5a6ff",
     .mark = "background:#563acc;color:#fff;border-radius:11px",
     .rules = R"css(
.mastodon main{padding:0 .6rem 3rem}.mastodon .head{border:0}.mastodon button{border-radius:8px}
.mastodon .post{border:1px solid var(--line);border-bottom:0}.mastodon .head+.post{border-radius:8px 8px 0 0}.mastodon .post:last-child{border:1px solid var(--line);border-radius:0 0 8px 8px}.mastodon .avatar{border-radius:9px}
)css",
     .counts = "rsl",
     .by_hand = R"(<code>The app registers itself.</code>)"},
    std::chrono::seconds(30),
    make_mastodon};

}  // namespace carillon::sandbox
