// One file against one rule, as data: what is broken, what was seen, what is allowed. The findings of a
// check, the recipes that mend them (plan/fit.h) and their tests all ask here. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/traits.h"
#include "model/content.h"

namespace carillon::channels {

enum class Broken : uint8_t {
  bytes,
  few_bytes,
  pixels,
  few_pixels,
  ratio,
  frames,
  too_long,
  too_short,
  codec
};

struct Breach {
  Broken what;
  std::string id;       // of the finding: "media_ratio"
  std::string seen;     // "3000 × 1000"
  std::string allowed;  // "4:5 to 1.91:1"
};

// Everything that the rule forbids about this file, except its type. What is not known of the file breaks
// nothing.
std::vector<Breach> breaches(const MediaRule& rule, const MediaFacts& facts);

// The rule for this type of file; one of that very form of publishing before a general one. None: not taken.
const MediaRule* rule_for(const Traits& traits, const MediaFacts& facts, std::string_view as = "");
// The rule that a copy of this file could be made for: its own, else that of its kind.
const MediaRule* rule_to_meet(const Traits& traits, const MediaFacts& facts, std::string_view as = "");
const CoverRule* cover_rule(const Traits& traits, std::string_view as = "");

std::string ratio_text(const Ratio& ratio);  // "4:5", "1.91:1"
std::string span_text(Duration span);        // "3 s", "15 min"

}  // namespace carillon::channels
