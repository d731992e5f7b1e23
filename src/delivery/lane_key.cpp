#include "delivery/lane_key.h"

namespace carillon::delivery {

LaneKey lane_key(const Account& account, const channels::Traits& traits, std::string_view name) {
  for (const channels::LaneRule& rule : traits.lanes) {
    if (rule.name != name || rule.scope != channels::LaneRule::Scope::app) continue;
    return "app:" + account.network + ":" + account.api_base + ":" + rule.name;
  }
  return "account:" + account.id.text() + ":" + std::string(name);
}

}  // namespace carillon::delivery
