// What Slack will not take, and what it advises against.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/slack/slack.h"

namespace carillon::channels::slack {

namespace {
constexpr uint64_t advised = 4000;  // https://docs.slack.dev/reference/methods/chat.postMessage (2026-09)
}

CheckReport SlackChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = slack_traits();
  const Checked checked{traits, part, index, content, media};
  const uint64_t counted = to_code_points(message_of(part)).size();
  check_text(report, checked, counted, media.empty() ? traits.max_text : traits.max_caption);
  if (media.empty() && counted > advised && counted <= traits.max_text) {
    warn(report, "text_long", checked.field("text"),
         fmt::format("Slack advises at most {} characters; here are {}.", advised, counted), "Shorten it.");
  }
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::slack
