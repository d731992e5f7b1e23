// The networks that are shipped.
#include "channels/registry.h"

#include <array>

#include "channels/facebook/facebook.h"
#include "channels/mastodon/mastodon.h"
#include "channels/telegram/telegram.h"
#include "channels/x/x.h"

namespace carillon::channels {
namespace {

class Shipped final : public Registry {
 public:
  std::span<const Entry> all() const override { return entries_; }

 private:
  std::array<Entry, 4> entries_ = {{{&x::channel, &x::auth},
                                    {&facebook::channel, &facebook::auth},
                                    {&mastodon::channel, &mastodon::auth},
                                    {&telegram::channel, &telegram::auth}}};
};

}  // namespace

const Entry* Registry::find(std::string_view network) const {
  for (const Entry& entry : all()) {
    if (entry.channel->traits().network == network) return &entry;
  }
  return nullptr;
}

const Registry& shipped() {
  static const Shipped registry;
  return registry;
}

}  // namespace carillon::channels
