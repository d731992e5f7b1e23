// An e-mail as a value, and as the text that SMTP carries. Plain text in UTF-8. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"

namespace carillon::wire {

struct Letter {
  std::string from, to;  // addresses: "ana@example.com"
  std::string name;      // of the sender, for people
  std::string subject, text;
  std::string id;  // without brackets: "0198…@carillon.example"
  Instant at;
};

// RFC 5322 and RFC 2045: header lines that nobody can add to, the text in base64.
std::string written(const Letter& letter);
// One address, without a name and without anything that could be a line or another address.
bool is_mail_address(std::string_view text);

}  // namespace carillon::wire
