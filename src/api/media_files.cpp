// The bytes of media: streamed from the folder, never as a page of ours: an attachment, sandboxed, not
// sniffed.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/depot_awaited.h"
#include "api/handlers.h"
#include "api/site.h"
#include "media/folder.h"
#include "media/thumbnail.h"
#include "store/records.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
constexpr size_t piece_bytes = 256 << 10;

struct Sent {
  std::string name;  // below the folder
  std::string mime, tag, download;
};

wire::Headers headers_of(const Sent& sent) {
  return {{"Content-Type", sent.mime},
          {"ETag", sent.tag},
          {"Cache-Control", "private, max-age=31536000, immutable"},
          {"Content-Disposition", "attachment; filename*=UTF-8''" + wire::percent_encode(sent.download)},
          {"Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"Cross-Origin-Resource-Policy", "same-origin"}};
}

Answering send_file(Request& request, Desk& desk, Sent sent) {
  if (matches_tag(request.header("if-none-match").value_or(""), sent.tag)) {
    co_return wire::Response{304, headers_of(sent), ""};
  }
  auto held = co_await brought(desk, sent.name);
  if (!held) co_return refuse(std::move(held.error()));
  auto measure = [&] { return desk.folder.size(sent.name); };
  const uint64_t size = co_await on_threads(desk.threads, std::move(measure));
  auto headers = headers_of(sent);
  headers.push_back({"Content-Length", std::to_string(size)});
  request.begun = true;
  bool open = co_await request.exchange.begin(200, std::move(headers));
  std::string piece(piece_bytes, '\0');
  for (uint64_t offset = 0; open && offset < size;) {
    auto read = [&] { return desk.folder.read(sent.name, offset, piece.data(), piece.size()); };
    const size_t got = co_await on_threads(desk.threads, std::move(read));
    if (got == 0) break;
    offset += got;
    open = co_await request.exchange.write(std::string_view(piece).substr(0, got));
  }
  co_return wire::Response{};
}

Awaitable<Result<store::MediaFile>> find_file(Request& request, Desk& desk) {
  const auto id = request.id_in_path<MediaId>("file");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return store::MediaShelf(unit).find(request.caller.workspace, *id); };
  auto file = co_await seen(desk.store, std::move(look));
  if (!file) co_return refuse(not_found("file"));
  co_return std::move(*file);
}
}  // namespace

Answering get_media_file(Request& request, Desk& desk) {
  const auto file = co_await find_file(request, desk);
  if (!file) co_return refuse(file.error());
  Sent sent{file->path, file->facts.mime, "\"" + file->facts.sha256.substr(0, 32) + "\"", file->name};
  Answer answer = co_await send_file(request, desk, std::move(sent));
  co_return std::move(answer);
}

Answering get_media_thumbnail(Request& request, Desk& desk) {
  const auto file = co_await find_file(request, desk);
  if (!file) co_return refuse(file.error());
  if (file->thumbnail.empty()) co_return refuse(not_found("thumbnail"));
  Sent sent{file->thumbnail, std::string(media::thumbnail_mime),
            "\"" + file->facts.sha256.substr(0, 32) + "-thumb\"", "thumbnail.webp"};
  Answer answer = co_await send_file(request, desk, std::move(sent));
  co_return std::move(answer);
}

}  // namespace carillon::api
