#include "store/findings.h"

#include "store/notice_rows.h"
#include "store/post_rows.h"
#include "store/rows.h"

namespace carillon::store {

std::vector<FindingKey> Findings::of_post(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()(
      "SELECT account, code FROM findings WHERE workspace = $1 AND post = $2 ORDER BY account, code",
      workspace, post);
  std::vector<FindingKey> keys;
  for (size_t i = 0; i < rows.size(); ++i) keys.push_back({rows[i].id<AccountId>(0), rows[i].text(1)});
  return keys;
}

void Findings::add(WorkspaceId workspace, PostId post, const FindingKey& key, const Notice& notice) {
  Connection& db = unit_.connection();
  const bool fresh =
      db("INSERT INTO findings (workspace, post, account, code, notice) VALUES ($1, $2, $3, $4, $5) "
         "ON CONFLICT DO NOTHING",
         workspace, post, key.account, key.code, notice.id)
          .changed == 1;
  if (fresh) write_notice(db, notice);
}

void Findings::withdraw(WorkspaceId workspace, PostId post, const FindingKey& key) {
  Connection& db = unit_.connection();
  const Rows rows =
      db("DELETE FROM findings WHERE workspace = $1 AND post = $2 AND account = $3 AND code = $4 RETURNING "
         "notice",
         workspace, post, key.account, key.code);
  for (size_t i = 0; i < rows.size(); ++i) {
    db.tell("DELETE FROM notices WHERE workspace = $1 AND id = $2", workspace, rows[i].id<NoticeId>(0));
  }
}

std::vector<Findings::Told> Findings::posts(size_t limit) {
  const Rows rows = unit_.connection()(
      "SELECT DISTINCT workspace, post FROM findings ORDER BY workspace, post LIMIT $1", limit);
  std::vector<Told> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    all.push_back({rows[i].id<WorkspaceId>(0), rows[i].id<PostId>(1)});
  }
  return all;
}

int64_t Findings::planned(WorkspaceId workspace, AccountId account, Instant after, Instant until) {
  Connection& db = unit_.connection();
  const int64_t waiting = db("SELECT count(*) FROM deliveries /*lite INDEXED BY deliveries_queue*/ WHERE "
                             "workspace = $1 AND account = "
                             "$2 AND line = 2 AND state < 2 AND due > $3 AND due <= $4",
                             workspace, account, after, until)[0]
                              .integer(0);
  const int64_t out =
      db("SELECT count(*) FROM deliveries /*lite INDEXED BY deliveries_delivered*/ WHERE workspace = $1 AND "
         "account = $2 AND state = 3 AND settled > $3 AND settled <= $4",
         workspace, account, after, until)[0]
          .integer(0);
  return waiting + out;
}

std::vector<Post> Findings::coming(WorkspaceId workspace, Instant after, Instant until, size_t limit) {
  const Rows rows =
      unit_.connection()("SELECT " POST_COLUMNS " FROM " POST_TABLES
                         " WHERE p.workspace = $1 AND p.due > $2 AND p.due <= $3 AND p.state = 1 "
                         "AND t.waiting > 0 ORDER BY p.due, p.id LIMIT $4",
                         workspace, after, until, limit);
  std::vector<Post> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(post_at(rows[i]));
  return all;
}

}  // namespace carillon::store
