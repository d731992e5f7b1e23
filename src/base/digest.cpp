#include "base/digest.h"

#include <sodium.h>

#include <algorithm>
#include <new>

namespace carillon {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encode(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();  // the length counts the closing NUL
  return text;
}

// Strict: the right padding, nothing after it, no bits left over. One text for one value.
std::optional<std::string> decode(std::string_view text, int variant) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t length = 0;
  const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &length, nullptr, variant);
  if (failed != 0) return std::nullopt;
  bytes.resize(length);
  return bytes;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

crypto_hash_sha256_state* state_in(std::array<unsigned char, 128>& bytes) {
  static_assert(sizeof(crypto_hash_sha256_state) <= sizeof bytes);
  return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes.data()));
}

}  // namespace

Sha256 sha256(std::string_view data) {
  Sha256 hash{};
  crypto_hash_sha256(hash.data(), bytes_of(data), data.size());
  return hash;
}

Sha256 hmac_sha256(std::string_view key, std::string_view data) {
  Sha256 mac{};
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(data), data.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return mac;
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::span<const uint8_t> bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(bytes.size() * 2, '0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    text[2 * i] = digits[bytes[i] >> 4];
    text[2 * i + 1] = digits[bytes[i] & 15];
  }
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string to_base64(std::string_view bytes) {
  return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}
std::optional<std::string> from_base64(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_ORIGINAL);
}
std::string to_base64url(std::string_view bytes) {
  return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::optional<std::string> from_base64url(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

Sha256Stream::Sha256Stream() : state_{} {
  new (state_.data()) crypto_hash_sha256_state;
  crypto_hash_sha256_init(state_in(state_));
}

void Sha256Stream::feed(std::string_view data) {
  crypto_hash_sha256_update(state_in(state_), bytes_of(data), data.size());
}

std::string Sha256Stream::kept() const {
  return to_hex(std::span(state_).first(sizeof(crypto_hash_sha256_state)));
}

std::optional<Sha256Stream> Sha256Stream::resumed(std::string_view kept) {
  const auto bytes = from_hex(kept);
  if (!bytes || bytes->size() != sizeof(crypto_hash_sha256_state)) return std::nullopt;
  Sha256Stream stream;
  std::ranges::copy(*bytes, stream.state_.begin());
  return stream;
}

Sha256 Sha256Stream::finish() {
  Sha256 hash{};
  crypto_hash_sha256_final(state_in(state_), hash.data());
  return hash;
}

}  // namespace carillon
