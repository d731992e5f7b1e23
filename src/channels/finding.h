// Findings that all networks share: counts against the traits, media against their rules, options against
// their lists. Decides nothing of its own: every number comes from the traits. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/channel.h"
#include "channels/media_rule.h"

namespace carillon::channels {

struct Checked {  // one part under check
  const Traits& traits;
  const ContentPart& part;
  uint32_t index;
  const Content& content;
  const std::vector<MediaFacts>& media;
  std::string_view as = "";  // "reel", "story"

  std::string field(std::string_view name) const;                      // "parts[0].text"
  std::string media_field(size_t which, std::string_view name) const;  // "parts[0].media[1].alt"
};

void block(CheckReport& report, std::string id, std::string field, std::string text, std::string fix);
void warn(CheckReport& report, std::string id, std::string field, std::string text, std::string fix);
void tell(CheckReport& report, std::string id, std::string field, std::string text, std::string fix);

// Sets counted, limit and unit, and the findings text_too_long and empty.
void check_text(CheckReport& report, const Checked& checked, uint64_t counted, uint64_t limit);
// thread_not_available, comment_not_available, link_appended, link_in_both.
void check_form(CheckReport& report, const Checked& checked);
// media_missing where text alone is not taken; number, kinds and mixture, then each medium against its rule
// and its alt text.
void check_media(CheckReport& report, const Checked& checked);
// poll_not_available, poll_options, poll_option_long, poll_open, poll_multiple, poll_with_media.
void check_poll(CheckReport& report, const Checked& checked);
void check_options(CheckReport& report, const Checked& checked);

// The text as it is published where a link has no place of its own: appended on its own line, unless it is in
// the text already.
std::string with_link(const ContentPart& part);
std::string megabytes(uint64_t bytes);  // "5 MB", "4.2 MB"

}  // namespace carillon::channels
