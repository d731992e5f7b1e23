#include "store/said.h"

#include <algorithm>

#include "model/delivery.h"
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

// A part that was retried after an edit says what was edited; those before it what went out.
std::vector<Frozen> frozen_of(Unit& unit, WorkspaceId workspace, PostId post) {
  const Rows rows = unit.connection()(
      "SELECT d.account, d.part, c.body FROM deliveries d JOIN contents c ON c.workspace = d.workspace AND "
      "c.id = d.content WHERE d.workspace = $1 AND d.post = $2 AND d.superseded = 0 AND d.state <= $3 "
      "ORDER BY d.account, d.part",
      workspace, post, static_cast<int64_t>(DeliveryState::delivered));
  std::vector<Frozen> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto account = rows[i].id<AccountId>(0);
    const auto part = static_cast<size_t>(rows[i].integer(1));
    Content content = content_from(rows[i].text(2));
    if (all.empty() || all.back().account != account) {
      all.push_back({account, std::move(content)});
      continue;
    }
    auto& parts = all.back().content.parts;
    if (part < parts.size() && part < content.parts.size()) parts[part] = std::move(content.parts[part]);
  }
  return all;
}

}  // namespace carillon::store
