// How the sandbox's pages of this network look.
#include "sandbox/tiktok/tiktok.h"

namespace carillon::sandbox {

const Listing tiktok_listing = {
    {.name = "tiktok",
     .label = "TikTok",
     .light = "--ground:#fff;--ink:#161823;--soft:#5c5e66;--line:#e3e3e4;--accent:#c8103a;--button:#161823",
     .dark = "--ground:#000;--card:#121212;--ink:#f6f6f6;--soft:#a3a3a8;--line:#2f2f2f;--accent:#ff6b85;--"
             "button:#f6f6f6;--on:#121212",
     .mark = "background:#161823;color:#fff;border-radius:10px",
     .rules = R"css(
.tiktok .post{border-bottom:1px solid var(--line)}.tiktok .media{border-radius:10px}
)css",
     .counts = "lrsv",
     .by_hand = R"(<code>client key carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(10),
    make_tiktok};

}  // namespace carillon::sandbox
