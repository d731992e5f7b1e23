// Words that a post should not go out with unseen: what sounds paid for and does not say so, claims that the
// law looks at, and notes about other people's rights. English and German, few on purpose: a warning that
// cries at ordinary sentences is not read. Refuses to judge: a person says what is true. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carillon::plan {

enum class Policy : uint8_t { paid, claim, rights };

struct PolicyWord {
  Policy what;
  std::string words;  // as they stand in the text
  std::string mark;   // paid: what says so in that language, "#ad"
};

// At most one of each kind: the first that stands there. Nothing of `paid` when the text says itself that it
// is.
std::vector<PolicyWord> policy_words(std::string_view text);

inline constexpr std::string_view policy_words_date = "2026-11-20";

}  // namespace carillon::plan
