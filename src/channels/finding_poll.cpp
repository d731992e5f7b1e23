// A poll against the rule of the traits.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"

namespace carillon::channels {
namespace {

std::string span_text(Duration span) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(span).count();
  if (minutes == 0)
    return fmt::format("{} seconds", std::chrono::duration_cast<std::chrono::seconds>(span).count());
  if (minutes % 1440 == 0) return minutes == 1440 ? "a day" : fmt::format("{} days", minutes / 1440);
  return minutes % 60 == 0 ? fmt::format("{} hours", minutes / 60) : fmt::format("{} minutes", minutes);
}

void check_answers(CheckReport& report, const Checked& checked, const PollRule& rule) {
  const Poll& poll = *checked.part.poll;
  if (poll.options.size() < 2 || poll.options.size() > rule.max_options) {
    block(report, "poll_options", checked.field("poll.options"),
          fmt::format("A poll on {} has 2 to {} answers; this one has {}.", checked.traits.label,
                      rule.max_options, poll.options.size()),
          poll.options.size() < 2 ? "Add an answer." : "Take answers out.");
  }
  for (size_t i = 0; i < poll.options.size(); ++i) {
    const std::string field = checked.field(fmt::format("poll.options[{}]", i));
    const size_t length = graphemes(poll.options[i]);
    if (trimmed(poll.options[i]).empty())
      block(report, "poll_option_empty", field, fmt::format("Answer {} of the poll is empty.", i + 1),
            "Write it, or take it out.");
    else if (length > rule.max_option)
      block(report, "poll_option_long", field,
            fmt::format("Answer {} of the poll has {} characters; {} allows {}.", i + 1, length,
                        checked.traits.label, rule.max_option),
            fmt::format("Shorten it by {}.", length - rule.max_option));
  }
}

void check_open(CheckReport& report, const Checked& checked, const PollRule& rule) {
  const Duration open = checked.part.poll->open;
  const bool known = rule.max_open.count() > 0;
  if (known && (open < rule.min_open || open > rule.max_open)) {
    block(report, "poll_open", checked.field("poll.minutes"),
          fmt::format("A poll on {} is open for {} to {}; this one for {}.", checked.traits.label,
                      span_text(rule.min_open), span_text(rule.max_open), span_text(open)),
          "Choose another span.");
  }
}

}  // namespace

void check_poll(CheckReport& report, const Checked& checked) {
  if (!checked.part.poll) return;
  const auto& rule = checked.traits.poll;
  if (!rule) {
    block(report, "poll_not_available", checked.field("poll"),
          fmt::format("{} takes no polls from apps.", checked.traits.label),
          fmt::format("Give {} its own version: ask the question in the text.", checked.traits.label));
    return;
  }
  check_answers(report, checked, *rule);
  check_open(report, checked, *rule);
  if (checked.part.poll->multiple && !rule->multiple) {
    block(report, "poll_multiple", checked.field("poll.multiple"),
          fmt::format("Polls on {} take one answer each.", checked.traits.label), "Allow one answer only.");
  }
  if (!checked.part.media.empty() && !rule->beside_media) {
    block(report, "poll_with_media", checked.field("poll"),
          fmt::format("On {} a post has a poll or media, not both.", checked.traits.label),
          "Remove one of them.");
  }
}

}  // namespace carillon::channels
