#include "store/said.h"

#include <algorithm>

#include "store/post_rows.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

std::string whole_text(const Content& content) {
  std::string text;
  for (const ContentPart& part : content.parts) text += part.text + "\n";
  return text;
}

}  // namespace

std::vector<Said> said_lately(Unit& unit, WorkspaceId workspace, const std::set<AccountId>& accounts,
                              size_t most) {
  const Rows rows = unit.connection()(
      "SELECT content, targets, due FROM posts WHERE workspace = $1 AND due < $2 AND state = 1 "
      "ORDER BY due DESC, id DESC LIMIT $3",
      workspace, Instant::never(), most);
  std::vector<Said> said;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto targets = targets_from(rows[i].text(1));
    const auto mine =
        std::ranges::find_if(targets, [&](const Target& t) { return accounts.contains(t.account); });
    if (mine == targets.end()) continue;
    const Content content = mine->content ? *mine->content : content_from(rows[i].text(0));
    said.push_back({whole_text(content), rows[i].instant(2)});
  }
  return said;
}

}  // namespace carillon::store
