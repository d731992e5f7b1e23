#include "channels/token_answer.h"

#include <algorithm>

#include "channels/json_answer.h"
#include "channels/refusal.h"

namespace carillon::channels {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(" ,"), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

Fault token_refusal(const Heard& heard, std::string_view error) {
  // The client's own credentials, or the code or token: nothing but a new login helps.
  const bool definite = error == "invalid_grant" || error == "invalid_client" ||
                        error == "unauthorized_client" || error == "invalid_request" ||
                        error == "access_denied" || heard.status == 401;
  if (heard.status == 429) return refused(Refusal::rate_limited, heard);
  if (definite && heard.status < 500) return refused(Refusal::token_expired, heard);
  return refused(Refusal::transient, heard);
}

}  // namespace

Result<Tokens> tokens_in(std::string_view network, const wire::Response& response) {
  const auto answer = read_json(response.body);
  Heard heard{network, response.status, "", ""};  // no detail: a token could be in the body
  if (!answer)
    return refuse(refused(response.status >= 500 ? Refusal::transient : Refusal::unreadable, heard));
  Tokens tokens;
  const std::string access = text_at(*answer, {"access_token"});
  if (!accepted(response) || access.empty()) {
    const std::string error = text_at(*answer, {"error"});
    heard.words = text_at(*answer, {"error_description"});
    if (heard.words.empty()) heard.words = error;
    return refuse(accepted(response) ? refused(Refusal::unreadable, heard) : token_refusal(heard, error));
  }
  tokens.secrets["access"] = Secret(access);
  const std::string refresh = text_at(*answer, {"refresh_token"});
  if (!refresh.empty()) tokens.secrets["refresh"] = Secret(refresh);
  if (const auto seconds = number_at(*answer, {"expires_in"}); seconds && *seconds > 0) {
    tokens.lives = std::chrono::seconds(std::min<int64_t>(*seconds, 400'000'000));
  }
  tokens.scopes = split(text_at(*answer, {"scope"}));
  return tokens;
}

std::string scopes_text(const Traits& traits, std::string_view between) {
  std::string text;
  for (const ScopeNeed& scope : traits.scopes) {
    if (!text.empty()) text += between;
    text += scope.name;
  }
  return text;
}

}  // namespace carillon::channels
