// How the sandbox's pages of this network look.
#include "sandbox/telegram/telegram.h"

namespace carillon::sandbox {

const Listing telegram_listing = {
    {.name = "telegram",
     .label = "Telegram",
     .light = "--ground:#c7d9b0;--ink:#0c0d0e;--soft:#5d6b76;--line:#dbe4d3;--accent:#2076a8",
     .dark = "--ground:#0e1621;--card:#182533;--ink:#f5f5f5;--soft:#93a7b8;--line:#22303d;--accent:#6ab2f2",
     .mark = "background:#2a9ad6;color:#fff",
     .rules = R"css(
body.telegram{background:linear-gradient(160deg,#d5e3b5,#a9cbb0 45%,#93bdc4) fixed}
.telegram main{padding:0 .7rem 3rem}.telegram .head{background:var(--card);margin:0 -.7rem;border:0}
.telegram .post{display:block;width:fit-content;min-width:15rem;max-width:94%;margin:.55rem 0;padding:.5rem .8rem .4rem;border-radius:14px 14px 14px 4px;box-shadow:0 1px 1px #0002}.telegram .post>.avatar{display:none}
.telegram .who b{color:var(--accent)}.telegram .who span,.telegram .who time{display:none}.telegram .media{margin:.4rem -.5rem}.telegram .acts{max-width:none;justify-content:flex-end;margin-top:.15rem;font-size:.78rem}
@media (prefers-color-scheme:dark){body.telegram{background:linear-gradient(160deg,#101b27,#0c141d) fixed}}
)css",
     .counts = "vt",
     .by_hand = R"(<code>token 100200300:sandbox-bot-token</code><code>channel @carillon_sandbox</code>)"},
    std::chrono::seconds(5),
    make_telegram};

}  // namespace carillon::sandbox
