// A campaign: posts with one aim, the accounts that may speak for it, and one switch that stops them all.
// What it has come to is read off its posts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/instant.h"

namespace carillon {

// stopped: nothing of it goes out until it is resumed. ended: nothing more is scheduled for it.
enum class CampaignState : uint8_t { active, stopped, ended };

struct Campaign {
  CampaignId id;
  WorkspaceId workspace;
  std::string name;
  std::string notes;             // what it is for
  std::string colour;            // "#2f6fde"; empty: none chosen
  std::string from_day, to_day;  // wall dates, "2026-11-20"; empty: open
  CampaignState state = CampaignState::active;
  Instant created, updated;
  bool operator==(const Campaign&) const = default;
};

std::string_view to_text(CampaignState state);
std::optional<CampaignState> campaign_state_from(std::string_view text);

}  // namespace carillon
