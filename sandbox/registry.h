// Which networks are simulated, and how the pages of each look: data, one listing per network, written in the
// network's own folder. Knows none of them. Pure, any thread.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/instant.h"

namespace carillon::sandbox {

struct Ground;
class Network;

struct Look {
  std::string_view name;   // "x": the first step of its addresses
  std::string_view label;  // "X"
  std::string_view light,
      dark;               // CSS properties of its pages: --ground, --card, --ink, --soft, --line, --accent, …
  std::string_view mark;  // CSS of its mark
  std::string_view rules;    // further CSS rules of its own, each beginning with .name
  std::string_view counts;   // what stands under a post, in order: r(eplies) s(hares) l(ikes) v(iews) t(ime)
  std::string_view by_hand;  // what a person types to connect it by hand (HTML)
};

struct Listing {
  Look look;
  Duration pause;  // how long a limit lasts that was ordered without a span: short enough to be waited for
  std::unique_ptr<Network> (*make)(Ground&);
};

std::span<const Listing* const> listings();
const Listing* find_listing(std::string_view name);
const Look& look_of(std::string_view name);  // of a network that is not listed: its name, plainly

}  // namespace carillon::sandbox
