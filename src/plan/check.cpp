#include "plan/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/account_check.h"
#include "plan/fit.h"
#include "plan/wording_check.h"

namespace carillon::plan {

namespace {
using channels::Severity;

constexpr Duration soon = std::chrono::minutes(1);  // a time just past is "now": clocks and fingers are slow
constexpr Duration far = std::chrono::hours(24 * 366);

void check_time(const Facts& facts, std::vector<Finding>& findings) {
  if (!facts.schedule) return;
  const Schedule& when = *facts.schedule;
  if (when.at + soon < facts.now) {
    findings.push_back({"time_past", "schedule", Severity::blocker, "at.local",
                        fmt::format("{} was {} ago.", spoken(when), spoken(facts.now - when.at)),
                        "Publish it now, or choose a later time.", "pick_time"});
  } else if (facts.now + far < when.at) {
    findings.push_back({"time_far", "schedule", Severity::warning, "at.local",
                        fmt::format("{} is more than a year away.", spoken(when)), "Check the year.",
                        "pick_time"});
  }
  if (when.note == Resolved::Note::gap) {
    const auto becomes = localize(when.at, when.zone);
    findings.push_back({"time_gap", "schedule", Severity::warning, "at.local",
                        fmt::format("{} does not exist: clocks go forward then. It becomes {}.", spoken(when),
                                    becomes ? to_text(*becomes).substr(11, 5) : "an hour later"),
                        "Choose another time if that is not what you mean.", "pick_time"});
  } else if (when.note == Resolved::Note::overlap) {
    findings.push_back(
        {"time_overlap", "schedule", Severity::info, "at.local",
         fmt::format("{} exists twice: clocks go back then. The first one is taken.", spoken(when)), "", ""});
  }
}

void check_whole(const Post& post, const Facts& facts, std::vector<Finding>& findings) {
  if (post.targets.empty()) {
    findings.push_back({"no_target", "accounts", Severity::blocker, "targets", "No account is chosen.",
                        "Choose at least one account.", "edit"});
  }
  check_time(facts, findings);
  check_campaign(facts, findings);
  if (facts.conditions) check_house(*facts.conditions, findings);
  if (facts.held) {
    findings.push_back({"system_held", "system", Severity::warning, "",
                        "This server is held: nothing is sent until a person releases it.",
                        "Release it on the health page.", "release"});
  }
}

std::vector<MediaFacts> media_of(const ContentPart& part, const Facts& facts) {
  std::vector<MediaFacts> found;
  for (const MediaRef& ref : part.media) {
    const auto known = facts.media.find(ref.id);
    if (known == facts.media.end()) continue;
    found.push_back(known->second);
    const auto cover =
        ref.cover && ref.cover->picture ? facts.media.find(*ref.cover->picture) : facts.media.end();
    if (cover != facts.media.end()) found.back().cover = {cover->second};
  }
  return found;
}

// The copy that mends everything which is wrong with this file there.
std::optional<Repair> repair_of(const channels::Traits& traits, const ContentPart& part, size_t which,
                                const MediaFacts& media, std::string_view as) {
  const channels::MediaRule* rule = channels::rule_to_meet(traits, media, as);
  if (rule == nullptr || which >= part.media.size()) return std::nullopt;
  auto recipe = fitting_recipe(*rule, media);
  if (!recipe) return std::nullopt;
  std::string label = in_words(*recipe, media);
  return Repair{media.id, 0, static_cast<uint32_t>(which), false, std::move(*recipe), std::move(label)};
}

std::optional<Repair> cover_repair(const channels::Traits& traits, const ContentPart& part, size_t which,
                                   const MediaFacts& video, std::string_view as) {
  const channels::CoverRule* rule = channels::cover_rule(traits, as);
  if (rule == nullptr || which >= part.media.size() || !part.media[which].cover) return std::nullopt;
  const MediaFacts* picture = video.cover.empty() ? nullptr : &video.cover.front();
  auto recipe = fitting_cover(*rule, video, *part.media[which].cover, picture);
  if (!recipe) return std::nullopt;
  const MediaFacts& from = picture != nullptr ? *picture : video;
  std::string label = in_words(*recipe, from);
  return Repair{from.id, 0, static_cast<uint32_t>(which), true, std::move(*recipe), std::move(label)};
}

// What a button could do about findings that speak of a file.
void offer_repairs(const channels::Traits& traits, const ContentPart& part, uint32_t index,
                   std::string_view as, const std::vector<MediaFacts>& media, std::span<Finding> findings,
                   std::string_view prefix) {
  const auto offer = [&](Finding& finding, std::optional<Repair> repair) {
    if (!repair || finding.severity == Severity::info) return;
    repair->part = index;
    finding.action = "fit";
    finding.repair = std::move(repair);
  };
  for (size_t which = 0; which < media.size(); ++which) {
    const std::string place = fmt::format("{}parts[{}].media[{}]", prefix, index, which);
    for (Finding& finding : findings) {
      if (finding.field == place) offer(finding, repair_of(traits, part, which, media[which], as));
      if (finding.field == place + ".cover")
        offer(finding, cover_repair(traits, part, which, media[which], as));
    }
  }
}

void check_content(const Content& content, const std::string& prefix, const Account& account,
                   const channels::Channel& channel, const Facts& facts, TargetReport& report) {
  for (uint32_t i = 0; i < content.parts.size(); ++i) {
    const auto media = media_of(content.parts[i], facts);
    auto part = channel.check(account, content.parts[i], i, content, media);
    report.parts.push_back({part.counted, part.limit, part.unit});
    const size_t before = report.findings.size();
    for (auto& found : part.findings) {
      const auto field = found.field.empty() ? fmt::format("{}parts[{}]", prefix, i) : prefix + found.field;
      report.findings.push_back({std::move(found.id), "content", found.severity, field, std::move(found.text),
                                 std::move(found.fix), "edit"});
    }
    offer_repairs(channel.traits(), content.parts[i], i, part.as, media,
                  std::span(report.findings).subspan(before), prefix);
  }
}

// Some networks take no bytes: they fetch files from this server, which they must be able to reach.
void check_fetching(const Content& content, const std::string& field, const Account& account,
                    const channels::Traits& traits, const Facts& facts, TargetReport& report) {
  const auto fetched = [&](const MediaFacts& medium) {
    const channels::MediaRule* rule = channels::rule_for(traits, medium);
    return rule != nullptr && rule->fetched;
  };
  const bool needs = std::ranges::any_of(content.parts, [&](const ContentPart& part) {
    return traits.fetches_media ? !part.media.empty() : std::ranges::any_of(media_of(part, facts), fetched);
  });
  if (!needs || account.sandbox || facts.fetchable) return;
  report.findings.push_back(
      {"no_public_address", "system", Severity::blocker, field,
       fmt::format("{} fetches {} from this server, and cannot reach it: no public address is set.",
                   traits.label, traits.fetches_media ? "pictures and videos" : "pictures"),
       "Set public-url to the https address under which the internet reaches this server.", ""});
}

std::set<MediaId> media_in(const Content& content) {
  std::set<MediaId> ids;
  for (const ContentPart& part : content.parts)
    for (const MediaRef& ref : part.media) {
      ids.insert(ref.id);
      if (ref.cover && ref.cover->picture) ids.insert(*ref.cover->picture);
    }
  return ids;
}

TargetReport check_target(const Post& post, size_t index, const Facts& facts,
                          const channels::Registry& registry) {
  const Target& target = post.targets[index];
  TargetReport report{.account = target.account};
  const auto account = std::ranges::find(facts.accounts, target.account, &Account::id);
  const std::string field = fmt::format("targets[{}]", index);
  const auto entry = account == facts.accounts.end() ? nullptr : registry.find(account->network);
  if (!entry) {
    report.findings.push_back({"account_unknown", "accounts", Severity::blocker, field + ".account",
                               "This account is not here.", "Choose another account.", "edit"});
    return report;
  }
  report.network = account->network;
  report.sandbox = account->sandbox;
  check_account(*account, entry->channel->traits(), facts, field, report.findings);
  check_enabled(*account, facts, field, report.findings);
  const channels::Traits& traits = entry->channel->traits();
  const std::string prefix = target.content ? field + ".content." : "content.";
  report.content = content_of(post, target, *account, facts, prefix, report.findings);
  check_day(*account, facts, report.findings);
  check_fetching(report.content, field + ".account", *account, traits, facts, report);
  check_link_place(target, report.content, traits, field, report.findings);
  check_content(report.content, prefix, *account, *entry->channel, facts, report);
  if (facts.attention) {
    check_policy(*facts.attention, report.content, prefix, report.findings);
    check_preview(*facts.attention, account->id, traits.label, field + ".account", report.findings);
  }
  check_conditions(facts, account->id, account->handle.empty() ? account->name : account->handle,
                   media_in(report.content), field, report.findings);
  if (!facts.neighbours.empty() && !report.content.parts.empty())
    check_neighbours(facts, account->id, zone_of(*account, facts), report.content.parts.front().text, field,
                     report.findings);
  return report;
}
}  // namespace

bool blocks(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& f) { return f.severity == Severity::blocker; });
}

bool Report::ready() const {
  return !blocks(findings) &&
         std::ranges::none_of(targets, [](const TargetReport& t) { return blocks(t.findings); });
}

Report check(const Post& post, const Facts& facts, const channels::Registry& registry) {
  Report report;
  check_whole(post, facts, report.findings);
  for (size_t i = 0; i < post.targets.size(); ++i) {
    report.targets.push_back(check_target(post, i, facts, registry));
  }
  return report;
}

}  // namespace carillon::plan
