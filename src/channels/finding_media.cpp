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

std::string what_is_wrong(const Breach& breach, const MediaFacts& facts) {
  switch (breach.what) {
    case Broken::bytes: return "is too big";
    case Broken::few_bytes: return "is too small";
    case Broken::pixels: return "has too many pixels";
    case Broken::few_pixels: return "has too few pixels";
    case Broken::ratio: return facts.width > facts.height ? "is too wide" : "is too high";
    case Broken::frames: return "has too many frames";
    case Broken::too_long: return "is too long";
    case Broken::too_short: return "is too short";
    case Broken::codec: return "is encoded in a way that does not go";
  }
  return "does not go";
}

std::string what_to_do(Broken what) {
  switch (what) {
    case Broken::bytes: return "Make it smaller or compress it more.";
    case Broken::pixels: return "Scale it down.";
    case Broken::few_bytes:
    case Broken::few_pixels: return "Use a larger one.";
    case Broken::ratio: return "Crop it.";
    case Broken::frames: return "Use one with fewer frames.";
    case Broken::too_long: return "Cut it.";
    case Broken::too_short: return "Use a longer one.";
    case Broken::codec: return "Convert it.";
  }
  return "";
}

void check_rule(CheckReport& report, const One& one) {
  for (Breach& breach : breaches(one.rule, one.facts)) {
    const bool bytes = breach.what == Broken::bytes || breach.what == Broken::few_bytes;
    block(report, std::move(breach.id), one.field(""),
          fmt::format("This {} {} for {}: it {} {}, allowed are {}.", one.rule.kind,
                      what_is_wrong(breach, one.facts), one.network(), bytes ? "has" : "is", breach.seen,
                      breach.allowed),
          what_to_do(breach.what));
  }
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

// A moment where only a picture is taken, or the other way round.
void check_cover_way(CheckReport& report, const One& one, const Cover& cover, const CoverRule& rule) {
  if (rule.moment && !cover.at && !rule.picture) {
    tell(report, "cover_not_taken", one.field("cover"),
         fmt::format("{} takes a moment of the video as its cover, no picture: it chooses one itself.",
                     one.network()),
         "Choose a moment of the video too.");
  }
  if (rule.picture && !cover.picture && !rule.moment) {
    warn(report, "cover_needs_picture", one.field("cover"),
         fmt::format("{} takes a picture as the cover of a video, no moment: it chooses one itself.",
                     one.network()),
         "Make a picture of this moment.");
  }
}

void check_cover_picture(CheckReport& report, const One& one, const CoverRule& rule) {
  if (!rule.picture || one.facts.cover.empty()) return;
  const MediaFacts& picture = one.facts.cover.front();
  if (std::ranges::find(rule.mimes, picture.mime) == rule.mimes.end()) {
    block(report, "cover_type", one.field("cover"),
          fmt::format("{} takes no covers of the type {}.", one.network(), picture.mime),
          "Convert the picture, or choose a moment of the video.");
  } else if (rule.max_bytes > 0 && picture.bytes > rule.max_bytes) {
    block(report, "cover_too_big", one.field("cover"),
          fmt::format("The cover is too big for {}: it has {}, allowed are {}.", one.network(),
                      megabytes(picture.bytes), megabytes(rule.max_bytes)),
          "Make the picture smaller.");
  }
}

void check_cover(CheckReport& report, const One& one) {
  const auto& cover = one.checked.part.media[one.which].cover;
  if (!cover || kind_of(one.facts) != "video") return;
  if (cover->at && one.facts.duration.count() > 0 && *cover->at >= one.facts.duration) {
    block(report, "cover_beyond_end", one.field("cover"),
          fmt::format("The cover is a moment after the end: {} of {}.", span_text(*cover->at),
                      span_text(one.facts.duration)),
          "Choose an earlier moment.");
  }
  const CoverRule* rule = cover_rule(one.checked.traits, one.checked.as);
  if (rule == nullptr) {
    tell(report, "cover_not_taken", one.field("cover"),
         fmt::format("{} takes no cover from an app here: it chooses one itself.", one.network()), "");
    return;
  }
  check_cover_way(report, one, *cover, *rule);
  check_cover_picture(report, one, *rule);
}

void check_counts(CheckReport& report, const Checked& checked) {
  const auto& [traits, part, index, content, media, as] = checked;
  if (media.size() > traits.max_media) {
    block(report, "too_many_media", checked.field("media"),
          fmt::format("{} takes at most {} pictures in one post; here are {}.", traits.label,
                      traits.max_media, media.size()),
          fmt::format("Remove {}.", media.size() - traits.max_media));
    return;
  }
  std::map<const MediaRule*, size_t> kinds;
  for (const MediaFacts& facts : media) {
    if (const MediaRule* rule = rule_for(traits, facts, as)) ++kinds[rule];
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

namespace {

bool takes_words_alone(const Traits& traits) {
  return std::ranges::any_of(traits.kinds, [](const KindRule& rule) { return rule.kind == Kind::text; });
}

}  // namespace

void check_media(CheckReport& report, const Checked& checked) {
  report.as = checked.as;
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
    const MediaRule* rule = rule_for(checked.traits, facts, checked.as);
    if (rule == nullptr) {
      block(report, "media_type", checked.media_field(i, ""),
            fmt::format("{} does not take files of the type {}.", checked.traits.label, facts.mime),
            "Convert it to a type that it takes, or remove it.");
      continue;
    }
    const One one{checked, i, facts, *rule};
    check_rule(report, one);
    check_alt(report, one);
    check_cover(report, one);
  }
}

}  // namespace carillon::channels
