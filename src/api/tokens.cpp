#include "api/tokens.h"

#include <fmt/format.h>

#include "api/desk.h"
#include "base/digest.h"
#include "base/text.h"

namespace carillon::api {

namespace {
constexpr std::string_view key_mark = "cari_";
constexpr size_t key_body = 43, key_check = 6;

std::string checksum(std::string_view body) {
  const Sha256 digest = sha256(std::string(key_mark) + std::string(body));
  return to_base64url(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()))
      .substr(0, key_check);
}
}  // namespace

std::string mint_token(Random& random) {
  return random_token(random, 32);
}

std::string hash_token(std::string_view token) {
  return to_hex(sha256(token));
}

std::string mint_key(Random& random) {
  const std::string body = random_token(random, 32);
  return std::string(key_mark) + body + checksum(body);
}

bool is_key(std::string_view text) {
  if (!text.starts_with(key_mark) || text.size() != key_mark.size() + key_body + key_check) return false;
  const auto body = text.substr(key_mark.size(), key_body);
  return same_secret(checksum(body), text.substr(key_mark.size() + key_body));
}

std::string key_prefix(std::string_view key) {
  return std::string(key.substr(0, key_mark.size() + 6));
}

std::string_view cookie_name(const Settings& settings) {
  return settings.https() ? "__Host-carillon" : "carillon";
}

wire::Header set_cookie(const Settings& settings, std::string_view token) {
  return {"Set-Cookie",
          fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", cookie_name(settings), token,
                      settings.session_lasts.count() / 1'000'000, settings.https() ? "; Secure" : "")};
}

wire::Header clear_cookie(const Settings& settings) {
  return {"Set-Cookie", fmt::format("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", cookie_name(settings),
                                    settings.https() ? "; Secure" : "")};
}

std::optional<std::string_view> cookie(const wire::Headers& headers, std::string_view name) {
  for (const wire::Header& header : headers) {
    if (!equals_ignoring_case(header.name, "cookie")) continue;
    std::string_view rest = header.value;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      const auto pair = trimmed(rest.substr(0, end));
      rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

Presented presented_in(const wire::Headers& headers, const Settings& settings) {
  if (const auto authorization = wire::header(headers, "authorization")) {
    if (authorization->size() < 7 || !equals_ignoring_case(authorization->substr(0, 7), "bearer ")) {
      return {Presented::Kind::malformed, ""};
    }
    const auto key = trimmed(authorization->substr(7));
    return is_key(key) ? Presented{Presented::Kind::key, hash_token(key)}
                       : Presented{Presented::Kind::malformed, ""};
  }
  const auto token = cookie(headers, cookie_name(settings));
  if (!token || token->empty()) return {};
  return {Presented::Kind::session, hash_token(*token)};
}

}  // namespace carillon::api
