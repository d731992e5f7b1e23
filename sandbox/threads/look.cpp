// How the sandbox's pages of this network look.
#include "sandbox/threads/threads.h"

namespace carillon::sandbox {

const Listing threads_listing = {
    {.name = "threads",
     .label = "Threads",
     .light = "--ground:#fafafa;--ink:#000;--soft:#737373;--line:#e5e5e5;--accent:#0064d1;--button:#000;--"
              "radius:10px",
     .dark = "--ground:#0a0a0a;--card:#181818;--ink:#f3f5f7;--soft:#9a9a9a;--line:#2d2d2d;--accent:#75b6ff;--"
             "button:"
             "#f3f5f7;--on:#000",
     .mark = "background:#000;color:#fff;border-radius:10px",
     .rules = R"css(
.threads main{border:1px solid var(--line);border-radius:18px;margin-top:.8rem;overflow:hidden;background:var(--card)}
.threads .post{border-bottom:1px solid var(--line)}.threads .acts{justify-content:flex-start;gap:1.6rem}.threads .who b::after{content:""}
)css",
     .counts = "lrs",
     .by_hand = R"(<code>app id carillon-sandbox</code><code>app secret sandbox-secret</code>)"},
    std::chrono::seconds(60),
    make_threads};

}  // namespace carillon::sandbox
