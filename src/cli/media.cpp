// carillon media: list, upload, move, tag, remove, folders
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "cli/upload.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon media list --folder Summer --tag cake\n"
    "  carillon media upload fair.mp4 --folder Summer      large files go in pieces; run it again to go on\n"
    "  carillon media move ID ID --to \"Summer/Cakes\"       --to \"\" takes them out of their folders\n"
    "  carillon media tag ID --add cake --remove draft\n"
    "  carillon media remove ID                            files that a post uses stay, and are named\n"
    "  carillon media folders";

struct Asked {
  std::vector<std::string> ids, add, drop, files;
  std::string to, text, tag, kind, sort, alt;
  std::optional<std::string> folder;
  bool unused = false;
};

std::string shown_bytes(const json::value& file) {
  const json::value* bytes = file.is_object() ? file.get_object().if_contains("bytes") : nullptr;
  const double size = bytes != nullptr && bytes->is_int64() ? static_cast<double>(bytes->get_int64()) : 0;
  if (size >= 1e9) return fmt::format("{:.1f} GB", size / 1e9);
  return size >= 1e6 ? fmt::format("{:.1f} MB", size / 1e6) : fmt::format("{:.0f} kB", size / 1e3);
}

std::vector<std::string> row_of(const json::value& file) {
  std::string tags;
  for (const json::value& tag : list_of(file, "tags"))
    tags += (tags.empty() ? "" : ", ") + std::string(tag.get_string());
  const json::value* uses = file.is_object() ? file.get_object().if_contains("uses") : nullptr;
  return {text_of(file, "id"),     text_of(file, "name"),
          text_of(file, "folder"), tags,
          shown_bytes(file),       uses != nullptr ? json::serialize(*uses) : ""};
}

wire::Fields query_of(const Asked& asked) {
  wire::Fields query = {{"limit", "200"}};
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) query.emplace_back(name, value);
  };
  if (asked.folder) query.emplace_back("folder", *asked.folder);
  if (asked.folder) query.emplace_back("below", "true");
  put("text", asked.text);
  put("tag", asked.tag);
  put("kind", asked.kind);
  put("sort", asked.sort);
  if (asked.unused) query.emplace_back("unused", "true");
  return query;
}

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::array all;
  std::vector<std::vector<std::string>> rows;
  for (std::string cursor;;) {
    auto query = query_of(asked);
    if (!cursor.empty()) query.emplace_back("cursor", cursor);
    const auto page = client.json("GET", wire::with_query("/api/v1/media", query));
    if (!page) return terminal.fail(page.error());
    for (const json::value& file : list_of(*page, "items")) {
      all.push_back(file);
      rows.push_back(row_of(file));
    }
    cursor = text_of(*page, "next");
    if (cursor.empty()) break;
  }
  terminal.show(
      all, rows.empty() ? "No files.\n" : table({"id", "name", "folder", "tags", "size", "posts"}, rows));
  return Exit::ok;
}

Exit list_folders(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  const auto tree = client.json("GET", "/api/v1/media/folders");
  if (!tree) return terminal.fail(tree.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& folder : list_of(*tree, "items"))
    rows.push_back({text_of(folder, "path"), json::serialize(folder.at("files"))});
  terminal.show(*tree, rows.empty() ? "No folders.\n" : table({"folder", "files"}, rows));
  return Exit::ok;
}

json::array texts(const std::vector<std::string>& list) {
  return json::array(list.begin(), list.end());
}

// Each file is done or refused by itself.
Exit change(const Terminal& terminal, net::WaitingClient& client, const Asked& asked, json::object what) {
  what["ids"] = texts(asked.ids);
  const auto done = client.json("POST", "/api/v1/media/bulk", what);
  if (!done) return terminal.fail(done.error());
  std::string people =
      fmt::format("{} of {} done.\n", json::serialize(done->at("changed")), asked.ids.size());
  for (const json::value& refused : list_of(*done, "refused"))
    people += printable(text_of(refused, "text")) + "\n";
  terminal.show(*done, people);
  return list_of(*done, "refused").empty() ? Exit::ok : Exit::failure;
}

Exit move(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return change(terminal, client, asked, {{"folder", asked.to}});
}

Exit tag(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return change(terminal, client, asked,
                {{"add_tags", texts(asked.add)}, {"remove_tags", texts(asked.drop)}});
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return change(terminal, client, asked, {{"remove", true}});
}

Result<json::value> describe(net::WaitingClient& client, json::value stored, const Asked& asked) {
  if (asked.alt.empty() && asked.add.empty()) return stored;
  json::object said;
  if (!asked.alt.empty()) said["alt"] = asked.alt;
  if (!asked.add.empty()) said["tags"] = texts(asked.add);
  return client.json("PATCH", "/api/v1/media/" + text_of(stored, "id"), said);
}

Exit send(Terminal& terminal, const Frame& frame, const RemoteOptions& remote, const Asked& asked) {
  OneFile source;
  const auto client = reach(frame, remote, &source);
  if (!client) return terminal.fail(client.error());
  json::array all;
  std::vector<std::vector<std::string>> rows;
  for (const std::string& file : asked.files) {
    auto stored = upload(**client, source,
                         {.file = file, .folder = asked.folder.value_or(""), .tell = drawn_on(terminal)});
    terminal.progress_done();
    if (stored) stored = describe(**client, std::move(*stored), asked);
    if (!stored) return terminal.fail(stored.error());
    rows.push_back(row_of(*stored));
    all.push_back(std::move(*stored));
  }
  terminal.show(all, table({"id", "name", "folder", "tags", "size", "posts"}, rows));
  return Exit::ok;
}

void add_verb(CLI::App& command, Frame& frame, std::shared_ptr<Asked> asked, Verb<Asked> verb) {
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

CLI::App& add_ids(CLI::App& media, Frame& frame, const char* name, const char* what, Asked& asked) {
  CLI::App& command = add_command(media, frame, name, what);
  command.add_option("ids", asked.ids, "Ids of files")->required();
  return command;
}

void add_list(CLI::App& media, Frame& frame) {
  CLI::App& command = add_command(media, frame, "list", "Files of the library");
  const auto asked = std::make_shared<Asked>();
  command.add_option("--folder", asked->folder, "In this folder and those within");
  command.add_option("--tag", asked->tag, "With this tag");
  command.add_option("--text", asked->text, "Part of the name, a tag or the alternative text");
  command.add_option("--kind", asked->kind, "image, video or document")
      ->check(CLI::IsMember({"image", "video", "document"}));
  command.add_option("--sort", asked->sort, "newest, oldest, name or largest [newest]")
      ->check(CLI::IsMember({"newest", "oldest", "name", "largest"}));
  command.add_flag("--unused", asked->unused, "Only those that no post uses");
  add_verb(command, frame, asked, list);
}

void add_upload(CLI::App& media, Frame& frame) {
  CLI::App& command =
      add_command(media, frame, "upload", "Upload files; goes on where an earlier run stopped");
  const auto asked = std::make_shared<Asked>();
  command.add_option("files", asked->files, "Files")->required();
  command.add_option("--folder", asked->folder, "Folder of the library");
  command.add_option("--tag", asked->add, "Tag; may be repeated")->allow_extra_args(false);
  command.add_option("--alt", asked->alt, "What it shows; posts begin with it");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, asked, remote] {
    frame.action = [&frame, asked, remote] { return send(frame.terminal, frame, *remote, *asked); };
  });
}

}  // namespace

void add_media(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "media", "The media library: list, upload, move, tag, remove", examples);
  command.require_subcommand(1);
  add_list(command, frame);
  add_upload(command, frame);
  add_media_fit(command, frame);
  auto asked = std::make_shared<Asked>();
  CLI::App& moving = add_ids(command, frame, "move", "Move files to a folder", *asked);
  moving.add_option("--to", asked->to, "The folder; \"\" for none")->required();
  add_verb(moving, frame, asked, move);
  asked = std::make_shared<Asked>();
  CLI::App& tagging = add_ids(command, frame, "tag", "Add and take off tags", *asked);
  tagging.add_option("--add", asked->add, "Tag to add; may be repeated")->allow_extra_args(false);
  tagging.add_option("--remove", asked->drop, "Tag to take off; may be repeated")->allow_extra_args(false);
  add_verb(tagging, frame, asked, tag);
  asked = std::make_shared<Asked>();
  add_verb(add_ids(command, frame, "remove", "Delete files that no post uses", *asked), frame, asked, remove);
  add_verb(add_command(command, frame, "folders", "The folders of the library"), frame,
           std::make_shared<Asked>(), list_folders);
}

}  // namespace carillon::cli
