// How the sandbox's pages of this network look.
#include "sandbox/facebook/facebook.h"

namespace carillon::sandbox {

const Listing facebook_listing = {
    {.name = "facebook",
     .label = "Facebook",
     .light = "--ground:#f0f2f5;--ink:#080809;--soft:#5f6368;--line:#dadde1;--accent:#0866ff;--radius:10px",
     .dark = "--ground:#18191a;--card:#242526;--ink:#e4e6eb;--soft:#b0b3b8;--line:#3a3b3c;--accent:#75a9ff",
     .mark = "background:#0866ff;color:#fff",
     .rules = R"css(
.facebook main{padding:0 .6rem 3rem}.facebook .head{border:0}.facebook button{border-radius:8px}
.facebook .post{border-radius:10px;margin:.7rem 0;box-shadow:0 1px 2px #0003;grid-template-columns:auto 1fr}.facebook .post>.body{display:contents}
.facebook .who{flex-direction:column;align-items:flex-start}.facebook .who span{display:none}.facebook .rest{grid-column:1/-1;margin-top:.5rem}
.facebook .media{margin-inline:-1rem;border-radius:0;border-inline:0}.facebook .acts{max-width:none;border-top:1px solid var(--line);padding-top:.55rem;justify-content:space-around}
)css",
     .counts = "lrs",
     .by_hand = R"(<code>client id carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(60),
    make_facebook};

}  // namespace carillon::sandbox
