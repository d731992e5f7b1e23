// How the sandbox's pages of this network look.
#include "sandbox/pinterest/pinterest.h"

namespace carillon::sandbox {

const Listing pinterest_listing = {
    {.name = "pinterest",
     .label = "Pinterest",
     .light = "--ground:#fff;--ink:#111;--soft:#5f5f5f;--line:#e9e9e9;--accent:#c8001a;--button:#c8001a",
     .dark = "--ground:#101010;--card:#1b1b1b;--ink:#f1f1f1;--soft:#b0b0b0;--line:#333;--accent:#ff6b7d;--"
             "button:#ff6b7d;--on:#101010",
     .mark = "background:#e60023;color:#fff",
     .rules = R"css(
.pinterest .post{border-radius:20px;margin-block:.7rem}.pinterest .media{border-radius:16px}.pinterest .acts{max-width:8rem}
)css",
     .counts = "ls",
     .by_hand = R"(<code>client id carillon-sandbox</code><code>client secret sandbox-secret</code>)"},
    std::chrono::seconds(10),
    make_pinterest};

}  // namespace carillon::sandbox
