// How the sandbox's pages of this network look.
#include "sandbox/x/x.h"

namespace carillon::sandbox {

const Listing x_listing = {
    {.name = "x",
     .label = "X",
     .light = "--ground:#fff;--ink:#0f1419;--soft:#536471;--line:#eff3f4;--accent:#1976b8;--button:#0f1419",
     .dark = "--ground:#000;--card:#000;--ink:#e7e9ea;--soft:#8b9197;--line:#2f3336;--accent:#6cb8f0;--"
             "button:#eff3f4;--on:#0f1419",
     .mark = "background:#0f1419;color:#fff;border-radius:9px",
     .rules = R"css(
.x main{border-inline:1px solid var(--line)}.x .post{border-bottom:1px solid var(--line)}
)css",
     .counts = "rslv",
     .by_hand = R"(<code>client id carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(30),
    make_x};

}  // namespace carillon::sandbox
