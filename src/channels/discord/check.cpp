// What Discord will not take. https://docs.discord.com/developers/resources/poll (2026-08) for questions.
#include "base/text.h"
#include "channels/discord/discord.h"
#include "channels/finding.h"

namespace carillon::channels::discord {

namespace {
constexpr uint64_t max_question = 300;
}

CheckReport DiscordChannel::check(const Account&, const ContentPart& part, uint32_t index,
                                  const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits& traits = discord_traits();
  const Checked checked{traits, part, index, content, media};
  const uint64_t counted = to_code_points(with_link(part)).size();
  check_text(report, checked, counted, part.poll ? max_question : traits.max_text);
  if (part.poll && counted == 0) {
    block(report, "poll_question", checked.field("text"),
          "A poll on Discord needs a question: there is no text.", "Write the question as the text.");
  }
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::discord
