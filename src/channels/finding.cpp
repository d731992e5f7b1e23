#include "channels/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "channels/json_answer.h"

namespace carillon::channels {

std::string Checked::field(std::string_view name) const {
  return fmt::format("parts[{}].{}", index, name);
}

std::string Checked::media_field(size_t which, std::string_view name) const {
  const std::string tail = name.empty() ? "" : fmt::format(".{}", name);
  return fmt::format("parts[{}].media[{}]{}", index, which, tail);
}

void block(CheckReport& report, std::string id, std::string field, std::string text, std::string fix) {
  report.findings.push_back(
      {std::move(id), Severity::blocker, std::move(field), std::move(text), std::move(fix)});
}

void warn(CheckReport& report, std::string id, std::string field, std::string text, std::string fix) {
  report.findings.push_back(
      {std::move(id), Severity::warning, std::move(field), std::move(text), std::move(fix)});
}

void tell(CheckReport& report, std::string id, std::string field, std::string text, std::string fix) {
  report.findings.push_back(
      {std::move(id), Severity::info, std::move(field), std::move(text), std::move(fix)});
}

std::string with_link(const ContentPart& part) {
  if (part.link.empty() || part.text.find(part.link) != std::string::npos) return part.text;
  return part.text.empty() ? part.link : part.text + "\n" + part.link;
}

void check_text(CheckReport& report, const Checked& checked, uint64_t counted, uint64_t limit) {
  report.counted = counted;
  report.limit = limit;
  report.unit = checked.traits.unit;
  if (limit > 0 && counted > limit) {
    block(report, "text_too_long", checked.field("text"),
          fmt::format("The text is too long for {}: it counts {} {}, allowed are {}.", checked.traits.label,
                      counted, checked.traits.unit, limit),
          fmt::format("Shorten it by {}.", counted - limit));
  }
  if (checked.part.text.empty() && !checked.part.poll && checked.part.link.empty() &&
      checked.part.media.empty()) {
    block(report, "empty", checked.field("text"),
          fmt::format("There is nothing to publish on {}: no text, no link, no media.", checked.traits.label),
          "Write a text or add a picture.");
  }
}

namespace {

// Parts after the first: a thread, or comments under the post.
void check_followers(CheckReport& report, const Checked& checked) {
  const auto& [traits, part, index, content, media, as] = checked;
  if (index != 0 || content.parts.size() < 2 || traits.thread) return;
  const auto parts = std::count_if(content.parts.begin() + 1, content.parts.end(),
                                   [](const ContentPart& one) { return !one.comment; });
  if (parts > 0) {
    block(report, "thread_not_available", "parts",
          fmt::format("{} has no threads here, and this post has {} parts.", traits.label, parts + 1),
          fmt::format("Give {} its own text with one part.", traits.label));
  } else if (!traits.comment) {
    block(report, "comment_not_available", "parts",
          fmt::format("{} lets no app comment under its own post.", traits.label),
          fmt::format("Give {} its own version without the comment.", traits.label));
  }
}

}  // namespace

void check_form(CheckReport& report, const Checked& checked) {
  const auto& [traits, part, index, content, media, as] = checked;
  check_followers(report, checked);
  check_poll(report, checked);
  if (part.link.empty()) return;
  const bool twice = part.text.find(part.link) != std::string::npos;
  if (traits.link_card && media.empty()) {
    if (twice) {
      tell(report, "link_in_both", checked.field("link"),
           "The link is in the text and is also given as a link of its own: it is seen twice.",
           "Remove it from the text if the card is enough.");
    }
    return;
  }
  tell(report, twice ? "link_in_both" : "link_appended", checked.field("link"),
       twice ? fmt::format("The link is in the text already: {} gets it once, there.", traits.label)
             : fmt::format("{} takes no separate link here: it is appended to the text.", traits.label),
       "Nothing to do.");
}

namespace {

bool option_given(const boost::json::value& value, const Option& option) {
  const std::string text = value.is_bool() ? (value.get_bool() ? "true" : "false") : as_text(value);
  return std::find(option.values.begin(), option.values.end(), text) != option.values.end();
}

}  // namespace

void check_options(CheckReport& report, const Checked& checked) {
  for (const auto& entry : checked.content.options) {
    const std::string name(entry.key());
    const auto option = std::find_if(checked.traits.options.begin(), checked.traits.options.end(),
                                     [&](const Option& one) { return one.name == name; });
    if (option == checked.traits.options.end()) {
      tell(report, "option_unknown", "options." + name,
           fmt::format("{} knows no option “{}”: it is ignored.", checked.traits.label, name), "Remove it.");
    } else if (!option->values.empty() && !option_given(entry.value(), *option)) {
      block(report, "option_value", "options." + name,
            fmt::format("“{}” is not a value of {} on {}.", as_text(entry.value()), option->label,
                        checked.traits.label),
            fmt::format("Choose one of: {}.", fmt::join(option->values, ", ")));
    } else if (option->values.empty() && !entry.value().is_string()) {
      block(report, "option_value", "options." + name, fmt::format("{} must be a text.", option->label),
            "Write a text.");
    }
  }
}

}  // namespace carillon::channels
