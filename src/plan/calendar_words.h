// Days, weekdays and months as words, in a few languages. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/zones.h"

namespace carillon::plan {

// what: date, weekday, month, year, time. form: a language (en, de, fr, es, it, nl), for a date also "iso";
// empty: English. None: not known.
std::optional<std::string> calendar_words(std::string_view what, std::string_view form,
                                          const LocalTime& wall);

}  // namespace carillon::plan
