#include "base/digest.h"
#include "store/records.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

// Each field with its length before it, so that no two entries make the same text.
std::string chained(const std::string& before, const AuditEntry& e) {
  std::string all = before;
  const auto add = [&all](const std::string& field) {
    all += '|' + std::to_string(field.size()) + ':' + field;
  };
  add(std::to_string(e.number));
  add(std::to_string(e.at.us));
  for (const std::string* field : {&e.actor, &e.action, &e.subject, &e.detail}) add(*field);
  return to_hex(sha256(all));
}

AuditEntry entry_at(const Row& row, WorkspaceId workspace) {
  return {.number = row.integer(0),
          .workspace = workspace,
          .at = row.instant(1),
          .actor = row.text(2),
          .action = row.text(3),
          .subject = row.text(4),
          .detail = row.text(5)};
}

struct Head {
  int64_t number = 0;
  std::string hash;
};

Head head_of(Connection& db, WorkspaceId workspace) {
  const Rows rows =
      db("SELECT number, hash FROM audit_heads WHERE workspace = $1 /*pg FOR UPDATE*/", workspace);
  return rows.empty() ? Head{} : Head{rows[0].integer(0), rows[0].text(1)};
}

}  // namespace

void Audit::add(const AuditEntry& entry) {
  Connection& db = unit_.connection();
  const Head head = head_of(db, entry.workspace);
  AuditEntry next = entry;
  next.number = head.number + 1;
  const std::string hash = chained(head.hash, next);
  db.tell(
      "INSERT INTO audit (workspace, number, at, actor, action, subject, detail, hash) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      next.workspace, next.number, next.at, next.actor, next.action, next.subject, next.detail, hash);
  db.tell(
      "INSERT INTO audit_heads (workspace, number, hash) VALUES ($1, $2, $3) "
      "ON CONFLICT (workspace) DO UPDATE SET number = excluded.number, hash = excluded.hash",
      next.workspace, next.number, hash);
}

std::vector<AuditEntry> Audit::list(WorkspaceId workspace, std::optional<int64_t> before, size_t limit,
                                    const AuditFilter& filter) {
  const Rows rows = unit_.connection()(
      "SELECT number, at, actor, action, subject, detail FROM audit WHERE workspace = $1 AND number < $2 "
      "AND ($4 = '' OR substr(action || '.', 1, length($4)) = $4) AND ($5 = '' OR actor = $5) "
      "ORDER BY number DESC LIMIT $3",
      workspace, before.value_or(INT64_MAX), limit, filter.about, filter.actor);
  std::vector<AuditEntry> entries;
  for (size_t i = 0; i < rows.size(); ++i) entries.push_back(entry_at(rows[i], workspace));
  return entries;
}

// Read in pieces: the chain of years must not stand in memory at once.
std::optional<int64_t> Audit::broken_at(WorkspaceId workspace) {
  constexpr int64_t piece = 1000;
  Connection& db = unit_.connection();
  Head seen;
  for (;;) {
    const Rows rows =
        db("SELECT number, at, actor, action, subject, detail, hash FROM audit WHERE workspace = $1 AND "
           "number > $2 "
           "ORDER BY number LIMIT $3",
           workspace, seen.number, piece);
    for (size_t i = 0; i < rows.size(); ++i) {
      const AuditEntry entry = entry_at(rows[i], workspace);
      if (entry.number != seen.number + 1 || chained(seen.hash, entry) != rows[i].text(6))
        return seen.number + 1;
      seen = {entry.number, rows[i].text(6)};
    }
    if (rows.size() < piece) break;
  }
  const Rows head = db("SELECT number, hash FROM audit_heads WHERE workspace = $1", workspace);
  const bool whole =
      head.empty() ? seen.number == 0 : head[0].integer(0) == seen.number && head[0].text(1) == seen.hash;
  return whole ? std::nullopt : std::optional(seen.number + 1);
}

}  // namespace carillon::store
