#include "sandbox/ledger.h"

namespace carillon::sandbox {
namespace {

std::string key(std::string_view network, std::string_view account, std::string_view id) {
  return std::string(network).append("\n").append(account).append("\n").append(id);
}

}  // namespace

void Ledger::record(Effect effect) {
  if (hook_) hook_(effect);
  restore(effect);
}

void Ledger::strike(std::string_view network, std::string_view account, std::string_view external_id) {
  const auto found = places_.find(key(network, account, external_id));
  if (found == places_.end() || effects_[found->second].deleted) return;
  Effect& effect = effects_[found->second];
  effect.deleted = true;
  if (hook_) hook_(effect);
}

bool Ledger::restore(const Effect& effect) {
  const auto [place, fresh] =
      places_.emplace(key(effect.network, effect.account, effect.external_id), effects_.size());
  if (fresh)
    effects_.push_back(effect);
  else
    effects_[place->second].deleted = effect.deleted;
  return fresh;
}

}  // namespace carillon::sandbox
