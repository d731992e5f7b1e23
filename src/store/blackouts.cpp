#include "store/blackouts.h"

#include "store/rows.h"

namespace carillon::store {
namespace {

#define BLACKOUT_COLUMNS "id, account, first_day, last_day, yearly, reason"

Blackout blackout_at(const Row& row, WorkspaceId workspace) {
  Blackout blackout{.id = row.id<BlackoutId>(0), .workspace = workspace, .account = row.id<AccountId>(1)};
  if (blackout.account->empty()) blackout.account.reset();
  blackout.first = row.text(2);
  blackout.last = row.text(3);
  blackout.yearly = row.flag(4);
  blackout.reason = row.text(5);
  return blackout;
}

}  // namespace

std::vector<Blackout> BlackoutShelf::list(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT " BLACKOUT_COLUMNS " FROM blackouts WHERE workspace = $1 ORDER BY first_day, id", workspace);
  std::vector<Blackout> list;
  for (size_t i = 0; i < rows.size(); ++i) list.push_back(blackout_at(rows[i], workspace));
  return list;
}

std::optional<Blackout> BlackoutShelf::find(WorkspaceId workspace, BlackoutId id) {
  const Rows rows = unit_.connection()(
      "SELECT " BLACKOUT_COLUMNS " FROM blackouts WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(blackout_at(rows[0], workspace));
}

void BlackoutShelf::put(const Blackout& b) {
  unit_.connection()(
      "INSERT INTO blackouts (workspace, id, account, first_day, last_day, yearly, reason) VALUES ($1, $2, "
      "$3, $4, $5, $6, $7) ON CONFLICT (workspace, id) DO UPDATE SET account = excluded.account, first_day = "
      "excluded.first_day, last_day = excluded.last_day, yearly = excluded.yearly, reason = excluded.reason",
      b.workspace, b.id, b.account.value_or(AccountId{}), b.first, b.last, b.yearly, b.reason);
}

bool BlackoutShelf::remove(WorkspaceId workspace, BlackoutId id) {
  return unit_.connection()("DELETE FROM blackouts WHERE workspace = $1 AND id = $2", workspace, id).changed >
         0;
}

}  // namespace carillon::store
