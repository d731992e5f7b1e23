#include "store/proposals.h"

#include <algorithm>

#include "store/delivery_rows.h"
#include "store/fitting.h"
#include "store/post_rows.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

constexpr int64_t editor = 1, owner = 2;  // numbers of Role
constexpr int64_t proposed = 3, expired = 4;

std::string ids_text(const std::vector<DeliveryId>& ids) {
  std::vector<std::string> texts;
  for (const DeliveryId& id : ids) texts.push_back(id.text());
  return list_text(texts);
}

std::vector<DeliveryId> ids_from(const std::string& text) {
  std::vector<DeliveryId> ids;
  for (const std::string& each : list_from(text))
    ids.push_back(DeliveryId::parse(each).value_or(DeliveryId{}));
  return ids;
}

Fault on_its_way() {
  return {.kind = FaultKind::closed,
          .code = "on_its_way",
          .text = "Something of this post is on its way, or nobody knows whether it went out.",
          .remedy = "Wait until that is settled, or ask somebody who may approve posts to change it."};
}

bool at_rest(Connection& db, const std::vector<Delivery>& deliveries) {
  return std::ranges::none_of(deliveries, [&](const Delivery& d) {
    return d.state == DeliveryState::in_flight || d.state == DeliveryState::uncertain ||
           (d.state == DeliveryState::waiting && may_be_out(db, d));
  });
}

// Nothing of it waits any more. What it says now is made anew when it is approved.
void withdraw(Connection& db, const Post& post, const std::vector<Delivery>& deliveries) {
  Tally change;
  for (const Delivery& d : deliveries) {
    if (d.state == DeliveryState::waiting) take_off(db, d, post.updated, change);
  }
  change_tally(db, post.workspace, post.id, change);
}

std::vector<WaitingPost> waiting_of(const Rows& rows) {
  std::vector<WaitingPost> waiting;
  for (size_t i = 0; i < rows.size(); ++i) {
    waiting.push_back({.workspace = rows[i].id<WorkspaceId>(0),
                       .post = rows[i].id<PostId>(1),
                       .asked_by = rows[i].id<UserId>(2)});
  }
  return waiting;
}

}  // namespace

bool needs_approval(Unit& unit, WorkspaceId workspace, UserId person) {
  const Rows rows = unit.connection()(
      "SELECT w.approval, u.role, u.approves FROM workspaces w LEFT JOIN users u ON u.workspace = w.id AND "
      "u.id = $2 "
      "WHERE w.id = $1",
      workspace, person);
  if (rows.empty() || !rows[0].flag(0)) return false;
  if (rows[0].is_null(1)) return true;  // nobody we know
  const int64_t role = rows[0].integer(1);
  return role != owner && !(role == editor && rows[0].flag(2));
}

bool Proposals::must_ask(const Post& post, const Leave& leave) {
  if (leave.kind == Leave::Kind::by_author) return needs_approval(unit_, post.workspace, post.author);
  return leave.kind == Leave::Kind::ask;
}

Result<void> Proposals::propose(const Post& post, const Proposal& p) {
  Connection& db = unit_.connection();
  const auto deliveries = deliveries_of(db, post.workspace, post.id, true);
  if (!at_rest(db, deliveries)) return refuse(on_its_way());
  withdraw(db, post, deliveries);
  db.tell(
      "UPDATE posts SET state = $3, due = $4, local_time = $5, zone = $6, updated = $7 WHERE workspace = $1 "
      "AND id = $2",
      post.workspace, post.id, proposed, sorted_due(post), post.local_time, post.zone, post.updated);
  db.tell(
      "INSERT INTO proposals (workspace, post, wants, answer, asked_by, asked, retries, answered_by, "
      "answered, note, "
      "told) VALUES ($1, $2, $3, 0, $4, $5, $6, NULL, 0, '', 0) ON CONFLICT (workspace, post) DO UPDATE SET "
      "wants = excluded.wants, answer = 0, asked_by = excluded.asked_by, asked = excluded.asked, "
      "retries = excluded.retries, answered_by = NULL, answered = 0, note = '', "
      "told = CASE WHEN proposals.answer = 0 THEN proposals.told ELSE 0 END",
      post.workspace, post.id, number_of(p.wants), p.asked_by, p.asked, ids_text(p.retries));
  return {};
}

std::optional<Proposal> Proposals::find(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()(
      "SELECT wants, answer, asked_by, asked, retries, answered_by, answered, note FROM proposals "
      "WHERE workspace = $1 AND post = $2",
      workspace, post);
  if (rows.empty()) return std::nullopt;
  const Row row = rows[0];
  return Proposal{.wants = enum_at<Proposal::Wants>(row, 0),
                  .answer = enum_at<Proposal::Answer>(row, 1),
                  .asked_by = row.id<UserId>(2),
                  .asked = row.instant(3),
                  .retries = ids_from(row.text(4)),
                  .answered_by = optional_id<UserId>(row, 5),
                  .answered = row.instant(6),
                  .note = row.text(7)};
}

void Proposals::answer(const Post& post, const Proposal& p) {
  unit_.connection().tell(
      "UPDATE proposals SET answer = $3, answered_by = $4, answered = $5, note = $6, told = 1 "
      "WHERE workspace = $1 AND post = $2",
      post.workspace, post.id, number_of(p.answer), p.answered_by, p.answered, p.note);
}

void Proposals::approve(const Post& post, UserId who, Instant now) {
  auto open = find(post.workspace, post.id);
  if (!open || open->answer != Proposal::Answer::none) return;
  open->answer = Proposal::Answer::approved;
  open->answered_by = who;
  open->answered = now;
  answer(post, *open);
}

void Proposals::close(WorkspaceId workspace, PostId post, Instant now) {
  unit_.connection().tell(
      "UPDATE proposals SET answer = $3, answered = $4, told = 1 WHERE workspace = $1 AND post = $2 AND "
      "answer = "
      "0",
      workspace, post, number_of(Proposal::Answer::withdrawn), now);
}

PostState Proposals::put_back(const Post& post, const Proposal& answered, Instant now) {
  const bool has_record = std::ranges::any_of(post.tally.count, [](int64_t count) { return count > 0; });
  const PostState state = has_record ? PostState::canceled : PostState::draft;
  unit_.connection().tell("UPDATE posts SET state = $3, updated = $4 WHERE workspace = $1 AND id = $2",
                          post.workspace, post.id, number_of(state), now);
  answer(post, answered);
  return state;
}

std::vector<WaitingPost> Proposals::untold() {
  Connection& db = unit_.connection();
  auto waiting = waiting_of(
      db("SELECT workspace, post, asked_by FROM proposals WHERE told = 0 ORDER BY workspace, asked_by, post "
         "LIMIT 1000"));
  for (const WaitingPost& each : waiting) {
    db.tell("UPDATE proposals SET told = 1 WHERE workspace = $1 AND post = $2", each.workspace, each.post);
  }
  return waiting;
}

std::vector<WaitingPost> Proposals::expire(Instant now) {
  Connection& db = unit_.connection();
  auto waiting =
      waiting_of(db("SELECT o.workspace, o.id, p.asked_by FROM posts o /*lite INDEXED BY "
                    "posts_proposed*/ JOIN proposals p "
                    "ON p.workspace = o.workspace AND p.post = o.id WHERE o.state = 3 AND p.wants = 0 AND "
                    "o.due <= $1 ORDER BY o.workspace LIMIT 1000",
                    now));
  for (const WaitingPost& each : waiting) {
    db.tell("UPDATE posts SET state = $3 WHERE workspace = $1 AND id = $2", each.workspace, each.post,
            expired);
  }
  return waiting;
}

Proposal proposal_of(const Post& post, const Leave& leave, Instant now) {
  const bool at_once = !post.due || *post.due <= now;
  return {.wants = at_once ? Proposal::Wants::now : Proposal::Wants::time,
          .asked_by = leave.kind == Leave::Kind::ask ? leave.who : post.author,
          .asked = now,
          .retries = {},
          .answered_by = std::nullopt,
          .note = {}};
}

}  // namespace carillon::store
