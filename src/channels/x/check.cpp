// What X will not take, counted as X counts.
#include <fmt/format.h>

#include "channels/finding.h"
#include "channels/x/count.h"
#include "channels/x/x.h"

namespace carillon::channels::x {
CheckReport XChannel::check(const Account&, const ContentPart& part, uint32_t index, const Content& content,
                            const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Checked checked{x_traits(), part, index, content, media};
  if (is_article(content, index)) {
    check_article(report, checked);
    check_options(report, checked);
    return report;
  }
  const std::string text = with_link(part);
  check_text(report, checked, weighted_length(text), x_traits().max_text);
  if (has_refused_characters(text)) {
    block(report, "characters_refused", checked.field("text"),
          "The text holds an invisible character that X refuses (U+FFFE, U+FEFF or U+FFFF).",
          "Write the text again by hand, or paste it without formatting.");
  }
  if (const size_t tags = cashtags_in(text); tags > 1) {
    block(report, "too_many_cashtags", checked.field("text"),
          fmt::format("X takes at most one cashtag in a post (a sign like $ABC); here are {}.", tags),
          "Keep one, and write the others without the $.");
  }
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::x
