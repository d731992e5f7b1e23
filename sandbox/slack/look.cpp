// How the sandbox's pages of this network look.
#include "sandbox/slack/slack.h"

namespace carillon::sandbox {

const Listing slack_listing = {
    {.name = "slack",
     .label = "Slack",
     .light = "--ground:#fff;--ink:#1d1c1d;--soft:#616061;--line:#e5e5e5;--accent:#1264a3",
     .dark = "--ground:#1a1d21;--card:#1a1d21;--ink:#d1d2d3;--soft:#ababad;--line:#35373b;--accent:#4da3e0",
     .mark = "background:#4a154b;color:#fff;border-radius:9px",
     .rules = R"css(
.slack .post{border:0;padding-block:.55rem}.slack .avatar{border-radius:6px}.slack .who span{background:var(--line);border-radius:3px;padding:0 .35em;font-size:.7rem}.slack .acts{display:none}
)css",
     .counts = "",
     .by_hand = R"(<code>token xoxb-sandbox-bot-token</code><code>channel C0SAND00000</code>)"},
    std::chrono::seconds(5),
    make_slack};

}  // namespace carillon::sandbox
