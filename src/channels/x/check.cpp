// What X will not take, counted as X counts.
#include <fmt/format.h>

#include "channels/finding.h"
#include "channels/media_upload.h"
#include "channels/x/count.h"
#include "channels/x/x.h"

namespace carillon::channels::x {
namespace {

// Animated GIFs have at most 350 frames.
// https://docs.x.com/x-api/media/quickstart/best-practices (2026-09)
constexpr uint32_t max_frames = 350;

void check_frames(CheckReport& report, const Checked& checked) {
  for (size_t i = 0; i < checked.media.size(); ++i) {
    const MediaFacts& facts = checked.media[i];
    if (kind_of(facts) != "gif" || facts.frames <= max_frames) continue;
    block(report, "media_frames", checked.media_field(i, ""),
          fmt::format("This GIF is too long for X: it has {} frames, allowed are {}.", facts.frames,
                      max_frames),
          "Shorten it, or use a video.");
  }
}

}  // namespace

CheckReport XChannel::check(const Account&, const ContentPart& part, uint32_t index, const Content& content,
                            const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Checked checked{x_traits(), part, index, content, media};
  const std::string text = with_link(part);
  check_text(report, checked, weighted_length(text), x_traits().max_text);
  if (has_refused_characters(text)) {
    block(report, "characters_refused", checked.field("text"),
          "The text holds an invisible character that X refuses (U+FFFE, U+FEFF or U+FFFF).",
          "Write the text again by hand, or paste it without formatting.");
  }
  check_form(report, checked);
  check_media(report, checked);
  check_frames(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::x
