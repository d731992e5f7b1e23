#include "channels/network_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "channels/finding.h"

namespace carillon::channels {
namespace {

constexpr std::string_view head =
    "# Networks\n\n"
    "This page is written by `carillon networks --markdown` from the same data that the composer and the "
    "server check\n"
    "against; a test compares the two. How to get credentials for a network, and what is particular about "
    "it, is on its\n"
    "own page, which its name leads to.\n";

std::string grouped(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3; text.insert(at -= 3, ","));
  return text;
}

std::string page_of(const Traits& traits) {
  return fmt::format("[{}]({}.md)", traits.label, traits.network);
}

// "–": not there; "yes": there, and nothing more to say.
std::string cell_of(const Traits& traits, Kind kind) {
  const auto rule = std::ranges::find(traits.kinds, kind, &KindRule::kind);
  if (rule == traits.kinds.end()) return "–";
  return rule->note.empty() ? "yes" : rule->note;
}

std::string kinds_table(const Registry& registry) {
  std::string text = "\n## What can be published\n\n|";
  for (const Entry& entry : registry.all()) text += fmt::format(" | {}", page_of(entry.channel->traits()));
  text += " |\n|---";
  for (size_t i = 0; i < registry.all().size(); ++i) text += "|---";
  text += "|\n";
  for (size_t kind = 0; kind < kind_names.size(); ++kind) {
    text += fmt::format("| **{}**", kind_names[kind]);
    for (const Entry& entry : registry.all())
      text += fmt::format(" | {}", cell_of(entry.channel->traits(), static_cast<Kind>(kind)));
    text += " |\n";
  }
  return text;
}

std::string text_limit(const Traits& traits) {
  if (traits.max_text == 0) return "–";
  std::string words = fmt::format("{} {}", grouped(traits.max_text), traits.unit);
  if (traits.url_weight > 0) words += fmt::format(", a link counts {}", traits.url_weight);
  if (traits.max_caption > 0) words += fmt::format("; beside media {}", grouped(traits.max_caption));
  return words;
}

std::string lanes_of(const Traits& traits) {
  std::vector<std::string> lanes;
  for (const LaneRule& lane : traits.lanes) {
    if (lane.limit == 0) continue;
    const char* whose = lane.scope == LaneRule::Scope::app ? " (of all accounts together)" : "";
    lanes.push_back(fmt::format("{}: {} in {}{}", lane.name, grouped(static_cast<uint64_t>(lane.limit)),
                                span_words(lane.window), whose));
  }
  return lanes.empty() ? "none known" : fmt::format("{}", fmt::join(lanes, "; "));
}

std::string limits_table(const Registry& registry) {
  std::string text = "\n## Limits\n\n| | text | requests | options |\n|---|---|---|---|\n";
  for (const Entry& entry : registry.all()) {
    const Traits& traits = entry.channel->traits();
    std::vector<std::string> options;
    for (const Option& option : traits.options) options.push_back("`" + option.name + "`");
    text += fmt::format("| **{}** | {} | {} | {} |\n", traits.label, text_limit(traits), lanes_of(traits),
                        fmt::join(options, ", "));
  }
  return text;
}

std::string bounds_of(const MediaRule& rule) {
  std::vector<std::string> words = {megabytes(rule.max_bytes)};
  if (rule.min_bytes > 0) words.push_back("from " + megabytes(rule.min_bytes));
  if (rule.max_width > 0 || rule.max_height > 0)
    words.push_back(rule.max_height == 0 ? fmt::format("{} wide", rule.max_width)
                                         : fmt::format("{} × {}", rule.max_width, rule.max_height));
  if (rule.max_pixels > 0) words.push_back(grouped(rule.max_pixels) + " pixels");
  if (rule.max_sum > 0) words.push_back(fmt::format("width and height {} together", grouped(rule.max_sum)));
  if (rule.min_width > 0) words.push_back(fmt::format("at least {} × {}", rule.min_width, rule.min_height));
  if (rule.narrowest.stated()) words.push_back("from " + ratio_text(rule.narrowest));
  if (rule.widest.stated()) words.push_back("up to " + ratio_text(rule.widest));
  if (rule.max_frames > 0) words.push_back(fmt::format("{} frames", rule.max_frames));
  if (rule.min_duration.count() > 0) words.push_back("from " + span_words(rule.min_duration));
  if (rule.max_duration.count() > 0) words.push_back("up to " + span_words(rule.max_duration));
  if (!rule.codecs.empty()) words.push_back(fmt::format("{}", fmt::join(rule.codecs, " or ")));
  if (!rule.sound.empty()) words.push_back(fmt::format("sound {}", fmt::join(rule.sound, " or ")));
  if (rule.max_alt > 0) words.push_back(fmt::format("description {}", grouped(rule.max_alt)));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string media_table(const Registry& registry) {
  std::string text =
      "\n## Media\n\n| | kind | types | each | in one post | source |\n|---|---|---|---|---|---|\n";
  for (const Entry& entry : registry.all()) {
    const Traits& traits = entry.channel->traits();
    for (const MediaRule& rule : traits.media)
      text += fmt::format("| **{}** | {} | {} | {} | {} | {} |\n", traits.label,
                          rule.as.empty() ? rule.kind : fmt::format("{} as a {}", rule.kind, rule.as),
                          fmt::join(rule.mimes, ", "), bounds_of(rule), rule.max_count, rule.source);
  }
  return text;
}

std::string covers_table(const Registry& registry) {
  std::string text =
      "\n## Covers of videos\n\nNetworks that are not here choose one themselves.\n\n"
      "| | of | takes | source |\n|---|---|---|---|\n";
  for (const Entry& entry : registry.all()) {
    const Traits& traits = entry.channel->traits();
    for (const CoverRule& rule : traits.covers) {
      std::vector<std::string> takes;
      if (rule.picture)
        takes.push_back(
            fmt::format("a picture ({}, {})", fmt::join(rule.mimes, ", "), megabytes(rule.max_bytes)));
      if (rule.moment) takes.emplace_back("a moment of the video");
      text += fmt::format("| **{}** | {} | {} | {} |\n", traits.label,
                          rule.as.empty() ? "videos" : rule.as + "s", fmt::join(takes, " or "), rule.source);
    }
  }
  return text;
}

std::string recovery_table(const Registry& registry) {
  std::string text =
      "\n## After a lost answer\n\n"
      "When the answer to a publishing request is lost, nothing is sent again blindly.\n\n"
      "| | can be asked | what is done |\n|---|---|---|\n";
  for (const Entry& entry : registry.all()) {
    const Traits& traits = entry.channel->traits();
    const std::string asked = traits.can_look_up ? "after " + span_words(traits.settling) : "no";
    text += fmt::format("| **{}** | {} | {} |\n", traits.label, asked, traits.recovery);
  }
  return text;
}

}  // namespace

std::string span_words(Duration span) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
  if (seconds < 1) return fmt::format("{} ms", span.count() / 1000);
  if (seconds % 86'400 == 0)
    return fmt::format("{} {}", seconds / 86'400, seconds == 86'400 ? "day" : "days");
  if (seconds % 3600 == 0) return fmt::format("{} h", seconds / 3600);
  return seconds % 60 == 0 ? fmt::format("{} min", seconds / 60) : fmt::format("{} s", seconds);
}

std::string network_tables(const Registry& registry) {
  return std::string(head) + kinds_table(registry) + limits_table(registry) + media_table(registry) +
         covers_table(registry) + recovery_table(registry);
}

}  // namespace carillon::channels
