#include "cli/named.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/remote.h"

namespace carillon::cli {

Result<std::string> find_campaign(net::WaitingClient& client, const std::string& word) {
  const auto all = client.json("GET", "/api/v1/campaigns");
  if (!all) return refuse(all.error());
  std::string there, found;
  for (const boost::json::value& campaign : list_of(*all, "items")) {
    const std::string id = text_of(campaign, "id"), name = text_of(campaign, "name");
    if (id == lowered(word)) return id;
    if (folded(name) == folded(word)) found = id;
    there += (there.empty() ? "" : ", ") + name;
  }
  if (!found.empty()) return found;
  return refuse(
      {.kind = FaultKind::invalid,
       .code = "usage",
       .text = fmt::format("There is no campaign \"{}\".", word),
       .field = "campaign",
       .remedy = there.empty() ? "Make it: carillon campaigns make NAME." : "There is: " + there + "."});
}

}  // namespace carillon::cli
