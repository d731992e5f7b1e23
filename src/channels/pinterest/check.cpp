// What Pinterest will not take. https://developers.pinterest.com/docs/api/v5/pins-create (2025-12)
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/pinterest/pinterest.h"

namespace carillon::channels::pinterest {

namespace {
constexpr size_t max_title = 100, max_link = 2048;
}

CheckReport PinterestChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                    const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = pinterest_traits();
  const Checked checked{traits, part, index, content, media};
  check_text(report, checked, to_code_points(part.text).size(), traits.max_text);
  if (const size_t length = to_code_points(title_of(content)).size(); length > max_title)
    block(report, "title_too_long", "options.pin_title",
          fmt::format("The title of the pin has {} characters; Pinterest takes {}.", length, max_title),
          "Shorten it.");
  if (part.link.size() > max_link)
    block(report, "link_too_long", checked.field("link"),
          fmt::format("The link has {} characters; Pinterest takes {}.", part.link.size(), max_link),
          "Use a shorter address.");
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::pinterest
