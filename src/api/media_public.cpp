// A stored file for a network that fetches it: whoever has the signed address may read this one file, whole
// or in ranges (RFC 9110 section 14), until the address runs out.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/depot_awaited.h"
#include "api/handlers.h"
#include "media/folder.h"
#include "media/sniff.h"
#include "media/stored_name.h"
#include "run/media_address.h"

namespace carillon::api {

namespace {
constexpr size_t piece_bytes = 256 << 10;

struct Shown {
  std::string name;  // below the folder
  std::string mime;
  uint64_t size = 0;
};

struct Range {
  uint64_t first = 0, end = 0;  // [first, end)
};

std::optional<uint64_t> number(std::string_view text) {
  uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// One range of bytes. none: not asked for, or in a form that may be ignored; first = end: cannot be
// satisfied.
std::optional<Range> asked_range(std::string_view header, uint64_t size) {
  if (!header.starts_with("bytes=") || header.contains(',')) return std::nullopt;
  header.remove_prefix(6);
  const size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  if (dash == 0) {
    if (!last) return std::nullopt;
    return Range{size - std::min(*last, size), size};
  }
  if (!first || (!last && dash + 1 != header.size()) || (last && *last < *first)) return std::nullopt;
  if (*first >= size) return Range{0, 0};
  return Range{*first, last ? std::min(*last + 1, size) : size};
}

wire::Headers headers_of(const Shown& file, const Range& range) {
  return {{"Content-Type", file.mime},
          {"Content-Length", std::to_string(range.end - range.first)},
          {"Accept-Ranges", "bytes"},
          {"Cache-Control", "private, max-age=3600"},
          {"Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Robots-Tag", "noindex"}};
}

Answering send_range(Request& request, Desk& desk, Shown file) {
  const auto asked = asked_range(request.header("range").value_or(""), file.size);
  if (asked && asked->first == asked->end) {
    co_return wire::Response{416, {{"Content-Range", fmt::format("bytes */{}", file.size)}}, ""};
  }
  const Range range = asked.value_or(Range{0, file.size});
  auto headers = headers_of(file, range);
  if (asked)
    headers.push_back(
        {"Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.end - 1, file.size)});
  request.begun = true;
  bool open = co_await request.exchange.begin(asked ? 206 : 200, std::move(headers));
  std::string piece(piece_bytes, '\0');
  for (uint64_t at = range.first; open && at < range.end;) {
    const size_t most = std::min<uint64_t>(piece.size(), range.end - at);
    auto read = [&] { return desk.folder.read(file.name, at, piece.data(), most); };
    const size_t got = co_await on_threads(desk.threads, std::move(read));
    if (got == 0) break;
    at += got;
    open = co_await request.exchange.write(std::string_view(piece).substr(0, got));
  }
  co_return wire::Response{};
}

// What lies there; none: it was removed.
std::optional<Shown> look_at(const media::MediaFolder& folder, MediaId id) {
  Shown file{.name = media::stored_name(id)};
  std::string first(media::sniff_bytes, '\0');
  try {
    file.size = folder.size(file.name);
    first.resize(folder.read(file.name, 0, first.data(), first.size()));
  } catch (const std::system_error&) {
    return std::nullopt;
  }
  file.mime = media::sniff(first).mime;
  return file;
}
}  // namespace

Answering get_public_media(Request& request, Desk& desk) {
  const auto id = run::medium_behind(desk.keyring, request.captured[0], request.now);
  if (!id) co_return refuse(not_found("file"));
  auto held = co_await brought(desk, media::stored_name(*id));
  if (!held) co_return refuse(std::move(held.error()));
  auto look = [&] { return look_at(desk.folder, *id); };
  auto file = co_await on_threads(desk.threads, std::move(look));
  if (!file) co_return refuse(not_found("file"));
  Answer answer = co_await send_range(request, desk, std::move(*file));
  co_return std::move(answer);
}

}  // namespace carillon::api
