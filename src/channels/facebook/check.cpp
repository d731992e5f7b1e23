// What a Facebook Page will not take.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/facebook/facebook.h"
#include "channels/finding.h"
#include "channels/media_upload.h"

namespace carillon::channels::facebook {
namespace {

constexpr size_t longest_comment = 8000;  // used by integrators, in no current page (2026-09)

// Reels are one video, stories one picture or video without words or comments.
void check_as(CheckReport& report, const Checked& checked, const std::string& as) {
  if (as == "reel" && !is_video(checked.media)) {
    block(report, "reel_needs_video", "options.facebook_as", "A reel on Facebook is one video.",
          "Choose a video, or publish it as a post.");
  }
  if (as == "story" && checked.media.size() != 1) {
    block(report, "story_single", "options.facebook_as",
          fmt::format("A story on Facebook is one picture or video; here are {}.", checked.media.size()),
          "Choose one, or publish it as a post.");
  }
  if (as != "story") return;
  if (!checked.part.text.empty()) {
    warn(report, "caption_dropped", checked.field("text"),
         "Stories on Facebook have no text: it is left out.", "Put the words into the picture.");
  }
  if (checked.content.parts.size() > 1) {
    block(report, "comment_not_available", "parts", "Nobody can comment on a story on Facebook.",
          "Publish it as a post, or take the comment out.");
  }
}

void check_comment(CheckReport& report, const Checked& checked, size_t length) {
  report.limit = longest_comment;
  if (length > longest_comment) {
    block(report, "text_too_long", checked.field("text"),
          fmt::format("The comment is too long for Facebook: it counts {} characters, allowed are {}.",
                      length, longest_comment),
          fmt::format("Shorten it by {}.", length - longest_comment));
  }
  if (!checked.part.media.empty()) {
    block(report, "comment_with_media", checked.field("media"), "A comment on Facebook is text only here.",
          "Put pictures into the post.");
  }
}

}  // namespace

CheckReport FacebookChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                   const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const std::string as = form_of(content);
  const Checked checked{facebook_traits(), part, index, content, media, as};
  const std::string text = media.empty() && !part.comment ? part.text : with_link(part);
  check_text(report, checked, utf16_units(text), facebook_traits().max_text);
  check_form(report, checked);
  if (part.comment) return check_comment(report, checked, utf16_units(text)), report;
  check_media(report, checked);
  if (index != 0) return report;
  check_as(report, checked, as);
  check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::facebook
