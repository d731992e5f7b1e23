// The mechanics of consent that the networks share: addresses to return to, codes, proofs of possession (RFC
// 6749, RFC 7636). What is asked, and how a refusal is worded, each network says itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.h"
#include "base/random.h"
#include "sandbox/call.h"

namespace carillon::sandbox {

// A request for consent as it came to the consent page.
struct Ask {
  std::string client, redirect_uri, state, challenge, method;
  std::vector<std::string> scopes;
};
Ask read_ask(const Call& call, std::string_view scope_separators);

// Is this an address that a sandbox app may have registered? http or https to this machine, a private
// network, a name without dots, or the host the sandbox itself is reached by.
bool may_return_to(std::string_view redirect_uri, std::string_view base_url);
bool verifier_fits(std::string_view challenge, std::string_view method, std::string_view verifier);
// "Basic" of an Authorization header: name and secret.
std::optional<std::pair<std::string, std::string>> basic(const Call& call);

struct Code {
  Ask ask;
  size_t person = 0;
  Instant until;
};

// Codes are good for one use.
class Codes {
 public:
  std::string give(Code code, Random& random);
  std::optional<Code> take(const std::string& code, Instant now);

 private:
  std::unordered_map<std::string, Code> codes_;
};

std::string back_with(const Ask& ask, const wire::Fields& fields);

// The fixed app of the networks whose apps are registered by hand.
inline constexpr std::string_view app_id = "carillon-sandbox";
inline constexpr std::string_view app_secret = "sandbox-secret";

}  // namespace carillon::sandbox
