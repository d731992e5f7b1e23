#include "store/records.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

MediaFile file_at(const Row& row, WorkspaceId workspace) {
  return {.facts = media_at(row),
          .workspace = workspace,
          .name = row.text(9),
          .path = row.text(10),
          .thumbnail = row.text(11),
          .created = row.instant(12)};
}

MediaId last_media() {
  MediaId id;
  id.bytes.fill(0xff);
  return id;
}

}  // namespace

void MediaShelf::add(const MediaFile& f) {
  const MediaFacts& m = f.facts;
  unit_.connection()("INSERT INTO media (workspace, " MEDIA_COLUMNS
                     ", name, path, thumbnail, created) "
                     "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                     f.workspace, m.id, m.mime, m.bytes, m.width, m.height, m.frames, m.duration.count(),
                     m.codec, m.sha256, f.name, f.path, f.thumbnail, f.created);
}

std::optional<MediaFile> MediaShelf::find(WorkspaceId workspace, MediaId id) {
  const Rows rows = unit_.connection()(
      "SELECT " MEDIA_COLUMNS ", name, path, thumbnail, created FROM media WHERE workspace = $1 AND id = $2",
      workspace, id);
  return rows.empty() ? std::nullopt : std::optional(file_at(rows[0], workspace));
}

std::vector<MediaFile> MediaShelf::list(WorkspaceId workspace, std::optional<MediaId> after, size_t limit,
                                        const MediaFilter& filter) {
  const Rows rows = unit_.connection()(
      "SELECT " MEDIA_COLUMNS
      ", name, path, thumbnail, created FROM media WHERE workspace = $1 AND id < $2 "
      "AND ($4 = '' OR /*lite instr*//*pg strpos*/(lower(name), lower($4)) > 0) "
      "AND ($5 = '' OR substr(mime, 1, length($5)) = $5) "
      "AND ($6 = 0 OR NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.workspace = $1 AND u.media = media.id)) "
      "ORDER BY id DESC LIMIT $3",
      workspace, after.value_or(last_media()), limit, filter.text, filter.mime, int64_t{filter.unused});
  std::vector<MediaFile> files;
  for (size_t i = 0; i < rows.size(); ++i) files.push_back(file_at(rows[i], workspace));
  return files;
}

int64_t MediaShelf::uses(WorkspaceId workspace, MediaId id) {
  return unit_
      .connection()("SELECT count(*) FROM media_uses WHERE workspace = $1 AND media = $2", workspace, id)[0]
      .integer(0);
}

std::vector<PostId> MediaShelf::users(WorkspaceId workspace, MediaId id, size_t limit) {
  const Rows rows = unit_.connection()(
      "SELECT post FROM media_uses WHERE workspace = $1 AND media = $2 ORDER BY post DESC LIMIT $3",
      workspace, id, limit);
  std::vector<PostId> posts;
  for (size_t i = 0; i < rows.size(); ++i) posts.push_back(rows[i].id<PostId>(0));
  return posts;
}

void MediaShelf::remove(WorkspaceId workspace, MediaId id) {
  unit_.connection()("DELETE FROM media WHERE workspace = $1 AND id = $2", workspace, id);
}

}  // namespace carillon::store
