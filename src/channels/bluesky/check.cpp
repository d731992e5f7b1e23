// What Bluesky will not take: two counts of the same text, graphemes and bytes.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/bluesky/bluesky.h"
#include "channels/finding.h"

namespace carillon::channels::bluesky {
namespace {

// app.bsky.feed.post (2026-08); images: servers of older releases take half of what the lexicon allows.
constexpr uint64_t max_bytes = 3000, sure_image = 1'000'000;
constexpr const char* big_server = "https://bsky.social";

void check_bytes(CheckReport& report, const Checked& checked, const std::string& text) {
  if (text.size() <= max_bytes || report.counted > report.limit) return;
  block(report, "text_too_long", checked.field("text"),
        fmt::format(
            "The text is too long for Bluesky: it has {} bytes, allowed are {} (emoji and letters outside "
            "the Latin alphabet have several each).",
            text.size(), max_bytes),
        "Shorten it.");
}

void check_server(CheckReport& report, const Checked& checked, const Account& account) {
  if (account.api_base == big_server || account.sandbox) return;
  for (size_t i = 0; i < checked.media.size(); ++i) {
    if (!checked.media[i].mime.starts_with("image/") || checked.media[i].bytes <= sure_image) continue;
    warn(report, "media_may_be_too_big", checked.media_field(i, ""),
         fmt::format("This image has {}: servers of older releases take 1 MB.",
                     megabytes(checked.media[i].bytes)),
         "Make it smaller than 1 MB to be sure.");
  }
}

}  // namespace

CheckReport BlueskyChannel::check(const Account& account, const ContentPart& part, uint32_t index,
                                  const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = bluesky_traits();
  const Checked checked{traits, part, index, content, media};
  const std::string text = text_of(part);
  check_text(report, checked, graphemes(text), traits.max_text);
  check_bytes(report, checked, text);
  check_form(report, checked);
  check_media(report, checked);
  check_server(report, checked, account);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::bluesky
