// What was accepted, once each, in order: the oracle. Entries are never removed; a deletion marks its entry.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sandbox/world.h"

namespace carillon::sandbox {

class Ledger {
 public:
  void on_accept(std::function<void(const Effect&)> hook) { hook_ = std::move(hook); }
  void record(Effect effect);  // the hook is called before it returns
  // Taken down: by network, account and id (an id may be the account's own counter).
  void strike(std::string_view network, std::string_view account, std::string_view external_id);
  // The same without the hook. true: a new entry.
  bool restore(const Effect& effect);
  const std::vector<Effect>& effects() const { return effects_; }

 private:
  std::vector<Effect> effects_;
  std::unordered_map<std::string, size_t> places_;
  std::function<void(const Effect&)> hook_;
};

}  // namespace carillon::sandbox
