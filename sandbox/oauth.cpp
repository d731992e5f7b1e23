#include "sandbox/oauth.h"

#include "base/digest.h"
#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/grants.h"

namespace carillon::sandbox {
namespace {

bool is_private_address(std::string_view host) {
  const auto octets = split(host, ".");
  if (octets.size() != 4) return false;
  for (const std::string& octet : octets)
    if (!all_digits(octet) || octet.size() > 3) return false;
  const int64_t a = *to_number(octets[0]), b = *to_number(octets[1]);
  return a == 127 || a == 10 || (a == 192 && b == 168) || (a == 172 && b >= 16 && b <= 31) ||
         (a == 169 && b == 254) || (a == 100 && b >= 64 && b <= 127);
}

bool is_near(std::string_view host) {
  if (host == "::1" || host == "[::1]" || host.starts_with("[fd") || host.starts_with("[fe80:") ||
      host.starts_with("fd"))
    return true;
  if (host.find('.') == std::string_view::npos) return true;
  return is_private_address(host) || host.ends_with(".localhost") || host.ends_with(".local") ||
         host.ends_with(".lan") || host.ends_with(".internal") || host.ends_with(".test");
}

}  // namespace

Ask read_ask(const Call& call, std::string_view scope_separators) {
  return {.client = call.param_or("client_id", ""),
          .redirect_uri = call.param_or("redirect_uri", ""),
          .state = call.param_or("state", ""),
          .challenge = call.param_or("code_challenge", ""),
          .method = call.param_or("code_challenge_method", ""),
          .scopes = split(call.param_or("scope", ""), scope_separators)};
}

bool may_return_to(std::string_view redirect_uri, std::string_view base_url) {
  const auto url = wire::parse_url(redirect_uri);
  if (!url || redirect_uri.find('#') != std::string_view::npos) return false;
  const auto own = wire::parse_url(base_url);
  return is_near(lowered(url->host)) || (own && own->host == url->host);
}

bool verifier_fits(std::string_view challenge, std::string_view method, std::string_view verifier) {
  if (challenge.empty()) return true;  // none was asked for
  if (verifier.size() < 43 || verifier.size() > 128) return false;
  if (method != "S256") return same_secret(challenge, verifier);
  const Sha256 hash = sha256(verifier);
  return same_secret(challenge, to_base64url({reinterpret_cast<const char*>(hash.data()), hash.size()}));
}

std::optional<std::pair<std::string, std::string>> basic(const Call& call) {
  const auto value = call.header("authorization");
  if (!value || value->size() < 7 || !equals_ignoring_case(value->substr(0, 6), "basic "))
    return std::nullopt;
  const auto pair = from_base64(trimmed(value->substr(6)));
  const size_t colon = pair ? pair->find(':') : std::string::npos;
  if (colon == std::string::npos) return std::nullopt;
  return std::pair(pair->substr(0, colon), pair->substr(colon + 1));
}

std::string Codes::give(Code code, Random& random) {
  std::string text = random_token(random, 24);
  codes_.emplace(text, std::move(code));
  return text;
}

std::optional<Code> Codes::take(const std::string& code, Instant now) {
  const auto found = codes_.find(code);
  if (found == codes_.end()) return std::nullopt;
  std::optional<Code> taken = std::move(found->second);
  codes_.erase(found);
  return now <= taken->until ? taken : std::nullopt;
}

std::string back_with(const Ask& ask, const wire::Fields& fields) {
  wire::Fields all = fields;
  if (!ask.state.empty()) all.emplace_back("state", ask.state);
  return wire::with_query(ask.redirect_uri, all);
}

}  // namespace carillon::sandbox
