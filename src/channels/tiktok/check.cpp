// What TikTok will not take.
#include "base/text.h"
#include "channels/finding.h"
#include "channels/tiktok/tiktok.h"

namespace carillon::channels::tiktok {

CheckReport TiktokChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                 const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = tiktok_traits();
  const Checked checked{traits, part, index, content, media};
  check_text(report, checked, utf16_units(with_link(part)), traits.max_text);
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  if (privacy_of(content) == "SELF_ONLY")
    tell(report, "seen_by_nobody", "options.tiktok_privacy", "Only you will see this video on TikTok.",
         "Choose who sees it, if it is meant for others.");
  return report;
}

}  // namespace carillon::channels::tiktok
