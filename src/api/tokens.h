// Opaque tokens: sessions, API keys, one-time links. Only their SHA-256 is stored; who holds one is looked
// up. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/request.h"
#include "base/random.h"
#include "wire/request.h"

namespace carillon::api {

struct Settings;

std::string mint_token(Random& random);          // 256 bits
std::string hash_token(std::string_view token);  // hex SHA-256, as the store keys it

// "cari_" + 256 bits + 6 characters of checksum, so that secret scanners and this server can tell one at
// sight.
std::string mint_key(Random& random);
bool is_key(std::string_view text);
std::string key_prefix(std::string_view key);  // "cari_" and the first 6 characters

// "__Host-carillon" with Secure over https; "carillon" where people reach the server by plain http.
std::string_view cookie_name(const Settings& settings);
wire::Header set_cookie(const Settings& settings, std::string_view token);
wire::Header clear_cookie(const Settings& settings);
std::optional<std::string_view> cookie(const wire::Headers& headers, std::string_view name);

// A key in Authorization wins over a cookie.
Presented presented_in(const wire::Headers& headers, const Settings& settings);

}  // namespace carillon::api
