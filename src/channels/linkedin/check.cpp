// What LinkedIn will not take.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/linkedin/little_text.h"
#include "channels/look_up.h"

namespace carillon::channels::linkedin {
namespace {

constexpr size_t longest_question = 140;       // poll-post-api (2026-09)
constexpr size_t longest_title = 400;          // posts-api: FIELD_LENGTH_TOO_LONG beyond it (2026-09)
constexpr size_t longest_comment = 1250;  // https://www.linkedin.com/help/linkedin/answer/a528176 (2026-09)

void check_question(CheckReport& report, const Checked& checked) {
  if (!checked.part.poll) return;
  const size_t length = utf16_units(poll_question(checked.part));
  if (length == 0) {
    block(report, "poll_question", checked.field("text"), "A poll on LinkedIn needs a question.",
          "Write it as the first line of the text.");
  } else if (length > longest_question) {
    block(
        report, "poll_question", checked.field("text"),
        fmt::format("The question of a poll on LinkedIn is the first line of the text: it has {} characters, "
                    "allowed are {}.",
                    length, longest_question),
        "Begin with a short question, and write the rest on the lines below.");
  }
}

void check_card(CheckReport& report, const Checked& checked) {
  const size_t length = utf16_units(kept_text(checked.content.options, "linkedin_title"));
  if (length > longest_title) {
    block(report, "title_too_long", "options.linkedin_title",
          fmt::format("The title is too long for LinkedIn: it has {} characters, allowed are {}.", length,
                      longest_title),
          fmt::format("Shorten it by {}.", length - longest_title));
  }
}

void check_visibility(CheckReport& report, const Checked& checked, const Account& account) {
  if (!is_organisation(account)) return;
  if (kept_text(checked.content.options, "linkedin_visibility") != "CONNECTIONS") return;
  block(report, "visibility", "options.linkedin_visibility",
        "An organisation on LinkedIn has followers, no connections: it cannot publish for connections only.",
        "Choose PUBLIC or LOGGED_IN.");
}

void check_comment(CheckReport& report, const Checked& checked) {
  if (!checked.part.comment) return;
  const size_t length = utf16_units(with_link(checked.part));
  report.counted = length, report.limit = longest_comment;
  if (length > longest_comment) {
    block(report, "text_too_long", checked.field("text"),
          fmt::format("The comment is too long for LinkedIn: it counts {} characters, allowed are {}.",
                      length, longest_comment),
          fmt::format("Shorten it by {}.", length - longest_comment));
  }
  if (!checked.part.media.empty() || checked.part.poll) {
    block(report, "comment_with_media", checked.field("media"), "A comment on LinkedIn is text only here.",
          "Put pictures and polls into the post.");
  }
}

}  // namespace

CheckReport LinkedinChannel::check(const Account& account, const ContentPart& part, uint32_t index,
                                   const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Checked checked{linkedin_traits(), part, index, content, media};
  const uint64_t counted = part.comment ? 0 : utf16_units(little_text(commentary_of(content, part)));
  check_text(report, checked, counted, linkedin_traits().max_text);
  check_form(report, checked);
  if (has_card(content, part))
    std::erase_if(report.findings, [](const Finding& f) { return f.id == "link_appended"; });
  check_media(report, checked);
  check_question(report, checked);
  check_comment(report, checked);
  if (index != 0) return report;
  check_options(report, checked);
  check_card(report, checked);
  check_visibility(report, checked, account);
  return report;
}

}  // namespace carillon::channels::linkedin
