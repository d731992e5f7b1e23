// How the sandbox's pages of this network look.
#include "sandbox/linkedin/linkedin.h"

namespace carillon::sandbox {

const Listing linkedin_listing = {
    {.name = "linkedin",
     .label = "LinkedIn",
     .light = "--ground:#f4f2ee;--ink:#191919;--soft:#5e5e5e;--line:#dfdeda;--accent:#0a66c2;--radius:0",
     .dark = "--ground:#000;--card:#1b1f23;--ink:#e9e9ea;--soft:#a8adb3;--line:#38434f;--accent:#71b7fb;--on:"
             "#000",
     .mark = "background:#0a66c2;color:#fff;border-radius:6px",
     .rules = R"css(
.linkedin main{padding:0 .6rem 3rem}.linkedin .head{border:0}
.linkedin .post{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;grid-template-columns:auto 1fr}.linkedin .post>.body{display:contents}
.linkedin .who{flex-direction:column;align-items:flex-start;line-height:1.3}.linkedin .rest{grid-column:1/-1;margin-top:.5rem}
.linkedin .media{margin-inline:-1rem;border-radius:0;border-inline:0}.linkedin .acts{max-width:none;border-top:1px solid var(--line);padding-top:.55rem;justify-content:space-around}
.linkedin button{border-radius:999px}
)css",
     .counts = "lrs",
     .by_hand = R"(<code>client id carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(60),
    make_linkedin};

}  // namespace carillon::sandbox
