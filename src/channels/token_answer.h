// Reading the answers of OAuth 2.0 token endpoints (RFC 6749 sections 5.1 and 5.2), which networks share. A
// definite refusal is unauthorized; everything else is unavailable, and never disconnects an account. Pure,
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "channels/auth.h"
#include "channels/traits.h"

namespace carillon::channels {

Result<Tokens> tokens_in(std::string_view network, const wire::Response& response);
// The scopes of the traits, joined.
std::string scopes_text(const Traits& traits, std::string_view between);

}  // namespace carillon::channels
