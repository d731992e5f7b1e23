// How the sandbox's pages of this network look.
#include "sandbox/bluesky/bluesky.h"

namespace carillon::sandbox {

const Listing bluesky_listing = {
    {.name = "bluesky",
     .label = "Bluesky",
     .light = "--ground:#fff;--ink:#0b0f14;--soft:#526580;--line:#dce2ea;--accent:#0a6fd6",
     .dark = "--ground:#000;--card:#000;--ink:#f1f3f5;--soft:#8c9eb2;--line:#25303e;--accent:#3b96ff",
     .mark = "background:#1185fe;color:#fff",
     .rules = R"css(
.bluesky main{border-inline:1px solid var(--line)}.bluesky .post{border-bottom:1px solid var(--line)}.bluesky .card{border-radius:12px}
)css",
     .counts = "rsl",
     .by_hand =
         R"(<code>handle harbourbakery.sandbox.test</code><code>app password sand-boxa-ppas-word</code>)"},
    std::chrono::seconds(30),
    make_bluesky};

}  // namespace carillon::sandbox
