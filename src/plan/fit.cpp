#include "plan/fit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace carillon::plan {
namespace {

using channels::Broken;
using channels::MediaRule;
using channels::Ratio;

constexpr uint32_t largest_picture = 4096;  // a side of a copy: no network shows more
constexpr uint32_t largest_film = 1920;

bool is_video(std::string_view mime) {
  return mime.starts_with("video/");
}

bool among(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// What a copy would be there: the type that is taken by most readers, first.
std::string result_type(const MediaRule& rule, const MediaFacts& original) {
  if (rule.kind == "video") return among(rule.mimes, "video/mp4") ? "video/mp4" : "";
  if (is_video(original.mime) || rule.kind == "document") return "";
  const bool heavy = rule.max_bytes > 0 && original.bytes > rule.max_bytes;
  if (original.mime == "image/png" && !heavy && among(rule.mimes, "image/png")) return "image/png";
  if (among(rule.mimes, "image/jpeg")) return "image/jpeg";
  return among(rule.mimes, "image/png") ? "image/png" : "";
}

// The nearest shape that the rule allows; none: its own.
std::optional<Ratio> wanted_shape(const MediaRule& rule, const MediaFacts& original) {
  if (original.width == 0 || original.height == 0) return std::nullopt;
  const double ratio = static_cast<double>(original.width) / original.height;
  if (rule.narrowest.stated() && ratio < rule.narrowest.value()) return rule.narrowest;
  if (rule.widest.stated() && ratio > rule.widest.value()) return rule.widest;
  return std::nullopt;
}

uint32_t lesser(uint32_t a, uint32_t b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

// The largest size below the rule's limits that keeps the shape.
void limit_size(const MediaRule& rule, const Box& shown, Recipe& recipe) {
  const bool film = is_video(recipe.into);
  const uint32_t most = film ? largest_film : largest_picture;
  double scale = 1;
  const auto at_most = [&](uint32_t side, uint32_t limit) {
    if (limit > 0 && side > limit) scale = std::min(scale, static_cast<double>(limit) / side);
  };
  at_most(shown.width, lesser(lesser(rule.max_width, rule.shown_width), most));
  at_most(shown.height, lesser(rule.max_height, most));
  const double area = static_cast<double>(shown.width) * shown.height;
  if (rule.max_pixels > 0 && area > static_cast<double>(rule.max_pixels))
    scale = std::min(scale, std::sqrt(static_cast<double>(rule.max_pixels) / area) * 0.999);
  if (rule.max_sum > 0)
    scale = std::min(scale, static_cast<double>(rule.max_sum) / (shown.width + shown.height));
  if (scale >= 1 && !film) return;
  // Where one side decides, the other must not by its rounding.
  const bool together = rule.max_pixels > 0 || rule.max_sum > 0;
  const auto side = [&](uint32_t pixels) {
    const double scaled = pixels * scale;
    return std::max<uint32_t>(1, static_cast<uint32_t>(together ? scaled : std::ceil(scaled - 1e-6)));
  };
  recipe.max_width = side(shown.width);
  recipe.max_height = side(shown.height);
}

// As much from its beginning as the rule allows. A cut meets frames of picture and sound, not the instant: it
// ends a little earlier.
std::optional<Piece> needed_cut(const MediaRule& rule, const MediaFacts& original) {
  constexpr Duration margin = std::chrono::milliseconds(200);
  const bool fits = rule.max_duration <= margin || original.duration <= rule.max_duration;
  if (fits || !is_video(original.mime)) return std::nullopt;
  return Piece{Duration(0), rule.max_duration - margin};
}

Box whole(const MediaFacts& facts) {
  return {0, 0, facts.width, facts.height};
}

bool has_sound(const MediaFacts& facts) {
  return facts.codec.contains('/');
}

// "the first 2 min 20 s": what is meant, without the margin.
std::string cut_words(const Piece& cut) {
  const Duration whole_second = std::chrono::ceil<std::chrono::seconds>(cut.length);
  const std::string length = channels::span_text(whole_second);
  return cut.from.count() == 0 ? "the first " + length : length + " from " + channels::span_text(cut.from);
}

std::string type_word(std::string_view mime) {
  return mime == "image/jpeg" ? "JPEG" : mime == "image/png" ? "PNG" : "MP4 (H.264, AAC)";
}

Ratio shape_of(const Box& box) {
  constexpr std::array usual = {Ratio{1, 1},  Ratio{4, 5},  Ratio{5, 4},  Ratio{191, 100},
                                Ratio{16, 9}, Ratio{9, 16}, Ratio{2, 3},  Ratio{3, 2},
                                Ratio{4, 3},  Ratio{3, 4},  Ratio{1, 3},  Ratio{3, 1},
                                Ratio{10, 1}, Ratio{1, 10}, Ratio{20, 1}, Ratio{1, 20}};
  const double ratio = static_cast<double>(box.width) / box.height;
  for (const Ratio& one : usual) {
    if (std::abs(ratio / one.value() - 1) < 0.005) return one;
  }
  return {};
}

}  // namespace

Box crop_box(uint32_t width, uint32_t height, const Ratio& ratio, Focus focus, double zoom) {
  if (!ratio.stated() || width == 0 || height == 0) return {0, 0, width, height};
  double wide = width, high = wide / ratio.value();
  if (high > height) high = height, wide = high * ratio.value();
  const double closer = std::max(1.0, zoom);
  const auto side = [](double pixels, uint32_t most) {
    return std::clamp<uint32_t>(static_cast<uint32_t>(std::lround(pixels)), 1, most);
  };
  Box box{.width = side(wide / closer, width), .height = side(high / closer, height)};
  const auto begin = [](double share, uint32_t whole_side, uint32_t part) {
    const double wanted = std::clamp(share, 0.0, 1.0) * whole_side - part / 2.0;
    return static_cast<uint32_t>(
        std::lround(std::clamp(wanted, 0.0, static_cast<double>(whole_side - part))));
  };
  box.x = begin(focus.x, width, box.width);
  box.y = begin(focus.y, height, box.height);
  return box;
}

MediaFacts outcome(const Recipe& recipe, const MediaFacts& original) {
  MediaFacts made{.mime = recipe.into, .bytes = recipe.max_bytes};
  const Extent extent = extent_of(recipe, {original.width, original.height});
  made.width = extent.width, made.height = extent.height;
  if (!is_video(recipe.into)) return made;
  made.duration = span_of(recipe, original.duration);
  made.codec = has_sound(original) ? "h264/aac" : "h264";
  return made;
}

bool takes_as_is(const MediaRule& rule, const MediaFacts& facts) {
  return among(rule.mimes, facts.mime) && channels::breaches(rule, facts).empty();
}

std::optional<Recipe> fitting_recipe(const MediaRule& rule, const MediaFacts& original, Focus focus) {
  if (takes_as_is(rule, original) || original.width == 0 || original.height == 0) return std::nullopt;
  Recipe recipe{.into = result_type(rule, original), .max_bytes = rule.max_bytes};
  if (recipe.into.empty()) return std::nullopt;
  if (const auto shape = wanted_shape(rule, original))
    recipe.crop = crop_box(original.width, original.height, *shape, focus);
  if (is_video(recipe.into)) recipe.cut = needed_cut(rule, original);
  limit_size(rule, recipe.crop.value_or(whole(original)), recipe);
  if (!takes_as_is(rule, outcome(recipe, original))) return std::nullopt;
  return recipe;
}

std::optional<Recipe> fitting_cover(const channels::CoverRule& rule, const MediaFacts& video,
                                    const Cover& cover, const MediaFacts* picture) {
  const MediaRule shape{.kind = "image", .mimes = rule.mimes, .max_bytes = rule.max_bytes};
  if (picture != nullptr) return fitting_recipe(shape, *picture);
  if (!rule.picture || !cover.at || !is_video(video.mime)) return std::nullopt;
  return Recipe{.into = "image/jpeg", .max_bytes = rule.max_bytes, .at = cover.at};
}

std::string in_words(const Recipe& recipe, const MediaFacts& original) {
  std::vector<std::string> steps;
  if (recipe.at) steps.push_back("a still at " + channels::span_text(*recipe.at));
  if (recipe.cut) steps.push_back(cut_words(*recipe.cut));
  if (recipe.crop) {
    const Ratio shape = shape_of(*recipe.crop);
    steps.push_back("cropped to " + (shape.stated()
                                         ? channels::ratio_text(shape)
                                         : fmt::format("{} × {}", recipe.crop->width, recipe.crop->height)));
  }
  const Box shown = recipe.crop.value_or(whole(original));
  if (shown.width > 0 && shown.height > 0) {
    const Extent made = extent_of(recipe, {original.width, original.height});
    if (made.width + 1 < shown.width)
      steps.push_back(fmt::format("made smaller to {} × {}", made.width, made.height));
  }
  if (recipe.into != original.mime || is_video(recipe.into)) steps.push_back(type_word(recipe.into));
  if (steps.empty()) steps.push_back("compressed");
  return fmt::format("{}", fmt::join(steps, ", "));
}

}  // namespace carillon::plan
