// The parts of a post in one text, as a field of a table holds them: a line of "---" begins the next part of
// a thread, "--- comment" a comment of our own. Such a line of the text itself has a backslash before it.
// Each function takes back what the other did. Pure, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/content.h"

namespace carillon::plan {

std::string parts_text(std::span<const ContentPart> parts);
// At least one. Blanks around a part, and around a line that looks like a mark, do not count.
std::vector<ContentPart> parts_from(std::string_view text);

}  // namespace carillon::plan
