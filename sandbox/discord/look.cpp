// How the sandbox's pages of this network look.
#include "sandbox/discord/discord.h"

namespace carillon::sandbox {

const Listing discord_listing = {
    {.name = "discord",
     .label = "Discord",
     .light = "--ground:#fbfbfb;--card:#fbfbfb;--ink:#2f3035;--soft:#5e6068;--line:#e3e3e6;--accent:#4752c4",
     .dark = "--ground:#313338;--card:#313338;--ink:#dbdee1;--soft:#a5a9b1;--line:#3f4147;--accent:#a8b2ff",
     .mark = "background:#5865f2;color:#fff;border-radius:14px",
     .rules = R"css(
.discord .post{border:0;padding-block:.55rem}.discord .who span{background:#4752c4;color:#fff;border-radius:4px;padding:0 .35em;font-size:.7rem}.discord .acts{display:none}
)css",
     .counts = "",
     .by_hand = R"(<code>webhook …/discord/api/webhooks/900100000000000000/sandbox-webhook-token-1</code>)"},
    std::chrono::seconds(5),
    make_discord};

}  // namespace carillon::sandbox
