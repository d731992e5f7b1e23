// Where mail goes out, and what people want to be told by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace carillon {

// starttls: begins in clear and must turn to TLS; tls: TLS from the first byte; none: for a server on this
// machine.
enum class MailSecurity : uint8_t { starttls, tls, none };

struct MailServer {
  std::string host;
  uint16_t port = 587;
  MailSecurity security = MailSecurity::starttls;
  std::string user;  // empty: it asks for no name
  Secret password;
  std::string from;  // the address that mail comes from
};

// Kinds of notices that a person may want by mail; bits of User::mails.
enum class MailWish : uint8_t { failures = 1, uncertain = 2, approvals = 4 };
inline constexpr uint8_t all_mail = 7;

std::string_view to_text(MailSecurity security);
std::optional<MailSecurity> mail_security_from(std::string_view text);

}  // namespace carillon
