#include "channels/media_rule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "channels/finding.h"
#include "channels/media_upload.h"

namespace carillon::channels {
namespace {

constexpr double rounding = 0.002;  // a crop to whole pixels never meets a ratio quite

std::string size_of(const MediaFacts& facts) {
  return fmt::format("{} × {}", facts.width, facts.height);
}

std::string most_pixels(const MediaRule& rule) {
  if (rule.max_height > 0) return fmt::format("{} × {}", rule.max_width, rule.max_height);
  return fmt::format("{} in width", rule.max_width);
}

std::optional<Breach> too_many_pixels(const MediaRule& rule, const MediaFacts& facts) {
  const auto breach = [&](std::string allowed) {
    return Breach{Broken::pixels, "media_dimensions", size_of(facts), std::move(allowed)};
  };
  const bool wide = rule.max_width > 0 && facts.width > rule.max_width;
  const bool high = rule.max_height > 0 && facts.height > rule.max_height;
  if (wide || high) return breach(most_pixels(rule));
  if (rule.max_pixels > 0 && uint64_t{facts.width} * facts.height > rule.max_pixels)
    return breach(fmt::format("{} pixels in all", rule.max_pixels));
  if (rule.max_sum > 0 && uint64_t{facts.width} + facts.height > rule.max_sum)
    return breach(fmt::format("{} for width and height together", rule.max_sum));
  return std::nullopt;
}

bool is_narrow(const MediaRule& rule, double ratio) {
  return rule.narrowest.stated() && ratio < rule.narrowest.value() * (1 - rounding);
}
bool is_wide(const MediaRule& rule, double ratio) {
  return rule.widest.stated() && ratio > rule.widest.value() * (1 + rounding);
}

std::string ratios(const MediaRule& rule) {
  if (!rule.narrowest.stated()) return "up to " + ratio_text(rule.widest);
  if (!rule.widest.stated()) return "from " + ratio_text(rule.narrowest);
  return fmt::format("{} to {}", ratio_text(rule.narrowest), ratio_text(rule.widest));
}

void look_at_size(const MediaRule& rule, const MediaFacts& facts, std::vector<Breach>& found) {
  if (facts.width == 0 || facts.height == 0) return;
  const double ratio = static_cast<double>(facts.width) / facts.height;
  if (auto pixels = too_many_pixels(rule, facts)) found.push_back(std::move(*pixels));
  if (facts.width < rule.min_width || facts.height < rule.min_height) {
    found.push_back({Broken::few_pixels, "media_too_small", size_of(facts),
                     fmt::format("at least {} × {}", rule.min_width, rule.min_height)});
  }
  if (is_narrow(rule, ratio) || is_wide(rule, ratio))
    found.push_back({Broken::ratio, "media_ratio", size_of(facts), ratios(rule)});
}

std::string spans(const MediaRule& rule) {
  if (rule.max_duration.count() == 0) return "at least " + span_text(rule.min_duration);
  if (rule.min_duration.count() == 0) return "up to " + span_text(rule.max_duration);
  return fmt::format("{} to {}", span_text(rule.min_duration), span_text(rule.max_duration));
}

void look_at_time(const MediaRule& rule, const MediaFacts& facts, std::vector<Breach>& found) {
  if (facts.duration.count() == 0) return;
  const std::string seen = span_text(facts.duration);
  if (rule.max_duration.count() > 0 && facts.duration > rule.max_duration)
    found.push_back({Broken::too_long, "media_duration", seen, spans(rule)});
  if (facts.duration < rule.min_duration)
    found.push_back({Broken::too_short, "media_duration", seen, spans(rule)});
}

bool among(const std::vector<std::string>& words, std::string_view word) {
  return words.empty() || word.empty() || std::ranges::find(words, word) != words.end();
}

// "h264/aac": picture and sound.
void look_at_codec(const MediaRule& rule, const MediaFacts& facts, std::vector<Breach>& found) {
  const std::string_view codec = facts.codec;
  const size_t slash = std::min(codec.find('/'), codec.size());
  const std::string_view sound = slash < codec.size() ? codec.substr(slash + 1) : std::string_view();
  if (among(rule.codecs, codec.substr(0, slash)) && among(rule.sound, sound)) return;
  std::string allowed = fmt::format("{}", fmt::join(rule.codecs, ", "));
  if (!rule.sound.empty()) allowed += fmt::format(" with {}", fmt::join(rule.sound, ", "));
  found.push_back({Broken::codec, "media_codec", facts.codec, std::move(allowed)});
}

bool takes(const MediaRule& rule, const MediaFacts& facts) {
  return std::ranges::find(rule.mimes, facts.mime) != rule.mimes.end();
}

template <class Wanted>
const MediaRule* first_of(const Traits& traits, std::string_view as, Wanted wanted) {
  const auto found = [&](std::string_view form) {
    return std::ranges::find_if(traits.media,
                                [&](const MediaRule& rule) { return rule.as == form && wanted(rule); });
  };
  if (const auto own = found(as); own != traits.media.end()) return &*own;
  const auto general = found("");
  return general == traits.media.end() ? nullptr : &*general;
}

}  // namespace

std::vector<Breach> breaches(const MediaRule& rule, const MediaFacts& facts) {
  std::vector<Breach> found;
  if (rule.max_bytes > 0 && facts.bytes > rule.max_bytes)
    found.push_back({Broken::bytes, "media_too_big", megabytes(facts.bytes), megabytes(rule.max_bytes)});
  if (facts.bytes > 0 && facts.bytes < rule.min_bytes)
    found.push_back({Broken::few_bytes, "media_too_small", megabytes(facts.bytes),
                     "at least " + megabytes(rule.min_bytes)});
  look_at_size(rule, facts, found);
  if (rule.max_frames > 0 && facts.frames > rule.max_frames)
    found.push_back({Broken::frames, "media_frames", fmt::format("{} frames", facts.frames),
                     fmt::format("{}", rule.max_frames)});
  look_at_time(rule, facts, found);
  look_at_codec(rule, facts, found);
  return found;
}

const MediaRule* rule_for(const Traits& traits, const MediaFacts& facts, std::string_view as) {
  return first_of(traits, as, [&](const MediaRule& rule) { return takes(rule, facts); });
}

const MediaRule* rule_to_meet(const Traits& traits, const MediaFacts& facts, std::string_view as) {
  if (const MediaRule* own = rule_for(traits, facts, as)) return own;
  const auto of_kind = [&](std::string_view kind) {
    return first_of(traits, as, [&](const MediaRule& rule) { return rule.kind == kind; });
  };
  const std::string_view kind = kind_of(facts);
  if (const MediaRule* same = of_kind(kind)) return same;
  const bool moves = kind == "gif" && facts.frames > 1;
  if (moves) {
    if (const MediaRule* video = of_kind("video")) return video;
  }
  return kind == "gif" ? of_kind("image") : nullptr;
}

const CoverRule* cover_rule(const Traits& traits, std::string_view as) {
  const auto found = [&](std::string_view form) {
    return std::ranges::find(traits.covers, form, &CoverRule::as);
  };
  if (const auto own = found(as); own != traits.covers.end()) return &*own;
  const auto general = found("");
  return general == traits.covers.end() ? nullptr : &*general;
}

std::string ratio_text(const Ratio& ratio) {
  if (ratio.height == 100) return fmt::format("{:g}:1", ratio.value());
  return fmt::format("{}:{}", ratio.width, ratio.height);
}

std::string span_text(Duration span) {
  const int64_t seconds = span / std::chrono::seconds(1);
  if (seconds >= 120 && seconds % 60 == 0) return fmt::format("{} min", seconds / 60);
  return fmt::format("{:g} s", static_cast<double>(span.count()) / 1e6);
}

}  // namespace carillon::channels
