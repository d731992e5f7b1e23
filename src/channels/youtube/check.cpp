// What YouTube will not take. https://developers.google.com/youtube/v3/docs/videos (2026-09)
#include <fmt/format.h>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/youtube/youtube.h"

namespace carillon::channels::youtube {
namespace {

constexpr size_t max_title = 100;

void check_title(CheckReport& report, const Checked& checked, const Words& words) {
  const bool own = checked.content.options.contains("video_title");
  const std::string field = own ? "options.video_title" : checked.field("text");
  const size_t length = to_code_points(words.title).size();
  if (trimmed(words.title).empty())
    block(report, "title_missing", field, "A video on YouTube needs a title: there is no text.",
          "Write it as the first line of the text, or as the title of the video.");
  else if (length > max_title)
    block(report, "title_too_long", field,
          fmt::format("The title has {} characters; YouTube takes {}.{}", length, max_title,
                      own ? "" : " It is the first line of the text."),
          own ? "Shorten it." : "Break the line earlier, or give the video a title of its own.");
  if ((words.title + words.description).find_first_of("<>") != std::string::npos)
    block(report, "text_characters", checked.field("text"),
          "YouTube takes no < and > in titles and descriptions.", "Take them out.");
}

}  // namespace

CheckReport YoutubeChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                  const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = youtube_traits();
  const Checked checked{traits, part, index, content, media};
  const Words words = words_of(part, content);
  check_text(report, checked, words.description.size(), traits.max_text);
  check_title(report, checked, words);
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::youtube
