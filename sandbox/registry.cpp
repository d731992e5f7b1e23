#include "sandbox/registry.h"

#include <algorithm>
#include <array>

#include "sandbox/bluesky/bluesky.h"
#include "sandbox/discord/discord.h"
#include "sandbox/facebook/facebook.h"
#include "sandbox/instagram/instagram.h"
#include "sandbox/linkedin/linkedin.h"
#include "sandbox/mastodon/mastodon.h"
#include "sandbox/pinterest/pinterest.h"
#include "sandbox/slack/slack.h"
#include "sandbox/telegram/telegram.h"
#include "sandbox/threads/threads.h"
#include "sandbox/whatsapp/whatsapp.h"
#include "sandbox/tiktok/tiktok.h"
#include "sandbox/x/x.h"
#include "sandbox/youtube/youtube.h"

namespace carillon::sandbox {

std::span<const Listing* const> listings() {
  static constexpr std::array all = {
      &x_listing,
      &facebook_listing,
      &mastodon_listing,
      &telegram_listing,
      &bluesky_listing,
      &discord_listing,
      &slack_listing,
      &youtube_listing,
      &tiktok_listing,
      &pinterest_listing,
      &linkedin_listing,
      &threads_listing,
      &instagram_listing,
      &whatsapp_listing,
  };
  return all;
}

const Listing* find_listing(std::string_view name) {
  const auto found = std::ranges::find(listings(), name, [](const Listing* one) { return one->look.name; });
  return found == listings().end() ? nullptr : *found;
}

const Look& look_of(std::string_view name) {
  static constexpr Look plain{.name = "plain", .label = "Another network", .counts = "rsl"};
  const Listing* listed = find_listing(name);
  return listed ? listed->look : plain;
}

}  // namespace carillon::sandbox
