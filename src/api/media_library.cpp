// What people say about their files: name, folder, tags, alternative text; of one or of many at once.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/media_words.h"
#include "api/words.h"
#include "base/text.h"
#include "run/depot.h"
#include "store/media.h"

namespace carillon::api {

namespace {
constexpr size_t most_at_once = 200;

struct Said {
  std::optional<std::string> name, folder, alt;
  std::optional<std::vector<std::string>> tags;
};

Result<std::optional<std::string>> said_folder(Reader& reader) {
  const auto text = reader.maybe_text("folder", {0, 1000});
  if (!text) return std::optional<std::string>();
  auto path = folder_path(*text, "folder");
  if (!path) return refuse(std::move(path.error()));
  return std::optional(std::move(*path));
}

Result<std::optional<std::vector<std::string>>> said_tags(Reader& reader, std::string_view member) {
  auto tags = reader.maybe_texts(member, most_tags, {1, longest_tag * 4});
  if (!tags) return std::optional<std::vector<std::string>>();
  auto tidy = tag_list(std::move(*tags), member);
  if (!tidy) return refuse(std::move(tidy.error()));
  return std::optional(std::move(*tidy));
}

Result<Said> read_said(const Request& request) {
  std::optional<Fault> wrong;
  auto said = read_body(request, [&](Reader& reader) {
    Said read;
    if (const auto text = reader.maybe_text("name", {1, 1000})) {
      auto name = file_name(*text, "name");
      if (!name) wrong = name.error();
      if (name) read.name = std::move(*name);
    }
    auto folder = said_folder(reader);
    if (!folder) wrong = folder.error();
    if (folder) read.folder = std::move(*folder);
    auto tags = said_tags(reader, "tags");
    if (!tags) wrong = tags.error();
    if (tags) read.tags = std::move(*tags);
    read.alt = reader.maybe_text("alt", {0, longest_alt});
    return read;
  });
  if (said && wrong) return refuse(std::move(*wrong));
  return said;
}

struct Change {
  std::vector<MediaId> ids;
  std::optional<std::string> folder;
  std::vector<std::string> add, drop;
  bool remove = false;
};

struct Refused {
  MediaId id;
  std::string name, code, text;
};

struct Changed {
  std::vector<MediaId> ids;
  std::vector<Refused> refused;
};

std::vector<MediaId> ids_in(Reader& reader) {
  std::vector<MediaId> ids;
  reader.require("ids");
  for (const std::string& text :
       reader.maybe_texts("ids", most_at_once, {0, 100}).value_or(std::vector<std::string>())) {
    const auto id = MediaId::parse(text);
    if (!id) {
      reader.refuse("not_an_id", "This is not an id: \"" + text + "\".", "ids",
                    "Give the ids as this server wrote them.");
    } else if (std::ranges::find(ids, *id) == ids.end()) {
      ids.push_back(*id);
    }
  }
  return ids;
}

Result<Change> read_change(const Request& request) {
  std::optional<Fault> wrong;
  auto change = read_body(request, [&](Reader& reader) {
    Change read{.ids = ids_in(reader)};
    auto folder = said_folder(reader);
    auto add = said_tags(reader, "add_tags"), drop = said_tags(reader, "remove_tags");
    if (!folder) wrong = folder.error();
    if (!add) wrong = add.error();
    if (!drop) wrong = drop.error();
    if (folder) read.folder = std::move(*folder);
    if (add) read.add = add->value_or(std::vector<std::string>());
    if (drop) read.drop = drop->value_or(std::vector<std::string>());
    read.remove = reader.maybe_flag("remove").value_or(false);
    if (!read.remove && !read.folder && read.add.empty() && read.drop.empty())
      reader.refuse("nothing_to_do", "The request does not say what to change.", "",
                    "Give a folder, add_tags, remove_tags, or remove.");
    return read;
  });
  if (change && wrong) return refuse(std::move(*wrong));
  return change;
}

std::optional<Refused> tag(store::MediaFile& file, const Change& change) {
  std::erase_if(file.tags, [&](const std::string& each) {
    return std::ranges::find(change.drop, each) != change.drop.end();
  });
  for (const std::string& each : change.add) {
    if (std::ranges::find(file.tags, each) == file.tags.end()) file.tags.push_back(each);
  }
  if (file.tags.size() <= most_tags) return std::nullopt;
  return Refused{
      file.facts.id, file.name, "bad_tag",
      fmt::format("{} would have {} tags; {} are possible.", file.name, file.tags.size(), most_tags)};
}

// none: done.
std::optional<Refused> change_one(store::Unit& unit, const Request& request, MediaId id,
                                  const Change& change) {
  store::MediaShelf shelf(unit);
  auto file = shelf.find(request.caller.workspace, id);
  if (!file) return Refused{id, "", "not_found", "The file is not there any more."};
  if (change.remove) {
    const int64_t uses = shelf.uses(request.caller.workspace, id);
    if (uses > 0) {
      return Refused{id, file->name, "in_use",
                     fmt::format("{} is used by {} {}.", file->name, uses, uses == 1 ? "post" : "posts")};
    }
    shelf.remove(request.caller.workspace, id);
    audit(unit, request, "media.removed", "media:" + id.text(), file->name);
    return std::nullopt;
  }
  if (change.folder) file->folder = *change.folder;
  if (auto refused = tag(*file, change)) return refused;
  shelf.describe(*file);
  return std::nullopt;
}

std::string render(const Changed& changed) {
  Json json;
  json.begin().field("changed", changed.ids.size()).key("refused").list();
  for (const Refused& one : changed.refused) {
    json.begin()
        .field("id", one.id)
        .field("name", one.name)
        .field("code", one.code)
        .field("text", one.text)
        .end();
  }
  json.end_list().end();
  return json.take();
}
}  // namespace

Answering edit_media(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  const auto said = read_said(request);
  if (!said) co_return refuse(said.error());
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<std::string> {
    store::MediaShelf shelf(unit);
    auto file = shelf.find(request.caller.workspace, *id);
    if (!file) return refuse(not_found("file"));
    if (said->name) file->name = *said->name;
    if (said->folder) file->folder = *said->folder;
    if (said->tags) file->tags = *said->tags;
    if (said->alt) file->alt = trimmed(*said->alt);
    shelf.describe(*file);
    return render(*file, shelf.uses(request.caller.workspace, *id));
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  co_return json_answer(200, std::move(*done));
}

Answering change_media(Request& request, Desk& desk) {
  const auto change = read_change(request);
  if (!change) co_return refuse(change.error());
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  Changed changed;
  auto doubt = [&] {
    if (change->remove)
      std::ranges::for_each(change->ids, [&](MediaId id) { desk.depot.doubt(request.caller.workspace, id); });
    return true;
  };
  co_await on_threads(desk.threads, std::move(doubt));
  auto work = [&](store::Unit& unit) {
    changed = {};
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      for (const MediaId id : change->ids) {
        auto refused = change_one(unit, request, id, *change);
        if (refused) changed.refused.push_back(std::move(*refused));
        if (!refused) changed.ids.push_back(id);
      }
      return Made{200, render(changed)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  if (change->remove && !made->replayed) {
    auto forget = [&] {
      for (const MediaId id : changed.ids) desk.depot.remove(id);
      return true;
    };
    co_await on_threads(desk.threads, std::move(forget));
  }
  co_return made_answer(std::move(*made));
}

Answering list_tags(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::MediaShelf(unit).tags(request.caller.workspace); };
  const auto tags = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const auto& [tag, files] : tags) json.begin().field("tag", tag).field("files", files).end();
  json.end_list().end();
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
