#include "store/freezer.h"

#include <algorithm>
#include <cstring>

#include "base/digest.h"
#include "plan/likeness.h"
#include "store/accounts.h"
#include "store/phrasebook.h"
#include "store/rows.h"
#include "store/unit.h"

namespace carillon::store {
namespace {

// Ids need no secrecy, only to be new: the post, its revision and its time are the dice.
SeededRandom dice_of(const Post& post) {
  const std::string seed = post.id.text() + ":" + std::to_string(post.revision) + "@" +
                           std::to_string(post.due.value_or(post.updated).us);
  const Sha256 digest = sha256(seed);
  uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return SeededRandom(number);
}

}  // namespace

Freezer::Frozen Freezer::of(const Target& target) {
  if (!words_) {
    if (target.content) return freeze(*target.content);
    if (!common_) common_ = freeze(post_.content);
    return *common_;
  }
  Content content = said(target);
  const auto same = std::ranges::find(said_, content, [](const auto& each) { return each.first; });
  if (same != said_.end()) return same->second;
  const Frozen frozen = freeze(content);
  said_.emplace_back(std::move(content), frozen);
  return frozen;
}

Content Freezer::said(const Target& target) {
  Unit unit(connection_);
  if (!wording_) wording_ = Phrasebook(unit).wording(post_.workspace);
  const auto account = Accounts(unit).find(post_.workspace, target.account);
  if (!account) return target.content ? *target.content : post_.content;
  return plan::worded(post_, target, *account, *wording_, post_.due.value_or(post_.updated)).content;
}

Freezer::Frozen Freezer::freeze(const Content& content) {
  const auto id = mint_.make<ContentId>();
  const uint64_t sketch = content.parts.empty() ? 0 : plan::sketch(content.parts.front().text);
  connection_.tell("INSERT INTO contents (workspace, id, body, sketch) VALUES ($1, $2, $3, $4)",
                   post_.workspace, id, content_text(content), sketch);
  return {id, static_cast<uint32_t>(content.parts.size())};
}

void freeze_again(Connection& connection, const Post& post) {
  SeededRandom dice = dice_of(post);
  Minter mint(post.updated, dice);
  Freezer freezer(connection, post, mint);
  for (const Target& target : post.targets) {
    connection.tell(
        "UPDATE deliveries SET content = $4, revision = revision + 1 WHERE workspace = $1 AND post = $2 AND "
        "account = $3 AND state = 0 AND superseded = 0 AND NOT EXISTS (SELECT 1 FROM attempts a WHERE "
        "a.workspace = deliveries.workspace AND a.delivery = deliveries.id AND a.publishes = 1 AND a.outcome "
        "IN (0, 4))",
        post.workspace, post.id, target.account, freezer.of(target).id);
  }
}

}  // namespace carillon::store
