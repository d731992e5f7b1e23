// What Instagram will not take.
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/instagram/instagram.h"
#include "channels/look_up.h"

namespace carillon::channels::instagram {
namespace {

constexpr size_t most_tags = 30, most_mentions = 20, longest_comment = 2200;

bool is_word(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

size_t marks_in(std::string_view text, char mark) {
  size_t count = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const bool alone = i == 0 || !is_word(text[i - 1]);
    count += text[i] == mark && alone && is_word(text[i + 1]) ? 1 : 0;
  }
  return count;
}

void check_marks(CheckReport& report, const Checked& checked) {
  const size_t tags = marks_in(checked.part.text, '#'), names = marks_in(checked.part.text, '@');
  if (tags > most_tags) {
    block(report, "too_many_hashtags", checked.field("text"),
          fmt::format("Instagram takes at most {} hashtags; here are {}.", most_tags, tags),
          fmt::format("Remove {}.", tags - most_tags));
  }
  if (names > most_mentions) {
    block(report, "too_many_mentions", checked.field("text"),
          fmt::format("Instagram takes at most {} mentions; here are {}.", most_mentions, names),
          fmt::format("Remove {}.", names - most_mentions));
  }
}

// The general finding says that the type is not taken; here is what to do about it.
void name_jpeg(CheckReport& report) {
  for (Finding& finding : report.findings) {
    if (finding.id != "media_type") continue;
    finding.text += " Pictures must be JPEG there.";
    finding.fix = "Save the picture as JPEG, or remove it.";
  }
}

void check_story(CheckReport& report, const Checked& checked) {
  if (checked.media.size() > 1) {
    block(report, "story_single", checked.field("media"),
          fmt::format("A story on Instagram is one picture or video; here are {}.", checked.media.size()),
          "Make a story of each, or publish a carousel.");
  }
  if (!checked.part.text.empty()) {
    warn(report, "caption_dropped", checked.field("text"),
         "Stories on Instagram have no caption: the text is left out.", "Put the words into the picture.");
  }
}

void check_reel(CheckReport& report, const Checked& checked, const std::string& as) {
  const bool wanted = kept_text(checked.content.options, "instagram_as") == "reel";
  if (!wanted || as == "reel" || checked.media.empty()) return;
  block(report, "reel_needs_video", "options.instagram_as", "A reel on Instagram is one video.",
        "Choose a video, or publish it as a post.");
}

void check_comment(CheckReport& report, const Checked& checked) {
  report.limit = longest_comment;
  if (!checked.part.media.empty()) {
    block(report, "comment_with_media", checked.field("media"), "A comment on Instagram is text only.",
          "Put pictures into the post.");
  }
}

// A story takes no comments.
void check_followed(CheckReport& report, const Checked& checked, const std::string& as) {
  if (as != "story" || checked.content.parts.size() < 2) return;
  block(report, "comment_not_available", "parts", "Nobody can comment on a story on Instagram.",
        "Publish it as a post, or take the comment out.");
}

}  // namespace

CheckReport InstagramChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                    const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const std::string as = form_of(content, media);
  const Checked checked{instagram_traits(), part, index, content, media, as};
  check_text(report, checked, utf16_units(with_link(part)), instagram_traits().max_text);
  check_form(report, checked);
  check_marks(report, checked);
  if (part.comment) return check_comment(report, checked), report;
  check_media(report, checked);
  name_jpeg(report);
  if (as == "story") check_story(report, checked);
  if (!part.link.empty()) {
    tell(report, "link_not_clickable", checked.field("link"),
         "Links in captions on Instagram cannot be clicked.", "Put it into the profile, or say where it is.");
  }
  if (index != 0) return report;
  check_reel(report, checked, as);
  check_followed(report, checked, as);
  check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::instagram
