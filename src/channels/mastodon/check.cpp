// What a Mastodon server will not take, counted as it counts: characters as people see them, a URL as 23, of
// "@user@domain" only "@user", and the content warning counts too.
// https://docs.joinmastodon.org/user/posting/ (2026-09)
#include "base/text.h"
#include "channels/finding.h"
#include "channels/look_up.h"
#include "channels/mastodon/count.h"
#include "channels/mastodon/mastodon.h"

namespace carillon::channels::mastodon {

CheckReport MastodonChannel::check(const Account& account, const ContentPart& part, uint32_t index,
                                   const Content& content, const std::vector<MediaFacts>& media) const {
  CheckReport report;
  const Traits traits = traits_of(account);
  const Checked checked{traits, part, index, content, media};
  const uint64_t warning = graphemes(kept_text(content.options, "spoiler_text"));
  check_text(report, checked, length_of(with_link(part), traits.url_weight) + warning, traits.max_text);
  check_form(report, checked);
  check_media(report, checked);
  if (index == 0) check_options(report, checked);
  return report;
}

}  // namespace carillon::channels::mastodon
