#include <map>

#include "store/media.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

// Every path above: of "a/b/c" these are "a/b" and "a".
void add_above(std::map<std::string, int64_t>& folders, std::string path) {
  for (size_t slash; (slash = path.rfind('/')) != std::string::npos;) {
    path.resize(slash);
    folders.try_emplace(path, 0);
  }
}

}  // namespace

std::vector<MediaFolders::Folder> MediaFolders::list(WorkspaceId workspace) {
  Connection& db = unit_.connection();
  std::map<std::string, int64_t> folders;
  const Rows made = db("SELECT path FROM media_folders WHERE workspace = $1", workspace);
  for (size_t i = 0; i < made.size(); ++i) folders.try_emplace(made[i].text(0), 0);
  const Rows filled = db(
      "SELECT folder, count(*) FROM media WHERE workspace = $1 AND folder <> '' GROUP BY folder", workspace);
  for (size_t i = 0; i < filled.size(); ++i) folders[filled[i].text(0)] = filled[i].integer(1);
  const auto known = folders;
  for (const auto& [path, files] : known) add_above(folders, path);
  std::vector<Folder> list;
  for (const auto& [path, files] : folders) list.push_back({path, files});
  return list;
}

bool MediaFolders::has(WorkspaceId workspace, const std::string& path) {
  const Rows rows = unit_.connection()(
      "SELECT 1 FROM media_folders WHERE workspace = $1 AND (path = $2 OR substr(path, 1, length($2) + 1) = "
      "$2 || '/') "
      "UNION ALL SELECT 1 FROM media WHERE workspace = $1 AND "
      "(folder = $2 OR substr(folder, 1, length($2) + 1) = $2 || '/') LIMIT 1",
      workspace, path);
  return !rows.empty();
}

void MediaFolders::add(WorkspaceId workspace, const std::string& path) {
  unit_.connection()("INSERT INTO media_folders (workspace, path) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                     workspace, path);
}

void MediaFolders::move(WorkspaceId workspace, const std::string& from, const std::string& to) {
  Connection& db = unit_.connection();
  db("INSERT INTO media_folders (workspace, path) "
     "SELECT workspace, $3 || substr(path, length($2) + 1) FROM media_folders WHERE workspace = $1 AND "
     "(path = $2 OR substr(path, 1, length($2) + 1) = $2 || '/') ON CONFLICT DO NOTHING",
     workspace, from, to);
  db("UPDATE media SET folder = $3 || substr(folder, length($2) + 1) WHERE workspace = $1 AND "
     "(folder = $2 OR substr(folder, 1, length($2) + 1) = $2 || '/')",
     workspace, from, to);
  db("UPDATE uploads SET folder = $3 || substr(folder, length($2) + 1) WHERE workspace = $1 AND "
     "(folder = $2 OR substr(folder, 1, length($2) + 1) = $2 || '/')",
     workspace, from, to);
  remove(workspace, from);
}

int64_t MediaFolders::files(WorkspaceId workspace, const std::string& path) {
  return unit_
      .connection()(
          "SELECT count(*) FROM media WHERE workspace = $1 AND "
          "(folder = $2 OR substr(folder, 1, length($2) + 1) = $2 || '/')",
          workspace, path)[0]
      .integer(0);
}

void MediaFolders::remove(WorkspaceId workspace, const std::string& path) {
  unit_.connection()(
      "DELETE FROM media_folders WHERE workspace = $1 AND (path = $2 OR substr(path, 1, length($2) + 1) = "
      "$2 || '/')",
      workspace, path);
}

}  // namespace carillon::store
