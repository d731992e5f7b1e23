// How the sandbox's pages of this network look.
#include "sandbox/instagram/instagram.h"

namespace carillon::sandbox {

const Listing instagram_listing = {
    {.name = "instagram",
     .label = "Instagram",
     .light = "--ground:#fff;--ink:#0c1014;--soft:#6a717a;--line:#dbdfe4;--accent:#3a55d1;--button:#0064e0;--"
              "radius:4px",
     .dark = "--ground:#0c1014;--card:#0c1014;--ink:#f5f5f5;--soft:#a8b0b8;--line:#25292e;--accent:#8ea2ff;--"
             "button:"
             "#0064e0",
     .mark = "background:linear-gradient(45deg,#f9a825,#d6249f 55%,#5b51d8);color:#fff;border-radius:11px",
     .rules = R"css(
.instagram main{max-width:470px}.instagram .post{border-bottom:1px solid var(--line);grid-template-columns:auto 1fr;padding-inline:.4rem}
.instagram .post>.body{display:contents}.instagram .who{align-items:center}.instagram .rest{grid-column:1/-1;margin-top:.5rem;display:flex;flex-direction:column}
.instagram .media{order:-1;margin-top:0;border-radius:4px}.instagram .media img{max-height:590px}.instagram .text{order:2;margin-top:.4rem}.instagram .acts{order:1;justify-content:flex-start}
.instagram button{border-radius:8px}
)css",
     .counts = "lrs",
     .by_hand = R"(<code>app id carillon-sandbox</code><code>app secret sandbox-secret</code>)"},
    std::chrono::seconds(60),
    make_instagram};

}  // namespace carillon::sandbox
