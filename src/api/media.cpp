// Media: uploads are streamed into the folder, measured, and only then written down.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/depot_awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/media_words.h"
#include "api/words.h"
#include "base/text.h"
#include "media/folder.h"
#include "media/stored_name.h"
#include "plan/fit.h"
#include "plan/standing.h"
#include "store/derivatives.h"
#include "store/media.h"
#include "store/posts.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
Result<store::MediaFile> find_file(store::Unit& unit, const Request& request, MediaId id) {
  auto file = store::MediaShelf(unit).find(request.caller.workspace, id);
  if (!file) return refuse(not_found("file"));
  return std::move(*file);
}

constexpr size_t most_users = 50;  // posts that are named as users of a file
constexpr size_t shown_text = 120;

std::vector<Post> users_of(store::Unit& unit, WorkspaceId workspace, MediaId id) {
  store::Posts posts(unit);
  std::vector<Post> users;
  for (const PostId post : store::MediaShelf(unit).users(workspace, id, most_users)) {
    if (auto found = posts.find(workspace, post)) users.push_back(std::move(*found));
  }
  return users;
}

constexpr std::array<std::pair<std::string_view, store::MediaOrder>, 4> orders = {
    {{"newest", store::MediaOrder::newest},
     {"oldest", store::MediaOrder::oldest},
     {"name", store::MediaOrder::name},
     {"largest", store::MediaOrder::largest}}};

Result<bool> flag_in(const Request& request, std::string_view name) {
  const auto text = wire::field(request.query, name).value_or("false");
  if (text == "true" || text == "false") return text == "true";
  return refuse(
      invalid("not_a_flag", "This is neither true nor false.", std::string(name), "Use true or false."));
}

// kind: image, video or document. folder: only when it is named, also when it is empty.
Result<store::MediaFilter> filter_of(const Request& request) {
  const auto kind = wire::field(request.query, "kind").value_or("");
  const auto sort = wire::field(request.query, "sort").value_or("newest");
  const auto unused = flag_in(request, "unused"), below = flag_in(request, "below");
  const auto originals = flag_in(request, "originals");
  const auto order = std::ranges::find(orders, sort, &std::pair<std::string_view, store::MediaOrder>::first);
  if (!kind.empty() && kind != "image" && kind != "video" && kind != "document") {
    return refuse(invalid("unknown_kind", "There is no kind \"" + kind.substr(0, 40) + "\".", "kind",
                          "Use image, video or document."));
  }
  if (order == orders.end()) {
    return refuse(invalid("unknown_order", "There is no order \"" + sort.substr(0, 40) + "\".", "sort",
                          "Use newest, oldest, name or largest."));
  }
  if (!unused) return refuse(unused.error());
  if (!below) return refuse(below.error());
  if (!originals) return refuse(originals.error());
  store::MediaFilter filter{.text = wire::field(request.query, "text").value_or("").substr(0, 200),
                            .mime = kind == "document" ? "application/"
                                    : kind.empty()     ? ""
                                                       : kind + "/",
                            .unused = *unused,
                            .originals = *originals,
                            .below = *below,
                            .tag = wire::field(request.query, "tag").value_or("").substr(0, 200),
                            .order = order->second};
  if (const auto folder = wire::field(request.query, "folder")) {
    auto path = folder_path(*folder, "folder");
    if (!path) return refuse(std::move(path.error()));
    filter.folder = std::move(*path);
  }
  return filter;
}

// "id bytes name": where a page ended, whatever its order.
std::string text_of(const store::MediaPlace& place) {
  return fmt::format("{} {} {}", place.id.text(), place.bytes, place.name);
}

std::optional<store::MediaPlace> place_in(std::string_view text) {
  const size_t first = text.find(' '), second = text.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
  const auto id = MediaId::parse(text.substr(0, first));
  store::MediaPlace place{.name = std::string(text.substr(second + 1)), .id = id.value_or(MediaId{})};
  std::from_chars(text.data() + first + 1, text.data() + second, place.bytes);
  return id ? std::optional(place) : std::nullopt;
}

// The name for people and the folder: percent-encoded in headers.
Result<std::string> decoded(const Request& request, const char* header) {
  const auto given = request.header(header);
  if (!given) return "";
  auto text = wire::percent_decode(*given);
  if (text && is_utf8(*text)) return std::move(*text);
  return refuse(invalid("bad_name", "The header is not percent-encoded UTF-8.", header,
                        "Encode it as encodeURIComponent does."));
}

Result<std::string> name_of(const Request& request) {
  const auto given = decoded(request, "X-File-Name");
  return given ? file_name(*given, "X-File-Name") : given;
}

Result<std::string> folder_of(const Request& request) {
  const auto given = decoded(request, "X-Folder");
  return given ? folder_path(*given, "X-Folder") : given;
}

// Streams the body in; gives what the file is.
Awaitable<Result<MediaFacts>> receive(Request& request, Desk& desk, media::Intake& intake) {
  while (true) {
    auto piece = co_await request.exchange.piece();
    if (!piece) co_return refuse(std::move(piece.error()));
    if (piece->empty()) break;
    auto feed = [&] { return intake.feed(*piece); };
    auto fed = co_await on_threads(desk.threads, std::move(feed));
    if (!fed) co_return refuse(as_ours(std::move(fed.error())));
  }
  auto finish = [&] { return intake.finish(); };
  auto facts = co_await on_threads(desk.threads, std::move(finish));
  if (!facts) co_return refuse(as_ours(std::move(facts.error())));
  co_return std::move(*facts);
}
}  // namespace

Answering upload_media(Request& request, Desk& desk) {
  const auto name = name_of(request);
  if (!name) co_return refuse(name.error());
  const auto folder = folder_of(request);
  if (!folder) co_return refuse(folder.error());
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  const auto length = request.exchange.body_length();
  if (length && *length > desk.settings.largest_upload) {
    co_return refuse(
        invalid("too_large", "The file is larger than this server takes.", "", "Make it smaller."));
  }
  media::Intake intake = desk.folder.receive(desk.settings.largest_upload, desk.random);
  auto facts = co_await receive(request, desk, intake);
  if (!facts) co_return refuse(std::move(facts.error()));
  const MediaId id = facts->id = MediaId::make(request.now, desk.random);
  auto put = [&] { return intake.keep(id), true; };
  co_await on_threads(desk.threads, std::move(put));
  auto forget = [&] { return desk.depot.remove(id), true; };
  if (auto lies = co_await stored(desk, request.caller.workspace, *facts); !lies) {
    co_await on_threads(desk.threads, std::move(forget));
    co_return refuse(std::move(lies.error()));
  }
  const store::MediaFile file{.facts = *facts,
                              .workspace = request.caller.workspace,
                              .name = *name,
                              .path = media::stored_name(id),
                              .thumbnail = media::thumbnail_name(id),
                              .created = request.now,
                              .folder = *folder};
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, facts->sha256, [&]() -> Result<Made> {
      store::MediaShelf(unit).add(file);
      return Made{201, render(file, 0)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  auto settle = [&] { return made && !made->replayed ? desk.depot.settled(id) : desk.depot.remove(id), true; };
  co_await on_threads(desk.threads, std::move(settle));
  if (!made) co_return refuse(std::move(made.error()));
  co_return made_answer(std::move(*made));
}

Answering list_media(Request& request, Desk& desk) {
  auto limit = limit_of(request);
  auto position = open_cursor(desk, request);
  const auto filter = filter_of(request);
  if (!limit) co_return refuse(std::move(limit.error()));
  if (!position) co_return refuse(std::move(position.error()));
  if (!filter) co_return refuse(filter.error());
  std::vector<int64_t> uses;
  std::vector<store::MediaShelf::Copies> copies;
  auto look = [&](store::Unit& unit) {
    uses.clear(), copies.clear();
    store::MediaShelf shelf(unit);
    auto files = shelf.list(request.caller.workspace, place_in(*position), *limit + 1, *filter);
    for (const auto& file : files) {
      uses.push_back(shelf.uses(request.caller.workspace, file.facts.id));
      copies.push_back(shelf.copies(request.caller.workspace, file.facts.id));
    }
    return files;
  };
  auto files = co_await seen(desk.store, std::move(look));
  std::optional<std::string> next;
  if (files.size() > *limit) {
    files.resize(*limit);
    next = seal_cursor(desk, request, text_of(store::MediaShelf::place_of(files.back())));
  }
  Json json;
  json.begin().key("items").list();
  for (size_t i = 0; i < files.size(); ++i) {
    json.begin();
    write_fields(json, files[i], uses[i]);
    json.key("copies").begin().field("files", copies[i].files).field("uses", copies[i].uses).end().end();
  }
  json.end_list();
  co_return list_answer(json, request, next);
}

namespace {
void write_origin(Json& json, const std::optional<store::Derivative>& made,
                  const std::optional<store::MediaFile>& origin) {
  if (!made || !origin) {
    json.value(nullptr);
    return;
  }
  json.begin().field("media", made->origin).field("name", origin->name);
  json.field("label", plan::in_words(made->recipe, origin->facts)).field("recipe", to_json(made->recipe)).end();
}
}  // namespace

Answering get_media(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  if (!id) co_return refuse(id.error());
  int64_t uses = 0;
  std::vector<Post> users;
  std::optional<store::Derivative> made;
  std::optional<store::MediaFile> origin;
  auto look = [&](store::Unit& unit) {
    made = store::Derivatives(unit).find(request.caller.workspace, *id);
    if (made) origin = store::MediaShelf(unit).find(request.caller.workspace, made->origin);
    uses = store::MediaShelf(unit).uses(request.caller.workspace, *id);
    users = users_of(unit, request.caller.workspace, *id);
    return find_file(unit, request, *id);
  };
  const auto file = co_await seen(desk.store, std::move(look));
  if (!file) co_return refuse(file.error());
  Json json;
  json.begin();
  write_fields(json, *file, uses);
  write_origin(json.key("origin"), made, origin);
  json.key("used_by").list();
  for (const Post& post : users) {
    json.begin().field("post", post.id).field("text", plan::called(post, shown_text)).field("state", plan::standing(post));
    json.field("due", post.due).end();
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering remove_media(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return find_file(unit, request, *id); };
  if (auto known = co_await seen(desk.store, std::move(look)); !known) co_return refuse(std::move(known.error()));
  auto doubt = [&] { return desk.depot.doubt(request.caller.workspace, *id), true; };
  co_await on_threads(desk.threads, std::move(doubt));
  auto work = [&](store::Unit& unit) -> Result<bool> {
    auto file = find_file(unit, request, *id);
    if (!file) return refuse(std::move(file.error()));
    store::MediaShelf shelf(unit);
    if (shelf.uses(request.caller.workspace, *id) > 0) {
      return refuse(closed("in_use", "A post uses this file.", "Take it out of the post first."));
    }
    shelf.remove(request.caller.workspace, *id);
    audit(unit, request, "media.removed", "media:" + id->text(), file->name);
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  auto settle = [&] { return done ? desk.depot.remove(*id) : desk.depot.settled(*id), true; };
  co_await on_threads(desk.threads, std::move(settle));
  if (!done) co_return refuse(std::move(done.error()));
  co_return nothing();
}

}  // namespace carillon::api
