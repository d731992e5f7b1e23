// Media against the rules of the traits.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/media_upload.h"

namespace carillon::channels {
namespace {

struct One {  // one medium under check
  const Checked& checked;
  size_t which;
  const MediaFacts& facts;
  const MediaRule& rule;

  std::string field(std::string_view name) const { return checked.media_field(which, name); }
  const std::string& network() const { return checked.traits.label; }
};

std::string seconds(Duration span) {
  return fmt::format("{:g} s", static_cast<double>(span.count()) / 1e6);
}

void check_bytes(CheckReport& report, const One& one) {
  if (one.rule.max_bytes == 0 || one.facts.bytes <= one.rule.max_bytes) return;
  block(report, "media_too_big", one.field(""),
        fmt::format("This {} is too big for {}: it has {}, allowed are {}.", one.rule.kind, one.network(),
                    megabytes(one.facts.bytes), megabytes(one.rule.max_bytes)),
        "Make it smaller or compress it more.");
}

void check_pixels(CheckReport& report, const One& one) {
  const auto& [checked, which, facts, rule] = one;
  const bool wide = rule.max_width > 0 && facts.width > rule.max_width;
  const bool high = rule.max_height > 0 && facts.height > rule.max_height;
  const bool area = rule.max_pixels > 0 && uint64_t{facts.width} * facts.height > rule.max_pixels;
  if (!wide && !high && !area) return;
  const std::string allowed = area ? fmt::format("{} pixels in all", rule.max_pixels)
                              : rule.max_height == 0
                                  ? fmt::format("{} in width", rule.max_width)
                                  : fmt::format("{} × {}", rule.max_width, rule.max_height);
  block(report, "media_dimensions", one.field(""),
        fmt::format("This {} has too many pixels for {}: it is {} × {}, allowed are {}.", rule.kind,
                    one.network(), facts.width, facts.height, allowed),
        "Scale it down.");
}

void check_duration(CheckReport& report, const One& one) {
  const auto& [checked, which, facts, rule] = one;
  const bool known = facts.duration.count() > 0;
  const bool too_long = known && rule.max_duration.count() > 0 && facts.duration > rule.max_duration;
  const bool too_short = known && facts.duration < rule.min_duration;
  if (!too_long && !too_short) return;
  block(report, "media_duration", one.field(""),
        fmt::format("This {} is too {} for {}: it runs {}, allowed are {} to {}.", rule.kind,
                    too_long ? "long" : "short", one.network(), seconds(facts.duration),
                    seconds(rule.min_duration), seconds(rule.max_duration)),
        too_long ? "Cut it." : "Use a longer one.");
}

void check_alt(CheckReport& report, const One& one) {
  const std::string& alt = one.checked.part.media[one.which].alt;
  if (one.rule.max_alt == 0) return;
  if (alt.empty()) {
    warn(
        report, "alt_missing", one.field("alt"),
        fmt::format("This {} has no description: people who do not see it get nothing of it.", one.rule.kind),
        "Describe what it shows.");
  } else if (graphemes(alt) > one.rule.max_alt) {
    block(report, "alt_too_long", one.field("alt"),
          fmt::format("The description is too long for {}: it has {} characters, allowed are {}.",
                      one.network(), graphemes(alt), one.rule.max_alt),
          "Shorten it.");
  }
}

void check_counts(CheckReport& report, const Checked& checked) {
  const auto& [traits, part, index, content, media] = checked;
  if (media.size() > traits.max_media) {
    block(report, "too_many_media", checked.field("media"),
          fmt::format("{} takes at most {} pictures in one post; here are {}.", traits.label,
                      traits.max_media, media.size()),
          fmt::format("Remove {}.", media.size() - traits.max_media));
    return;
  }
  std::map<const MediaRule*, size_t> kinds;
  for (const MediaFacts& facts : media) {
    if (const MediaRule* rule = rule_for(traits, facts)) ++kinds[rule];
  }
  for (const auto& [rule, count] : kinds) {
    if (rule->max_count == 0 || count <= rule->max_count) continue;
    block(report, "too_many_media", checked.field("media"),
          fmt::format("{} takes at most {} of the kind {} in one post; here are {}.", traits.label,
                      rule->max_count, rule->kind, count),
          "Remove some, or put them into another post.");
  }
  const bool alone =
      std::any_of(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.first->max_count == 1; });
  if (kinds.size() > 1 && alone) {
    block(report, "media_mixed", checked.field("media"),
          fmt::format("{} does not mix images with a video or an animated GIF in one post.", traits.label),
          "Keep one kind, or put the other into another post.");
  }
}

}  // namespace

std::string megabytes(uint64_t bytes) {
  const double mega = static_cast<double>(bytes) / (1 << 20);
  if (mega < 0.1) return fmt::format("{} KB", (bytes + 1023) / 1024);
  std::string text = fmt::format("{:.1f}", mega);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " MB";
}

const MediaRule* rule_for(const Traits& traits, const MediaFacts& facts) {
  const auto takes = [&](const MediaRule& rule) {
    return std::find(rule.mimes.begin(), rule.mimes.end(), facts.mime) != rule.mimes.end();
  };
  const auto rule = std::find_if(traits.media.begin(), traits.media.end(), takes);
  return rule == traits.media.end() ? nullptr : &*rule;
}

namespace {

bool takes_words_alone(const Traits& traits) {
  return std::ranges::any_of(traits.kinds, [](const KindRule& rule) { return rule.kind == Kind::text; });
}

}  // namespace

void check_media(CheckReport& report, const Checked& checked) {
  if (checked.media.empty() && !checked.part.poll && !takes_words_alone(checked.traits)) {
    std::vector<std::string> kinds;
    for (const MediaRule& rule : checked.traits.media) kinds.push_back(rule.kind);
    block(report, "media_missing", checked.field("media"),
          fmt::format("{} takes no text alone: what is published there is a {}.", checked.traits.label,
                      fmt::join(kinds, " or a ")),
          "Add one, or take this network out.");
  }
  check_counts(report, checked);
  for (size_t i = 0; i < checked.media.size() && i < checked.part.media.size(); ++i) {
    const MediaFacts& facts = checked.media[i];
    const MediaRule* rule = rule_for(checked.traits, facts);
    if (rule == nullptr) {
      block(report, "media_type", checked.media_field(i, ""),
            fmt::format("{} does not take files of the type {}.", checked.traits.label, facts.mime),
            "Convert it to a type that it takes, or remove it.");
      continue;
    }
    const One one{checked, i, facts, *rule};
    check_bytes(report, one);
    check_pixels(report, one);
    check_duration(report, one);
    check_alt(report, one);
  }
}

}  // namespace carillon::channels
