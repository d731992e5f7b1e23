#include "plan/conditions.h"

#include <fmt/format.h>

#include "plan/check.h"

namespace carillon::plan {

namespace {
using channels::Severity;

void check_load(const Load& load, const std::string& name, const std::string& field,
                std::vector<Finding>& findings) {
  if (load.limit == 0 || load.planned <= load.limit) return;
  findings.push_back(
      {"budget_short", "schedule", Severity::warning, field + ".account",
       fmt::format("{} posts of {} are planned within {}; its network takes {}: some go out later.",
                   load.planned, name, spoken(load.window), load.limit),
       "Spread them over more time.", "pick_time"});
}
}  // namespace

void check_house(const Conditions& conditions, std::vector<Finding>& findings) {
  if (conditions.free_share && *conditions.free_share < low_disk) {
    const bool full = *conditions.free_share < full_disk;
    findings.push_back(
        {full ? "disk_full" : "disk_low", "system", full ? Severity::blocker : Severity::warning, "",
         fmt::format("Only {:.1f} % of the disk is free: when it is full, nothing can be stored and "
                     "nothing is sent.",
                     *conditions.free_share * 100),
         "Make room: remove media that no post uses, or give the disk more space.", "open_media"});
  }
  if (!conditions.media_trouble.empty()) {
    findings.push_back({"media_unreachable", "system", Severity::warning, "",
                        conditions.media_trouble + " Posts whose media are not on this server wait.",
                        conditions.media_remedy, "open_system"});
  }
  const Duration off = conditions.clock_ahead.value_or(Duration(0));
  const Duration size = off < Duration(0) ? -off : off;
  if (size < clock_warning) return;
  findings.push_back(
      {"clock_off", "system", size < clock_alarm ? Severity::warning : Severity::blocker, "",
       fmt::format("The clock of this server is {} {} against the networks' clocks: posts go out at "
                   "the wrong time, and signatures may be refused.",
                   spoken(size), off > Duration(0) ? "fast" : "slow"),
       "Set the clock by NTP (timedatectl set-ntp true).", "open_system"});
}

void check_conditions(const Facts& facts, AccountId account, const std::string& name,
                      const std::set<MediaId>& media, const std::string& field,
                      std::vector<Finding>& findings) {
  if (!facts.conditions) return;
  const Conditions& seen = *facts.conditions;
  for (const MediaId& id : media) {
    if (!seen.missing_media.contains(id)) continue;
    findings.push_back({"media_missing", "content", Severity::blocker, field,
                        "A file of this post is not where media are kept any more.",
                        "Upload it again and put it into the post, or restore the media folder or bucket.", "edit"});
    break;
  }
  if (seen.unreadable.contains(account)) {
    findings.push_back({"credential_unreadable", "accounts", Severity::blocker, field + ".account",
                        fmt::format("The stored access of {} cannot be opened with this server's key.", name),
                        "Put the right key file back, or reconnect the account.", "reconnect"});
  }
  const auto load = seen.loads.find(account);
  if (load != seen.loads.end()) check_load(load->second, name, field, findings);
}

}  // namespace carillon::plan
