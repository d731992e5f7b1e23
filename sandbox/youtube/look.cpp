// How the sandbox's pages of this network look.
#include "sandbox/youtube/youtube.h"

namespace carillon::sandbox {

const Listing youtube_listing = {
    {.name = "youtube",
     .label = "YouTube",
     .light = "--ground:#fff;--ink:#0f0f0f;--soft:#5a5a5a;--line:#e5e5e5;--accent:#065fd4;--button:#0f0f0f",
     .dark = "--ground:#0f0f0f;--card:#0f0f0f;--ink:#f1f1f1;--soft:#aaa;--line:#303030;--accent:#4ea6ff;--"
             "button:#f1f1f1;--on:#0f0f0f",
     .mark = "background:#f03;color:#fff;border-radius:12px",
     .rules = R"css(
.youtube .post{border-bottom:1px solid var(--line)}.youtube .media{border-radius:12px}
)css",
     .counts = "vlr",
     .by_hand = R"(<code>client id carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(10),
    make_youtube};

}  // namespace carillon::sandbox
