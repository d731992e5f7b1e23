// What TikTok will not take.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/tiktok/tiktok.h"

namespace carillon::channels::tiktok {
namespace {

// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (2026-09)
constexpr size_t max_description = 4000, max_title = 90;

void check_photos(CheckReport& report, const Checked& checked) {
  const size_t title = utf16_units(title_of(checked.content));
  if (title > max_title)
    block(report, "title_too_long", "options.tiktok_title",
          fmt::format("The title has {} characters; TikTok takes {}.", title, max_title), "Shorten it.");
  const auto cover = cover_of(checked.content);
  if (!cover || *cover < 1 || *cover > static_cast<int64_t>(checked.media.size()))
    block(report, "cover_unknown", "options.tiktok_cover",
          fmt::format("There is no such photo for the cover: here are {}.", checked.media.size()),
          "Give the number of a photo, 1 for the first.");
}

}  // namespace

CheckReport TiktokChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                 const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = tiktok_traits();
  const Checked checked{traits, part, index, content, media};
  const bool photos = is_photos(media);
  check_text(report, checked, utf16_units(with_link(part)), photos ? max_description : traits.max_text);
  if (photos) check_photos(report, checked);
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  if (privacy_of(content) == "SELF_ONLY")
    tell(report, "seen_by_nobody", "options.tiktok_privacy", "Only you will see this on TikTok.",
         "Choose who sees it, if it is meant for others.");
  return report;
}

}  // namespace carillon::channels::tiktok
