// The networks that are shipped.
#include "channels/registry.h"

#include <vector>

#include "channels/bluesky/bluesky.h"
#include "channels/discord/discord.h"
#include "channels/facebook/facebook.h"
#include "channels/instagram/instagram.h"
#include "channels/linkedin/linkedin.h"
#include "channels/mastodon/mastodon.h"
#include "channels/pinterest/pinterest.h"
#include "channels/slack/slack.h"
#include "channels/telegram/telegram.h"
#include "channels/threads/threads.h"
#include "channels/whatsapp/whatsapp.h"
#include "channels/tiktok/tiktok.h"
#include "channels/x/x.h"
#include "channels/youtube/youtube.h"

namespace carillon::channels {
namespace {

class Shipped final : public Registry {
 public:
  std::span<const Entry> all() const override { return entries_; }

 private:
  const std::vector<Entry> entries_ = {
      {&x::channel, &x::auth},
      {&facebook::channel, &facebook::auth},
      {&mastodon::channel, &mastodon::auth},
      {&telegram::channel, &telegram::auth},
      {&bluesky::channel, &bluesky::auth},
      {&discord::channel, &discord::auth},
      {&slack::channel, &slack::auth},
      {&youtube::channel, &youtube::auth},
      {&tiktok::channel, &tiktok::auth},
      {&pinterest::channel, &pinterest::auth},
      {&linkedin::channel, &linkedin::auth},
      {&threads::channel, &threads::auth},
      {&instagram::channel, &instagram::auth},
      {&whatsapp::channel, &whatsapp::auth},
  };
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
