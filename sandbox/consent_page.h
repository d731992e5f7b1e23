// The page on which a person lets an app in. It looks like the network's own, and says that it is not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/call.h"

namespace carillon::sandbox {

struct ConsentView {
  std::string network;              // "x": the look
  std::string app;                  // who asks
  std::vector<std::string> wishes;  // what it wants, in words
  std::string_view question;        // over the choice of identity
  std::vector<std::pair<std::string, std::string>>
      identities;                     // name and what stands beside it; value is the index
  std::string action;                 // where the answer goes
  std::string_view go = "Authorize";  // on the button
  std::string_view beside = "";       // before what stands beside each name
  bool faces = true;                  // pictures beside the names
};

// Fields of the request are carried on as they came. The answer has `decision` (allow, deny) and `person`.
std::string consent_page(const ConsentView& view, const Call& call);
// The request for consent itself was wrong: said to the person, nobody is sent back.
std::string consent_refused(std::string_view network, std::string_view why);

}  // namespace carillon::sandbox
