#include "store/posts.h"

#include <fmt/format.h>

#include <cstring>
#include <tuple>

#include "base/digest.h"
#include "store/fitting.h"
#include "store/post_rows.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

// What the gate has put aside for that reason is looked at again at its own time.
void let_go(Connection& db, WorkspaceId workspace, PostId post, std::string_view reason) {
  db.tell(
      "UPDATE deliveries SET due = planned WHERE workspace = $1 AND post = $2 AND state = 0 AND reason = $3",
      workspace, post, reason);
}

void use_media(Connection& db, const Post& post) {
  for (const MediaId& medium : media_of(post)) {
    db.tell("INSERT INTO media_uses (workspace, media, post) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            post.workspace, medium, post.id);
  }
}

// Files that only an older version showed are free again, unless something on its way may still need them.
void use_other_media(Connection& db, const Post& post) {
  const bool moving =
      !db("SELECT 1 FROM tallies WHERE workspace = $1 AND post = $2 AND uncertain + in_flight > 0",
          post.workspace, post.id)
           .empty();
  if (!moving) db.tell("DELETE FROM media_uses WHERE workspace = $1 AND post = $2", post.workspace, post.id);
  use_media(db, post);
}

// It stops and goes with its new campaign.
void join_campaign(Connection& db, const Post& post) {
  const int64_t stop = post.campaign ? stop_bit(db, post.workspace, *post.campaign) : 0;
  db.tell("UPDATE tallies SET paused = (paused & 1) | $3 WHERE workspace = $1 AND post = $2", post.workspace,
          post.id, stop);
  if (stop == 0) let_go(db, post.workspace, post.id, "stopped");
}

// Ids for what an edit adds. They need no secrecy, only to be new: the post and its revision are the dice.
SeededRandom dice_of(const Post& post, uint64_t revision) {
  const Sha256 seed = sha256(post.id.text() + ":" + std::to_string(revision));
  uint64_t number = 0;
  std::memcpy(&number, seed.data(), sizeof number);
  return SeededRandom(number);
}

bool publishes_other(const Post& before, const Post& after) {
  const auto published = [](const Post& p) { return std::tie(p.content, p.targets, p.utm, p.due, p.late); };
  return published(before) != published(after);
}

bool is_evergreen(Connection& db, const Post& post) {
  return !db("SELECT 1 FROM evergreens WHERE workspace = $1 AND post = $2", post.workspace, post.id).empty();
}

Fault used_again_and_again() {
  return {.kind = FaultKind::closed,
          .code = "evergreen",
          .text = "This post is in the evergreen pool: what it says goes out again without being looked at.",
          .remedy = "Ask somebody who may approve posts to change it, or duplicate it."};
}

Fault outdated(uint64_t asked, uint64_t seen) {
  return {.kind = FaultKind::closed,
          .code = "revision",
          .text = fmt::format("Somebody else changed this post: it is at revision {}, yours began at {}.",
                              seen, asked),
          .remedy = "Load it again, and make your change there."};
}

Fault not_there() {
  return {.kind = FaultKind::gone,
          .code = "not_found",
          .text = "This post is not there.",
          .remedy = "Look at the list."};
}

}  // namespace

void Posts::add(const Post& p) {
  Connection& db = unit_.connection();
  db.tell(
      "INSERT INTO posts (workspace, id, author, title, state, content, targets, local_time, zone, due, "
      "late_then, "
      "late_within, tags, words, revision, created, updated, campaign, utm) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
      p.workspace, p.id, p.author, p.title, number_of(p.state), content_text(p.content),
      targets_text(p.targets), p.local_time, p.zone, sorted_due(p), number_of(p.late.then),
      p.late.within.count(), list_text(p.tags), post_words(p), p.revision, p.created, p.updated, p.campaign,
      utm_text(p.utm));
  open_tally(db, p);
  use_media(db, p);
}

std::optional<Post> Posts::find(WorkspaceId workspace, PostId id) {
  const Rows rows = unit_.connection()(
      "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE p.workspace = $1 AND p.id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(post_at(rows[0]));
}

Result<void> Posts::edit(const Post& p, uint64_t revision, const Leave& leave) {
  Connection& db = unit_.connection();
  const auto before = find(p.workspace, p.id);
  const Rows seen = db(
      "SELECT revision, state, due, campaign FROM posts WHERE workspace = $1 AND id = $2 /*pg FOR UPDATE*/",
      p.workspace, p.id);
  if (seen.empty()) return refuse(not_there());
  const auto current = static_cast<uint64_t>(seen[0].integer(0));
  if (current != revision) return refuse(outdated(revision, current));
  Proposals proposals(unit_);
  const bool asks = proposals.must_ask(p, leave), other = publishes_other(*before, p);
  if (asks && other && is_evergreen(db, p)) return refuse(used_again_and_again());
  db("UPDATE posts SET title = $3, content = $4, targets = $5, local_time = $6, zone = $7, due = $8, "
     "late_then = $9, "
     "late_within = $10, tags = $11, words = $12, revision = revision + 1, updated = $13, campaign = $14, "
     "utm = $15 "
     "WHERE workspace = $1 AND id = $2",
     p.workspace, p.id, p.title, content_text(p.content), targets_text(p.targets), p.local_time, p.zone,
     sorted_due(p), number_of(p.late.then), p.late.within.count(), list_text(p.tags), post_words(p),
     p.updated, p.campaign, utm_text(p.utm));
  if (optional_id<CampaignId>(seen[0], 3) != p.campaign) join_campaign(db, p);
  use_other_media(db, p);
  if (enum_at<PostState>(seen[0], 1) != PostState::scheduled) return {};
  if (asks) return other ? proposals.propose(p, proposal_of(p, leave, p.updated)) : Result<void>();
  SeededRandom dice = dice_of(p, revision);
  Minter mint(p.updated, dice);
  const Instant due = seen[0].instant(2);
  fit(db, p, {.due = p.due.value_or(due), .moved = sorted_due(p) != due}, mint);
  return {};
}

void Posts::remove(WorkspaceId workspace, PostId id) {
  Connection& db = unit_.connection();
  db.tell("DELETE FROM media_uses WHERE workspace = $1 AND post = $2", workspace, id);
  db.tell("DELETE FROM proposals WHERE workspace = $1 AND post = $2", workspace, id);
  if (db("DELETE FROM posts WHERE workspace = $1 AND id = $2", workspace, id).changed == 0) return;
  close_tally(db, workspace, id);
}

void Posts::pause(WorkspaceId workspace, PostId id, bool paused) {
  Connection& db = unit_.connection();
  db("UPDATE tallies SET paused = (paused & 2) | $3 WHERE workspace = $1 AND post = $2", workspace, id,
     paused);
  if (!paused) let_go(db, workspace, id, "paused");
}

}  // namespace carillon::store
