// The library's folders: a tree by path. A folder with files in it is not removed: files are never lost that
// way.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/media_words.h"
#include "api/words.h"
#include "store/media.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
Result<std::string> named_folder(std::string_view text, std::string_view field) {
  auto path = folder_path(text, field);
  if (!path || !path->empty()) return path;
  return refuse(invalid("bad_folder", "The folder has no name.", std::string(field), "Give it a name."));
}

Result<std::string> read_folder(const Request& request, std::string_view member) {
  auto text = read_body(request, [&](Reader& reader) { return reader.text(member, {1, 1000}); });
  return text ? named_folder(*text, member) : text;
}

struct Move {
  std::string from, to;
};

Result<Move> read_move(const Request& request) {
  auto texts = read_body(request, [](Reader& reader) {
    return Move{reader.text("from", {1, 1000}), reader.text("to", {1, 1000})};
  });
  if (!texts) return texts;
  auto from = named_folder(texts->from, "from"), to = named_folder(texts->to, "to");
  if (!from) return refuse(std::move(from.error()));
  if (!to) return refuse(std::move(to.error()));
  if (to->starts_with(*from + "/")) {
    return refuse(invalid("into_itself", "A folder cannot be moved into itself.", "to",
                          "Choose a folder outside of it."));
  }
  return Move{std::move(*from), std::move(*to)};
}

std::string render(const std::vector<store::MediaFolders::Folder>& folders) {
  Json json;
  json.begin().key("items").list();
  for (const auto& folder : folders)
    json.begin().field("path", folder.path).field("files", folder.files).end();
  json.end_list().end();
  return json.take();
}

Fault not_empty(const std::string& path, int64_t files) {
  return closed("in_use",
                fmt::format("The folder {} is not empty: {} {} in it.", path, files,
                            files == 1 ? "file is" : "files are"),
                "Move or delete them first.");
}

// Does it, and gives the tree as it is then.
template <class Work>
Answering changed_tree(Request& request, Desk& desk, int status, Work work) {
  auto both = [&](store::Unit& unit) -> Result<std::string> {
    store::MediaFolders folders(unit);
    if (Result<void> done = work(unit, folders); !done) return refuse(std::move(done.error()));
    return render(folders.list(request.caller.workspace));
  };
  auto tree = co_await written(desk.store, std::move(both));
  if (!tree) co_return refuse(std::move(tree.error()));
  co_return json_answer(status, std::move(*tree));
}
}  // namespace

Answering list_folders(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::MediaFolders(unit).list(request.caller.workspace); };
  const auto folders = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, render(folders));
}

Answering add_folder(Request& request, Desk& desk) {
  const auto path = read_folder(request, "path");
  if (!path) co_return refuse(path.error());
  auto work = [&](store::Unit&, store::MediaFolders& folders) -> Result<void> {
    if (folders.has(request.caller.workspace, *path))
      return refuse(closed("folder_exists", fmt::format("There is a folder {} already.", *path),
                           "Choose another name."));
    folders.add(request.caller.workspace, *path);
    return {};
  };
  Answer answer = co_await changed_tree(request, desk, 201, std::move(work));
  co_return std::move(answer);
}

Answering move_folder(Request& request, Desk& desk) {
  const auto move = read_move(request);
  if (!move) co_return refuse(move.error());
  auto work = [&](store::Unit& unit, store::MediaFolders& folders) -> Result<void> {
    const WorkspaceId workspace = request.caller.workspace;
    if (!folders.has(workspace, move->from)) return refuse(not_found("folder"));
    if (move->from == move->to) return {};
    if (folders.has(workspace, move->to))
      return refuse(closed("folder_exists", fmt::format("There is a folder {} already.", move->to),
                           "Choose another name."));
    folders.move(workspace, move->from, move->to);
    folders.add(workspace, move->to);
    audit(unit, request, "media.folder_moved", "folder:" + move->to, move->from);
    return {};
  };
  Answer answer = co_await changed_tree(request, desk, 200, std::move(work));
  co_return std::move(answer);
}

Answering remove_folder(Request& request, Desk& desk) {
  const auto path = named_folder(wire::field(request.query, "path").value_or(""), "path");
  if (!path) co_return refuse(path.error());
  auto work = [&](store::Unit& unit, store::MediaFolders& folders) -> Result<void> {
    const WorkspaceId workspace = request.caller.workspace;
    if (!folders.has(workspace, *path)) return refuse(not_found("folder"));
    if (const int64_t files = folders.files(workspace, *path); files > 0)
      return refuse(not_empty(*path, files));
    folders.remove(workspace, *path);
    audit(unit, request, "media.folder_removed", "folder:" + *path, "");
    return {};
  };
  Answer answer = co_await changed_tree(request, desk, 200, std::move(work));
  co_return std::move(answer);
}

}  // namespace carillon::api
