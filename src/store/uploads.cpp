#include "store/media.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

#define UPLOAD_COLUMNS \
  "workspace, id, person, name, folder, sha256, bytes, received, hash, done, created, touched"

Upload upload_at(const Row& row) {
  return {.id = row.id<UploadId>(1),
          .workspace = row.id<WorkspaceId>(0),
          .person = row.id<UserId>(2),
          .name = row.text(3),
          .folder = row.text(4),
          .sha256 = row.text(5),
          .bytes = static_cast<uint64_t>(row.integer(6)),
          .received = static_cast<uint64_t>(row.integer(7)),
          .hash = row.text(8),
          .done = row.flag(9),
          .created = row.instant(10),
          .touched = row.instant(11)};
}

std::vector<Upload> uploads_in(const Rows& rows) {
  std::vector<Upload> uploads;
  for (size_t i = 0; i < rows.size(); ++i) uploads.push_back(upload_at(rows[i]));
  return uploads;
}

}  // namespace

void Uploads::add(const Upload& u) {
  unit_.connection()("INSERT INTO uploads (" UPLOAD_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                     u.workspace, u.id, u.person, u.name, u.folder, u.sha256, u.bytes, u.received, u.hash,
                     u.done, u.created, u.touched);
}

std::optional<Upload> Uploads::find(WorkspaceId workspace, UploadId id) {
  const Rows rows = unit_.connection()(
      "SELECT " UPLOAD_COLUMNS " FROM uploads WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(upload_at(rows[0]));
}

std::vector<Upload> Uploads::unfinished(WorkspaceId workspace) {
  return uploads_in(unit_.connection()("SELECT " UPLOAD_COLUMNS
                                       " FROM uploads WHERE workspace = $1 AND done = 0 ORDER BY id DESC",
                                       workspace));
}

bool Uploads::advance(const Upload& u, uint64_t from) {
  const Rows rows = unit_.connection()(
      "UPDATE uploads SET received = $3, hash = $4, touched = $5 "
      "WHERE workspace = $1 AND id = $2 AND received = $6 AND done = 0",
      u.workspace, u.id, u.received, u.hash, u.touched, from);
  return rows.changed == 1;
}

void Uploads::finish(WorkspaceId workspace, UploadId id, Instant now) {
  unit_.connection()("UPDATE uploads SET done = 1, touched = $3 WHERE workspace = $1 AND id = $2", workspace,
                     id, now);
}

void Uploads::remove(WorkspaceId workspace, UploadId id) {
  unit_.connection()("DELETE FROM uploads WHERE workspace = $1 AND id = $2", workspace, id);
}

std::vector<Upload> Uploads::untouched_since(Instant then) {
  return uploads_in(
      unit_.connection()("SELECT " UPLOAD_COLUMNS " FROM uploads WHERE touched < $1 ORDER BY touched", then));
}

std::vector<UploadId> Uploads::all_unfinished() {
  const Rows rows = unit_.connection()("SELECT id FROM uploads WHERE done = 0");
  std::vector<UploadId> ids;
  for (size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i].id<UploadId>(0));
  return ids;
}

}  // namespace carillon::store
