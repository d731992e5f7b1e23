#include "channels/refusal.h"

#include <fmt/core.h>

#include <array>

#include "base/text.h"

namespace carillon::channels {
namespace {

struct Line {
  FaultKind kind;
  std::string_view code, sentence, remedy;  // sentence: {0} the network
};

constexpr size_t kept_bytes = 1000;  // of the network's own words

const Line& line_of(Refusal why) {
  static constexpr std::array<Line, 11> lines = {{
      {FaultKind::unauthorized, "token_expired", "{0} no longer accepts the credential of this account",
       "Reconnect the account; what is scheduled stays and goes out afterwards."},
      {FaultKind::unauthorized, "permission_missing", "This account lacks a permission that {0} asks for",
       "Reconnect the account and grant all permissions that are listed, or ask whoever administers it to."},
      {FaultKind::unauthorized, "account_restricted", "{0} has restricted this account",
       "Open {0}, settle what it asks for there, then test the connection here."},
      {FaultKind::throttled, "rate_limited", "{0} allows no more requests right now",
       "Nothing to do: it goes out by itself when {0} allows it again."},
      {FaultKind::invalid, "media_invalid", "{0} does not take this image or video",
       "Replace or convert the file and publish again."},
      {FaultKind::forbidden, "content_blocked", "{0} refused this content by its own rules",
       "Change the text, link or media and publish again."},
      {FaultKind::invalid, "invalid_request", "{0} found something wrong with this post",
       "Correct what {0} names and publish again."},
      {FaultKind::duplicate, "duplicate", "{0} says that this post exists already",
       "Nothing to do yet: {0} is asked whether it is there."},
      {FaultKind::gone, "not_found", "{0} does not know what this post refers to",
       "Check that the page, channel or post still exists, then publish again."},
      {FaultKind::unavailable, "transient", "{0} had a breakdown",
       "Nothing to do: it is tried again by itself."},
      {FaultKind::unavailable, "unreadable", "{0} gave an answer that cannot be read",
       "Nothing to do: it is looked after by itself. If it stays, check whether a proxy answers in place of "
       "{0}."},
  }};
  return lines[static_cast<size_t>(why)];
}

std::string spoken(const Heard& heard) {
  if (heard.words.empty()) return fmt::format("it answered HTTP {}", heard.status);
  return fmt::format("it answered “{}” (HTTP {})", shortened(heard.words, 300), heard.status);
}

}  // namespace

Fault refused(Refusal why, const Heard& heard, std::optional<std::chrono::microseconds> retry_after) {
  const Line& line = line_of(why);
  Fault fault;
  fault.kind = line.kind;
  fault.code = line.code;
  fault.text = fmt::format("{}: {}.", fmt::format(fmt::runtime(line.sentence), heard.network), spoken(heard));
  fault.remedy = fmt::format(fmt::runtime(line.remedy), heard.network);
  fault.detail = is_utf8(heard.body) ? shortened(heard.body, kept_bytes) : std::string("(not text)");
  fault.retry_after = retry_after;
  return fault;
}

bool accepted(const wire::Response& response) {
  return response.status >= 200 && response.status < 300;
}

Fault unreadable(std::string_view network, const wire::Response& response) {
  return refused(Refusal::unreadable, {network, response.status, "", response.body});
}

Fault unreadable_answer(std::string_view network, const wire::Response& response,
                        std::optional<std::chrono::microseconds> retry_after) {
  Heard heard{network, response.status, "", response.body};
  if (response.status == 401) return refused(Refusal::token_expired, heard);
  if (response.status == 413) return refused(Refusal::media_invalid, heard);
  if (response.status == 429) return refused(Refusal::rate_limited, heard, retry_after);
  if (response.status >= 500) return refused(Refusal::transient, heard, retry_after);
  heard.words = response.body.empty() ? "nothing" : "something that is not what its documentation describes";
  return refused(Refusal::unreadable, heard);
}

}  // namespace carillon::channels
