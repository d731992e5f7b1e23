// What Telegram will not take. https://core.telegram.org/bots/api#sendphoto (2026-06) for the shape of
// photos.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/media_upload.h"
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

constexpr uint32_t max_sides = 10'000;  // width and height together
constexpr uint32_t max_ratio = 20;
constexpr uint64_t max_question = 300;  // https://core.telegram.org/bots/api#sendpoll (2026-06)

void check_shapes(CheckReport& report, const Checked& checked) {
  for (size_t i = 0; i < checked.media.size(); ++i) {
    const MediaFacts& photo = checked.media[i];
    if (kind_of(photo) != "image" || photo.width == 0 || photo.height == 0) continue;
    const uint32_t longer = std::max(photo.width, photo.height),
                   shorter = std::min(photo.width, photo.height);
    if (photo.width + photo.height > max_sides) {
      block(report, "media_dimensions", checked.media_field(i, ""),
            fmt::format(
                "This image is too large for Telegram: width and height together are {}, allowed are {}.",
                photo.width + photo.height, max_sides),
            "Scale it down.");
    } else if (longer > uint64_t{shorter} * max_ratio) {
      block(report, "media_dimensions", checked.media_field(i, ""),
            fmt::format("This image is too narrow for Telegram: it is {} × {}, at most 20 to 1 is allowed.",
                        photo.width, photo.height),
            "Crop it.");
    }
  }
}

void check_markup(CheckReport& report, const Checked& checked) {
  const std::string mode = parse_mode_of(checked.content.options);
  const std::string sign = stray_sign(message_of(checked.part, checked.content.options), mode);
  if (sign.empty() || checked.part.poll) return;
  const bool html = mode == "HTML";
  block(report, "markup_broken", checked.field("text"),
        html ? fmt::format("“{}” begins no tag that Telegram knows: it would refuse the message.",
                           shortened(sign, 20))
             : fmt::format(
                   "“{}” has a meaning in MarkdownV2 and stands alone: Telegram would refuse the message.",
                   sign),
        html ? "Write &lt; where you mean the sign, or send it without markup."
             : fmt::format("Write \\{} where you mean the sign, or send it without markup.", sign));
}

}  // namespace

CheckReport TelegramChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                   const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = telegram_traits();
  const Checked checked{traits, part, index, content, media};
  const uint64_t counted = part.poll
                               ? utf16_units(with_link(part))
                               : length_of(message_of(part, content.options), parse_mode_of(content.options));
  const uint64_t limit = part.poll ? max_question : media.empty() ? traits.max_text : traits.max_caption;
  check_text(report, checked, counted, limit);
  if (part.poll && counted == 0) {
    block(report, "poll_question", checked.field("text"),
          "A poll on Telegram needs a question: there is no text.", "Write the question as the text.");
  }
  check_markup(report, checked);
  check_form(report, checked);
  check_media(report, checked);
  check_shapes(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::telegram
