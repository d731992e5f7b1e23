#include "plan/wording_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/blackouts.h"
#include "plan/variables.h"

namespace carillon::plan {

namespace {
using channels::Severity;

std::string name_of(const Account& account) {
  return account.handle.empty() ? account.name : account.handle;
}

Finding unknown_name(const Worded::Unknown& unknown, const std::string& prefix,
                     const std::vector<Variable>& variables) {
  const auto nearest = nearest_name(unknown.name, variables);
  Finding found{"variable_unknown",
                "content",
                Severity::blocker,
                prefix + unknown.field,
                fmt::format("There is no variable “{}”: it would go out as it stands.", unknown.name),
                nearest ? fmt::format("Did you mean “{}”?", *nearest)
                        : "Make a variable of that name, or write \\{{ to let the braces stand.",
                nearest ? "replace" : "edit"};
  if (nearest) found.replace = unknown.name, found.with = *nearest;
  return found;
}
}  // namespace

std::string zone_of(const Account& account, const Facts& facts) {
  if (!account.zone.empty()) return account.zone;
  return facts.wording ? facts.wording->zone : "UTC";
}

Content content_of(const Post& post, const Target& target, const Account& account, const Facts& facts,
                   const std::string& prefix, std::vector<Finding>& findings) {
  if (!facts.wording) return target.content ? *target.content : post.content;
  const Instant at = facts.schedule ? facts.schedule->at : facts.now;
  Worded said = worded(post, target, account, *facts.wording, at);
  for (const auto& unknown : said.unknown)
    findings.push_back(unknown_name(unknown, prefix, facts.wording->variables));
  return std::move(said.content);
}

void check_link_place(const Target& target, const Content& content, const channels::Traits& traits,
                      const std::string& field, std::vector<Finding>& findings) {
  if (target.link != LinkPlace::comment || traits.comment || traits.thread) return;
  if (std::ranges::none_of(content.parts, &ContentPart::comment)) return;
  findings.push_back({"link_place", "content", Severity::blocker, field + ".link",
                      fmt::format("{} takes no comment, so the link cannot go into one.", traits.label),
                      "Let the link stand in the text.", "link_in_text"});
}

void check_day(const Account& account, const Facts& facts, std::vector<Finding>& findings) {
  if (!facts.schedule) return;
  const Blackout* closed =
      blackout_at(facts.blackouts, account.id, facts.schedule->at, zone_of(account, facts));
  if (!closed) return;
  Finding found{"blackout",
                "schedule",
                Severity::warning,
                "at.local",
                fmt::format("Nothing is planned on {}{}.", spoken(*closed),
                            closed->account ? " for " + name_of(account) : ""),
                facts.free ? fmt::format("The next free slot is {}.", spoken(*facts.free))
                           : "Choose another day, or schedule it all the same.",
                facts.free ? "take_slot" : "pick_time"};
  found.slot = facts.free;
  findings.push_back(std::move(found));
}

}  // namespace carillon::plan
