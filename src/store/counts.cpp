// Recounting tallies from the rows, and what is there in numbers.
#include <fmt/format.h>

#include <map>

#include "model/post.h"
#include "store/records.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace {

struct Counted {
  Tally kept, true_count;
  int64_t kept_posts = 0, true_posts = 0;
  bool has_row = false;
};
using ByPost = std::map<std::pair<WorkspaceId, PostId>, Counted>;  // the empty post: the whole workspace

void read_kept(Connection& db, ByPost& all) {
  const Rows rows =
      db("SELECT workspace, post, posts, waiting, uncertain, in_flight, delivered, failed, canceled, skipped "
         "FROM tallies");
  for (size_t i = 0; i < rows.size(); ++i) {
    Counted& counted = all[{rows[i].id<WorkspaceId>(0), rows[i].id<PostId>(1)}];
    counted.has_row = true;
    counted.kept_posts = rows[i].integer(2);
    for (size_t state = 0; state < counted.kept.count.size(); ++state) {
      counted.kept.count[state] = rows[i].integer(state + 3);
    }
  }
}

void read_true(Connection& db, ByPost& all) {
  const Rows rows =
      db("SELECT workspace, post, state, count(*) FROM deliveries WHERE superseded = 0 "
         "GROUP BY workspace, post, state");
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto workspace = rows[i].id<WorkspaceId>(0);
    const auto state = enum_at<DeliveryState>(rows[i], 2);
    all[{workspace, rows[i].id<PostId>(1)}].true_count[state] += rows[i].integer(3);
    all[{workspace, PostId{}}].true_count[state] += rows[i].integer(3);
  }
  const Rows posts = db("SELECT workspace, count(*) FROM posts GROUP BY workspace");
  for (size_t i = 0; i < posts.size(); ++i) {
    all[{posts[i].id<WorkspaceId>(0), PostId{}}].true_posts = posts[i].integer(1);
  }
}

std::string in_words(const PostId& post, const Counted& c) {
  std::string text = post.empty() ? "The sums of the workspace" : "The tally";
  if (!c.has_row) text += " has no row";
  for (size_t i = 0; i < c.kept.count.size(); ++i) {
    if (c.kept.count[i] == c.true_count.count[i]) continue;
    text += fmt::format("; {}: {} kept, {} counted", to_text(static_cast<DeliveryState>(i)), c.kept.count[i],
                        c.true_count.count[i]);
  }
  if (c.kept_posts != c.true_posts)
    text += fmt::format("; posts: {} kept, {} counted", c.kept_posts, c.true_posts);
  return text;
}

void write_true(Connection& db, WorkspaceId workspace, PostId post, const Counted& c) {
  const auto& n = c.true_count.count;
  db("INSERT INTO tallies (workspace, post, whole, posts, paused, waiting, uncertain, in_flight, delivered, "
     "failed, "
     "canceled, skipped) VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (workspace, "
     "post) "
     "DO UPDATE SET posts = excluded.posts, waiting = excluded.waiting, uncertain = excluded.uncertain, "
     "in_flight = excluded.in_flight, delivered = excluded.delivered, failed = excluded.failed, "
     "canceled = excluded.canceled, skipped = excluded.skipped",
     workspace, post, post.empty(), c.true_posts, n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
}

// The first row of each line of each account that may speak: what should have been taken and was not.
std::optional<Instant> oldest_overdue(Connection& db, Instant now) {
  const Rows rows = db(
      "SELECT min(h.due) FROM (SELECT (SELECT d.due FROM deliveries d /*lite INDEXED BY deliveries_queue*/ "
      "WHERE d.workspace = a.workspace AND d.account = a.id AND d.line = l.line AND d.state < 2 ORDER BY "
      "d.due LIMIT 1) AS due "
      "FROM accounts a CROSS JOIN (SELECT 0 AS line UNION ALL SELECT 1 UNION ALL SELECT 2) l WHERE a.hold = "
      "0) h");
  if (rows.empty() || rows[0].is_null(0) || rows[0].instant(0) > now) return std::nullopt;
  return rows[0].instant(0);
}

}  // namespace

std::vector<Discrepancy> recount(Unit& unit, bool mend) {
  Connection& db = unit.connection();
  write_sums(db);
  ByPost all;
  read_kept(db, all);
  read_true(db, all);
  std::vector<Discrepancy> found;
  for (const auto& [key, counted] : all) {
    if (counted.has_row && counted.kept == counted.true_count && counted.kept_posts == counted.true_posts)
      continue;
    found.push_back({key.second, in_words(key.second, counted)});
    if (mend) write_true(db, key.first, key.second, counted);
  }
  return found;
}

Census census(Unit& unit, Instant now) {
  Connection& db = unit.connection();
  write_sums(db);
  const Rows rows =
      db("SELECT posts, waiting, uncertain, in_flight, delivered, failed, canceled, skipped FROM tallies "
         "/*lite INDEXED BY tallies_whole*/ WHERE whole = 1");
  Census census;
  Tally sum;
  for (size_t i = 0; i < rows.size(); ++i) {
    census.posts += rows[i].integer(0);
    for (size_t state = 0; state < sum.count.size(); ++state) sum.count[state] += rows[i].integer(state + 1);
  }
  for (size_t state = 0; state < sum.count.size(); ++state) {
    census.deliveries.emplace_back(to_text(static_cast<DeliveryState>(state)), sum.count[state]);
  }
  census.uncertain = sum[DeliveryState::uncertain];
  census.held_accounts = db("SELECT count(*) FROM accounts WHERE hold <> 0")[0].integer(0);
  census.oldest_overdue = oldest_overdue(db, now);
  return census;
}

}  // namespace carillon::store
