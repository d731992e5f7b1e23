#include "sandbox/grants.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

// Not a secret: a sandbox protects nothing. It keeps made-up tokens from being taken for given ones.
constexpr std::string_view sandbox_key = "carillon sandbox, no secret";

std::string signature(std::string_view purpose, std::string_view payload) {
  const Sha256 mac = hmac_sha256(sandbox_key, fmt::format("{}\n{}", purpose, payload));
  return to_base64url({reinterpret_cast<const char*>(mac.data()), 12});
}

std::string payload_of(const Grant& grant, std::string_view nonce) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}", grant.kind, grant.person, grant.client, grant.scopes,
                     grant.issued.us, grant.expires.us, nonce);
}

std::optional<Grant> grant_in(std::string_view payload) {
  std::vector<std::string_view> fields;
  while (true) {
    const size_t bar = payload.find('|');
    fields.push_back(payload.substr(0, bar));
    if (bar == std::string_view::npos) break;
    payload.remove_prefix(bar + 1);
  }
  if (fields.size() != 7) return std::nullopt;
  const auto person = to_number(fields[1]), issued = to_number(fields[4]), expires = to_number(fields[5]);
  if (!person || !issued || !expires) return std::nullopt;
  return Grant{std::string(fields[0]),
               static_cast<size_t>(*person),
               std::string(fields[2]),
               std::string(fields[3]),
               {*issued},
               {*expires}};
}

}  // namespace

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string stamped(std::string_view purpose, std::string_view payload) {
  return fmt::format("{}.{}", payload, signature(purpose, payload));
}

bool is_stamped(std::string_view purpose, std::string_view text) {
  const size_t dot = text.rfind('.');
  return dot != std::string_view::npos &&
         same_secret(signature(purpose, text.substr(0, dot)), text.substr(dot + 1));
}

bool Grant::allows(std::string_view scope) const {
  const auto given = split(scopes, " ");
  return std::ranges::find(given, scope) != given.end();
}

Grants::Grants(Random& random, std::string_view key, std::string_view prefix)
    : random_(random), key_(key), prefix_(prefix) {}

std::string Grants::issue(Grant grant) {
  const std::string payload = payload_of(grant, random_token(random_, 6));
  std::string token = prefix_ + stamped(key_, to_base64url(payload));
  std::ranges::replace(token, '.',
                       '_');  // "_" never ends a payload ambiguously: the signature's length is fixed
  grants_.emplace(token, std::move(grant));
  return token;
}

Grant* Grants::find(std::string_view token) {
  const std::string text(token);
  if (const auto found = grants_.find(text); found != grants_.end()) return &found->second;
  auto revived = revive(token);
  if (!revived) return nullptr;
  if (revived->issued <= wiped_ && revived->kind != "refresh") revived->state = Grant::State::expired;
  return &grants_.emplace(text, std::move(*revived)).first->second;
}

std::optional<Grant> Grants::revive(std::string_view token) const {
  constexpr size_t tail = 17;  // "_" and 16 characters of signature
  if (!token.starts_with(prefix_) || token.size() < prefix_.size() + tail + 1) return std::nullopt;
  const std::string_view body = token.substr(prefix_.size(), token.size() - prefix_.size() - tail);
  if (!same_secret(signature(key_, body), token.substr(token.size() - tail + 1))) return std::nullopt;
  const auto payload = from_base64url(body);
  return payload ? grant_in(*payload) : std::nullopt;
}

void Grants::expire_all(Instant now) {
  wiped_ = now;
  for (auto& [token, grant] : grants_) {
    if (grant.kind != "refresh" && grant.kind != "app" && grant.state == Grant::State::alive)
      grant.state = Grant::State::expired;
  }
}

void Grants::revoke(std::string_view token) {
  if (Grant* grant = find(token)) grant->state = Grant::State::revoked;
}

}  // namespace carillon::sandbox
