// What Threads will not take, counted as Threads counts.
#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/look_up.h"
#include "channels/threads/threads.h"

namespace carillon::channels::threads {
namespace {

constexpr size_t longest_topic = 50;
constexpr size_t most_links = 5;  // reported by integrators, not documented (2026-09)

bool is_emoji(UChar32 c) {
  const bool joins = c == 0x200d || c == 0xfe0f || c == 0x20e3;
  return joins || (c > 0xff && u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) != 0) ||
         u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR) != 0 ||
         u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER) != 0;
}

size_t links_in(std::string_view text) {
  size_t count = 0;
  for (size_t at = text.find("http"); at != std::string_view::npos; at = text.find("http", at + 4))
    count += text.substr(at).starts_with("http://") || text.substr(at).starts_with("https://") ? 1 : 0;
  return count;
}

void check_topic(CheckReport& report, const Checked& checked) {
  const std::string topic = kept_text(checked.content.options, "threads_topic");
  if (topic.empty()) return;
  if (graphemes(topic) > longest_topic || topic.find_first_of(".&") != std::string::npos) {
    block(report, "topic_invalid", "options.threads_topic",
          fmt::format("“{}” is no topic on Threads: it has 1 to 50 characters, no dot and no ampersand.",
                      shortened(topic, 80)),
          "Choose a shorter or simpler one.");
  }
}

void check_links(CheckReport& report, const Checked& checked) {
  const size_t links = links_in(with_link(checked.part));
  if (links <= most_links) return;
  warn(report, "too_many_links", checked.field("text"),
       fmt::format("Threads takes about {} links in one post; here are {}.", most_links, links),
       "Leave some out, or continue in another part.");
}

}  // namespace

uint64_t counted(std::string_view text) {
  uint64_t count = 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const int32_t before = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    count += c > 0 && is_emoji(c) ? static_cast<uint64_t>(at - before) : 1;
  }
  return count;
}

CheckReport ThreadsChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                  const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Checked checked{threads_traits(), part, index, content, media};
  check_text(report, checked, counted(text_of(part)), threads_traits().max_text);
  check_form(report, checked);
  check_media(report, checked);
  check_links(report, checked);
  if (index != 0) return report;
  check_options(report, checked);
  check_topic(report, checked);
  return report;
}

}  // namespace carillon::channels::threads
