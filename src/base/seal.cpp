#include "base/seal.h"

#include <fmt/format.h>
#include <sodium.h>

#include <optional>

#include "base/check.h"
#include "base/digest.h"
#include "base/sodium.h"

namespace carillon {
namespace {

constexpr size_t key_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::string_view version = "c1.";

unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A key id has no dot, so no id and place can be read as another pair.
std::string bound_to(std::string_view id, std::string_view place) {
  return fmt::format("{}{}.{}", version, id, place);
}

Fault closed_record(std::string code, std::string text, std::string remedy) {
  return {.kind = FaultKind::unauthorized,
          .code = std::move(code),
          .text = std::move(text),
          .remedy = std::move(remedy)};
}

Fault damaged() {
  return closed_record("seal_broken",
                       "A sealed record does not open: it is damaged, or it was sealed for another place.",
                       "Connect the account again, or restore the record from a backup.");
}

Fault unknown_key(std::string_view id) {
  return closed_record("unknown_key",
                       fmt::format("A record is sealed with key \"{}\", which is not in the keyring.", id),
                       "Put that key back into the keyring, or connect the account again.");
}

struct Record {
  std::string_view key_id;
  std::string box;  // nonce, then ciphertext with its tag
};

std::optional<Record> read_record(std::string_view sealed) {
  if (!sealed.starts_with(version)) return std::nullopt;
  sealed.remove_prefix(version.size());
  const size_t dot = sealed.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto box = from_base64url(sealed.substr(dot + 1));
  if (!box || box->size() < nonce_bytes + tag_bytes) return std::nullopt;
  return Record{sealed.substr(0, dot), std::move(*box)};
}

}  // namespace

Keyring::Keyring(std::map<std::string, Secret> keys, std::string current)
    : keys_(std::move(keys)), current_(std::move(current)) {
  need_sodium();
  CHECK(keys_.contains(current_));
  for (const auto& [id, key] : keys_) {
    CHECK(!id.empty() && id.find('.') == std::string::npos);
    CHECK(key.reveal().size() == key_bytes);
  }
}

std::string Keyring::seal(std::string_view plain, std::string_view place, Random& random) const {
  const std::string bound = bound_to(current_, place);
  std::string box(nonce_bytes + plain.size() + tag_bytes, '\0');
  random.fill({raw(box), nonce_bytes});
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(box) + nonce_bytes, nullptr, raw(plain), plain.size(),
                                             raw(std::string_view(bound)), bound.size(), nullptr, raw(box),
                                             raw(keys_.at(current_).reveal()));
  return fmt::format("{}{}.{}", version, current_, to_base64url(box));
}

Result<Secret> Keyring::open(std::string_view sealed, std::string_view place) const {
  const auto record = read_record(sealed);
  if (!record) return refuse(damaged());
  const auto key = keys_.find(std::string(record->key_id));
  if (key == keys_.end()) return refuse(unknown_key(record->key_id));
  const std::string bound = bound_to(record->key_id, place);
  const std::string_view box = record->box;
  std::string plain(box.size() - nonce_bytes - tag_bytes, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plain), nullptr, nullptr, raw(box) + nonce_bytes, box.size() - nonce_bytes,
      raw(std::string_view(bound)), bound.size(), raw(box), raw(key->second.reveal()));
  if (failed != 0) return refuse(damaged());
  return Secret(std::move(plain));
}

Secret Keyring::derive(std::string_view purpose) const {
  const std::string_view master = keys_.at(current_).reveal();
  const std::string message = fmt::format("carillon derive: {}", purpose);
  std::string key(key_bytes, '\0');
  crypto_generichash(raw(key), key.size(), raw(std::string_view(message)), message.size(), raw(master),
                     master.size());
  return Secret(std::move(key));
}

}  // namespace carillon
