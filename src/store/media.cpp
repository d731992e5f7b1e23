#include "store/media.h"

#include "base/text.h"
#include "store/derivatives.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

#define SHELF_COLUMNS MEDIA_COLUMNS ", name, path, thumbnail, created, folder, tags, alt"

MediaFile file_at(const Row& row, WorkspaceId workspace) {
  return {.facts = media_at(row),
          .workspace = workspace,
          .name = row.text(9),
          .path = row.text(10),
          .thumbnail = row.text(11),
          .created = row.instant(12),
          .folder = row.text(13),
          .tags = list_from(row.text(14)),
          .alt = row.text(15)};
}

// What is searched: folded, so that no letter's case matters.
std::string words_of(const MediaFile& file) {
  std::string words = file.name + "\n" + file.alt;
  for (const std::string& tag : file.tags) words += "\n" + tag;
  return folded(words);
}

MediaId last_media() {
  MediaId id;
  id.bytes.fill(0xff);
  return id;
}

#define SHELF_FILTER                                                                                       \
  "AND ($4 = '' OR /*lite instr*//*pg strpos*/(words, $4) > 0) "                                           \
  "AND ($5 = '' OR substr(mime, 1, length($5)) = $5) "                                                     \
  "AND ($6 = 0 OR NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.workspace = $1 AND u.media = media.id)) " \
  "AND ($7 = 0 OR folder = $8 OR ($7 = 2 AND substr(folder, 1, length($8) + 1) = $8 || '/')) "             \
  "AND ($9 = '' OR /*lite instr*//*pg strpos*/(tags, $9) > 0) "                                            \
  "AND ($12 = 0 OR NOT EXISTS (SELECT 1 FROM derivatives d WHERE d.workspace = $1 AND d.media = "          \
  "media.id)) "                                                                                            \
  "AND ($6 = 0 OR $12 = 0 OR NOT EXISTS (SELECT 1 FROM derivatives d JOIN media_uses u ON u.workspace = "  \
  "d.workspace AND u.media = d.media WHERE d.workspace = $1 AND d.origin = media.id)) "
#define SHELF "SELECT " SHELF_COLUMNS " FROM media WHERE workspace = $1 "

// $10: the size that a page before ended with, $11: the name.
constexpr const char* newest_first =
    SHELF "AND id < $2 AND CAST($10 AS BIGINT) IS NOT NULL AND CAST($11 AS TEXT) IS NOT NULL " SHELF_FILTER
          "ORDER BY id DESC LIMIT $3";
constexpr const char* oldest_first =
    SHELF "AND id > $2 AND CAST($10 AS BIGINT) IS NOT NULL AND CAST($11 AS TEXT) IS NOT NULL " SHELF_FILTER
          "ORDER BY id LIMIT $3";
constexpr const char* by_name =
    SHELF "AND (sorted, id) > ($11, $2) AND CAST($10 AS BIGINT) IS NOT NULL " SHELF_FILTER
          "ORDER BY sorted, id LIMIT $3";
constexpr const char* largest_first =
    SHELF "AND (bytes, id) < ($10, $2) AND CAST($11 AS TEXT) IS NOT NULL " SHELF_FILTER
          "ORDER BY bytes DESC, id DESC LIMIT $3";

const char* statement(MediaOrder order) {
  switch (order) {
    case MediaOrder::newest: return newest_first;
    case MediaOrder::oldest: return oldest_first;
    case MediaOrder::name: return by_name;
    case MediaOrder::largest: return largest_first;
  }
  return newest_first;
}

MediaPlace before_all(MediaOrder order) {
  const bool down = order == MediaOrder::newest || order == MediaOrder::largest;
  return down ? MediaPlace{.bytes = INT64_MAX, .id = last_media()} : MediaPlace{};
}

}  // namespace

MediaPlace MediaShelf::place_of(const MediaFile& file) {
  return {folded(file.name), static_cast<int64_t>(file.facts.bytes), file.facts.id};
}

void MediaShelf::add(const MediaFile& f) {
  const MediaFacts& m = f.facts;
  unit_.connection()(
      "INSERT INTO media (workspace, " SHELF_COLUMNS
      ", words, sorted) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
      f.workspace, m.id, m.mime, m.bytes, m.width, m.height, m.frames, m.duration.count(), m.codec, m.sha256,
      f.name, f.path, f.thumbnail, f.created, f.folder, list_text(f.tags), f.alt, words_of(f),
      folded(f.name));
}

std::optional<MediaFile> MediaShelf::find(WorkspaceId workspace, MediaId id) {
  const Rows rows = unit_.connection()("SELECT " SHELF_COLUMNS " FROM media WHERE workspace = $1 AND id = $2",
                                       workspace, id);
  return rows.empty() ? std::nullopt : std::optional(file_at(rows[0], workspace));
}

std::vector<MediaFile> MediaShelf::list(WorkspaceId workspace, std::optional<MediaPlace> after, size_t limit,
                                        const MediaFilter& filter) {
  const MediaPlace place = after.value_or(before_all(filter.order));
  const int where = filter.folder ? 1 + filter.below : 0;
  const std::string tag = filter.tag.empty() ? "" : list_text({filter.tag});
  const Rows rows = unit_.connection()(
      statement(filter.order), workspace, place.id, limit, folded(filter.text), filter.mime,
      int64_t{filter.unused}, where, filter.folder.value_or(""),
      tag.empty() ? "" : tag.substr(1, tag.size() - 2), place.bytes, place.name, int64_t{filter.originals});
  std::vector<MediaFile> files;
  for (size_t i = 0; i < rows.size(); ++i) files.push_back(file_at(rows[i], workspace));
  return files;
}

MediaShelf::Copies MediaShelf::copies(WorkspaceId workspace, MediaId id) {
  const Rows rows = unit_.connection()(
      "SELECT (SELECT count(*) FROM derivatives WHERE workspace = $1 AND origin = $2), "
      "(SELECT count(DISTINCT u.post) FROM media_uses u WHERE u.workspace = $1 AND (u.media = $2 OR u.media "
      "IN "
      "(SELECT d.media FROM derivatives d WHERE d.workspace = $1 AND d.origin = $2)))",
      workspace, id);
  return {rows[0].integer(0), rows[0].integer(1)};
}

void MediaShelf::describe(const MediaFile& f) {
  unit_.connection()(
      "UPDATE media SET name = $3, folder = $4, tags = $5, alt = $6, words = $7, sorted = $8 "
      "WHERE workspace = $1 AND id = $2",
      f.workspace, f.facts.id, f.name, f.folder, list_text(f.tags), f.alt, words_of(f), folded(f.name));
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
  Derivatives(unit_).remove(workspace, id);
}

std::vector<std::pair<std::string, int64_t>> MediaShelf::tags(WorkspaceId workspace) {
  const Rows rows = unit_.connection()(
      "SELECT one.value, count(*) FROM media, "
      "/*lite json_each(media.tags) one*//*pg json_array_elements_text(CAST(media.tags AS json)) AS "
      "one(value)*/ "
      "WHERE workspace = $1 AND tags <> '' GROUP BY one.value ORDER BY one.value",
      workspace);
  std::vector<std::pair<std::string, int64_t>> tags;
  for (size_t i = 0; i < rows.size(); ++i) tags.emplace_back(rows[i].text(0), rows[i].integer(1));
  return tags;
}

}  // namespace carillon::store
