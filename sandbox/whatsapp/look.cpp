// How the sandbox's pages of this network look.
#include "sandbox/whatsapp/whatsapp.h"

namespace carillon::sandbox {

const Listing whatsapp_listing = {
    {.name = "whatsapp",
     .label = "WhatsApp",
     .light = "--ground:#efeae2;--ink:#111b21;--soft:#5b6b74;--line:#dcd7cf;--accent:#0b7a4b;--radius:8px",
     .dark = "--ground:#0b141a;--card:#1f2c34;--ink:#e9edef;--soft:#98a6ae;--line:#2a3942;--accent:#42cf8f;--"
             "on:#0b141a",
     .mark = "background:#128c4b;color:#fff",
     .rules = R"css(.whatsapp .post{border-radius:8px;margin:.5rem})css",
     .counts = "t",
     .by_hand =
         R"(<code>POST /control/connect {"network":"whatsapp"}</code> gives a token and a phone number id)"},
    std::chrono::seconds(30),
    make_whatsapp};

}  // namespace carillon::sandbox
