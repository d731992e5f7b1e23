// Hashtags in texts, and which of one's own come to mind beside others: counted in what was published, never
// taken from outside. Case does not count; a tag is shown as it was written last. Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"

namespace carillon::plan {

// Without "#", each once, in order. A tag has a letter in it: "#1" is a number.
std::vector<std::string> hashtags_in(std::string_view text);
// Whether this can be one as a whole, without "#".
bool is_hashtag(std::string_view tag);

struct TaggedPost {
  std::vector<std::string> tags;
  Instant at;
};

struct TagSuggestion {
  std::string tag;
  int64_t uses = 0;      // posts that have it
  int64_t together = 0;  // of these, posts that have one of those beside it, too
  Instant last;
};
// The best first: those that were used together with `beside`, then the most used, then the latest. Those in
// `beside` are there already. `beginning`: only tags that begin with it.
std::vector<TagSuggestion> suggest_hashtags(std::span<const TaggedPost> history,
                                            std::span<const std::string> beside, std::string_view beginning,
                                            size_t most);

}  // namespace carillon::plan
