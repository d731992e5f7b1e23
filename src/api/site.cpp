#include "api/site.h"

#include <algorithm>
#include <charconv>

#include "api/page.h"
#include "base/text.h"

namespace carillon::api {

namespace {
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; media-src "
    "'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'";

const Asset* asset(std::string_view path) {
  const auto all = embedded_assets();
  const auto found = std::ranges::find(all, path, &Asset::path);
  return found == all.end() ? nullptr : &*found;
}

struct Chosen {
  std::span<const std::byte> bytes;
  std::string_view encoding;
};

Chosen choose(const Asset& file, std::string_view accepted) {
  if (!file.brotli.empty() && accepts(accepted, "br")) return {file.brotli, "br"};
  if (!file.gzip.empty() && accepts(accepted, "gzip")) return {file.gzip, "gzip"};
  return {file.plain, ""};
}

// The weight after "q=" in thousandths; 1000 when there is none.
int weight(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return 1000;
  double value = 0;
  const auto text = trimmed(parameters.substr(q + 2));
  std::from_chars(text.data(), text.data() + text.size(), value);
  return static_cast<int>(value * 1000);
}

wire::Headers headers_for(const Asset& file, const Chosen& chosen, const std::string& tag,
                          const Settings& settings) {
  wire::Headers headers{
      {"Content-Type", std::string(file.type)},
      {"ETag", tag},
      {"Vary", "Accept-Encoding"},
      {"Cache-Control", file.hashed_name ? "public, max-age=31536000, immutable" : "no-cache"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Content-Security-Policy", std::string(policy)}};
  if (!chosen.encoding.empty()) headers.push_back({"Content-Encoding", std::string(chosen.encoding)});
  if (settings.https()) {
    headers.push_back({"Strict-Transport-Security", "max-age=31536000; includeSubDomains"});
  }
  return headers;
}

wire::Response no_page() {
  return {
      200,
      {{"Content-Type", "text/plain; charset=utf-8"}},
      "This Carillon was built without its page. Its API is at /api/v1, described at /api/openapi.json.\n"};
}
}  // namespace

bool accepts(std::string_view header, std::string_view encoding) {
  bool any = false;
  while (!header.empty()) {
    const auto end = header.find(',');
    const auto entry = header.substr(0, end);
    header = end == std::string_view::npos ? "" : header.substr(end + 1);
    const auto semicolon = entry.find(';');
    const auto name = trimmed(entry.substr(0, semicolon));
    const bool wanted = semicolon == std::string_view::npos || weight(entry.substr(semicolon)) > 0;
    if (equals_ignoring_case(name, encoding)) return wanted;
    if (name == "*") any = wanted;
  }
  return any;
}

bool matches_tag(std::string_view header, std::string_view tag) {
  while (!header.empty()) {
    const auto end = header.find(',');
    auto entry = trimmed(header.substr(0, end));
    header = end == std::string_view::npos ? "" : header.substr(end + 1);
    if (entry.starts_with("W/")) entry = entry.substr(2);
    if (entry == "*" || entry == tag) return true;
  }
  return false;
}

Awaitable<Answer> serve_page(Request& request, const Settings& settings) {
  const Asset* file = asset(request.path);
  if (!file && request.path.starts_with("/assets/")) co_return refuse(not_found("file"));
  if (!file) file = asset("/index.html");
  if (!file) co_return no_page();
  const Chosen chosen = choose(*file, request.header("accept-encoding").value_or(""));
  std::string tag = "\"" + std::string(file->hash);
  if (!chosen.encoding.empty()) tag += "-" + std::string(chosen.encoding);
  tag += "\"";
  auto headers = headers_for(*file, chosen, tag, settings);
  const bool unchanged = matches_tag(request.header("if-none-match").value_or(""), tag);
  const auto bytes = unchanged ? std::span<const std::byte>{} : chosen.bytes;
  request.begun = true;
  co_await request.exchange.reply_static(unchanged ? 304 : 200, std::move(headers), bytes);
  co_return wire::Response{};
}

}  // namespace carillon::api
