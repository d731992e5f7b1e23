#include "plan/campaign_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "plan/account_check.h"

namespace carillon::plan {

namespace {
using channels::Severity;

std::string name_of(const Account& account) {
  return account.handle.empty() ? account.name : account.handle;
}

void check_days(const Campaign& campaign, const Facts& facts, std::vector<Finding>& findings) {
  if (!facts.schedule) return;
  const std::string day = facts.schedule->local.substr(0, 10);
  const bool before = !campaign.from_day.empty() && day < campaign.from_day;
  const bool after = !campaign.to_day.empty() && day > campaign.to_day;
  if (!before && !after) return;
  findings.push_back(
      {"outside_campaign", "schedule", Severity::warning, "at.local",
       before
           ? fmt::format("{} begins on {}: this post goes out before it.", campaign.name, campaign.from_day)
           : fmt::format("{} ends on {}: this post goes out after it.", campaign.name, campaign.to_day),
       "Choose a day of the campaign, or change its days.", "pick_time"});
}
}  // namespace

void check_campaign(const Facts& facts, std::vector<Finding>& findings) {
  if (!facts.campaign) return;
  const Campaign& campaign = facts.campaign->campaign;
  if (campaign.state == CampaignState::ended) {
    findings.push_back({"campaign_ended", "campaign", Severity::blocker, "campaign",
                        fmt::format("{} has ended: nothing more is scheduled for it.", campaign.name),
                        "Open the campaign and resume it, or choose another.", "open_campaign"});
  } else if (campaign.state == CampaignState::stopped) {
    findings.push_back({"campaign_stopped", "campaign", Severity::warning, "campaign",
                        fmt::format("{} is stopped: this post waits until it is resumed.", campaign.name),
                        "Resume the campaign when it may go on.", "open_campaign"});
  }
  check_days(campaign, facts, findings);
}

void check_enabled(const Account& account, const Facts& facts, const std::string& field,
                   std::vector<Finding>& findings) {
  if (!facts.campaign ||
      std::ranges::find(facts.campaign->enabled, account.id) != facts.campaign->enabled.end())
    return;
  findings.push_back({"account_not_enabled", "campaign", Severity::blocker, field + ".account",
                      fmt::format("{} is connected, but not enabled for {}.", name_of(account),
                                  facts.campaign->campaign.name),
                      "Enable it for the campaign, or take it out of this post.", "enable"});
}

Hindrance hindrance(const Account& account, const channels::Traits* traits, Instant now) {
  const std::string name = name_of(account);
  if (!traits || traits->kinds.empty()) {
    return {"no_posts",
            fmt::format("{} has no public posts: it carries messages to people.",
                        traits ? traits->label : account.network),
            "Choose an account of another network.", ""};
  }
  if (account.hold == Hold::disconnected)
    return {"disconnected", fmt::format("{} is disconnected.", name), "Connect it again.", "reconnect"};
  const auto missing = missing_scopes(account, *traits);
  if (!missing.empty()) {
    return {"scope_missing", fmt::format("{} lacks the permission {}.", name, fmt::join(missing, ", ")),
            "Reconnect it and allow everything that is asked.", "reconnect"};
  }
  if (account.expires && !account.refreshable && *account.expires <= now) {
    return {"token_expired",
            fmt::format("The access of {} expired {} ago.", name, spoken(now - *account.expires)),
            "Reconnect it.", "reconnect"};
  }
  const bool passing = account.hold == Hold::none || account.hold == Hold::refreshing;
  if (passing) return {};
  const Health seen = health(account, traits, now);
  return {"account_held", fmt::format("{} is held. {}", name, seen.text), "Mend it on the accounts page.",
          seen.action};
}

}  // namespace carillon::plan
