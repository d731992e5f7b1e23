// Hashes, MACs and their text forms (libsodium, OpenSSL). One constant-time comparison for all secrets.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace carillon {

using Sha256 = std::array<uint8_t, 32>;

Sha256 sha256(std::string_view data);
Sha256 hmac_sha256(std::string_view key, std::string_view data);
bool same_secret(std::string_view a, std::string_view b);  // constant time for equal lengths

std::string to_hex(std::span<const uint8_t> bytes);
std::optional<std::string> from_hex(std::string_view text);
std::string to_base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string to_base64url(std::string_view bytes);  // no padding
std::optional<std::string> from_base64url(std::string_view text);

// Hash while streaming. What was fed so far can be kept as a text and gone on with in another process.
class Sha256Stream {
 public:
  Sha256Stream();
  static std::optional<Sha256Stream> resumed(std::string_view kept);  // none: not what kept() gives
  void feed(std::string_view data);
  std::string kept() const;  // hexadecimal
  Sha256 finish();

 private:
  alignas(64) std::array<unsigned char, 128> state_;  // crypto_hash_sha256_state
};

}  // namespace carillon
