// What a Facebook Page will not take.
#include "base/text.h"
#include "channels/facebook/facebook.h"
#include "channels/finding.h"

namespace carillon::channels::facebook {

CheckReport FacebookChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                   const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Checked checked{facebook_traits(), part, index, content, media};
  const std::string text = media.empty() ? part.text : with_link(part);
  check_text(report, checked, utf16_units(text), facebook_traits().max_text);
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::facebook
