#include "run/media_address.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "net/address.h"
#include "wire/url.h"

namespace carillon::run {
namespace {

constexpr size_t id_bytes = 16, time_bytes = 8, mac_bytes = 32;

std::string signature(const Keyring& keyring, std::string_view payload) {
  const Secret key = keyring.derive("media address");
  const Sha256 mac = hmac_sha256(key.reveal(), payload);
  return {reinterpret_cast<const char*>(mac.data()), mac.size()};
}

std::string payload_of(MediaId media, Instant until) {
  std::string payload(reinterpret_cast<const char*>(media.bytes.data()), media.bytes.size());
  const auto seconds = static_cast<uint64_t>(until.seconds());
  for (int shift = 56; shift >= 0; shift -= 8) payload += static_cast<char>(seconds >> shift & 0xff);
  return payload;
}

int64_t seconds_in(std::string_view bytes) {
  uint64_t seconds = 0;
  for (const char byte : bytes) seconds = seconds << 8 | static_cast<unsigned char>(byte);
  return static_cast<int64_t>(seconds);
}

bool is_private_name(const std::string& host) {
  constexpr std::array<std::string_view, 7> endings = {".localhost", ".local", ".lan",      ".internal",
                                                       ".test",      ".home",  ".home.arpa"};
  const auto ends = [&](std::string_view ending) { return host.ends_with(ending); };
  return host.find('.') == std::string::npos || std::ranges::any_of(endings, ends);
}

}  // namespace

std::string media_token(const Keyring& keyring, MediaId media, Instant until) {
  const std::string payload = payload_of(media, until);
  return to_base64url(payload + signature(keyring, payload));
}

std::optional<MediaId> medium_behind(const Keyring& keyring, std::string_view token, Instant now) {
  const auto bytes = from_base64url(token);
  if (!bytes || bytes->size() != id_bytes + time_bytes + mac_bytes) return std::nullopt;
  const std::string payload = bytes->substr(0, id_bytes + time_bytes);
  if (!same_secret(signature(keyring, payload), bytes->substr(payload.size()))) return std::nullopt;
  if (now.seconds() >= seconds_in(std::string_view(payload).substr(id_bytes))) return std::nullopt;
  MediaId media;
  std::copy_n(payload.begin(), id_bytes, media.bytes.begin());
  return media;
}

bool is_public_address(std::string_view text) {
  const auto url = wire::parse_url(text);
  if (!url || url->scheme != "https") return false;
  std::string host = url->host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  if (const auto address = net::parse_address(host)) return !net::special_block(*address);
  return !is_private_name(host);
}

MediaHomes media_homes(const std::string& public_url, const std::string& listen) {
  std::string local = listen;
  for (const std::string_view everywhere : {"0.0.0.0:", "[::]:"}) {
    if (local.starts_with(everywhere)) local = "127.0.0.1:" + local.substr(everywhere.size());
  }
  return {public_url, "http://" + local};
}

Result<void> put_media_addresses(const wire::Request& request, const Keyring& keyring,
                                 const MediaHomes& homes, bool near, Instant now,
                                 net::Credential& credential) {
  for (const wire::Insert& insert : request.secrets) {
    const auto media = wire::medium_named(insert);
    if (!media) continue;
    if (!near && !is_public_address(homes.public_url)) {
      return refuse({.kind = FaultKind::closed,
                     .code = "no_public_address",
                     .text = "The network fetches media from this server, which has no public address.",
                     .remedy = "Set public-url to the https address under which the internet reaches it."});
    }
    const std::string& home = near ? homes.local_url : homes.public_url;
    credential[insert.secret] =
        Secret(home + "/m/" + media_token(keyring, *media, now + media_address_lives));
  }
  return {};
}

}  // namespace carillon::run
