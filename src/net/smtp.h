// One mail over SMTP, waiting for it. The address of the mail server is an owner's word and may be on this
// machine or in the private network: the guard against forged targets is for addresses that anybody may give,
// and does not apply. Any thread; blocks.
#pragma once

#include "base/result.h"
#include "model/mail.h"
#include "wire/letter.h"

namespace carillon::net {

// sent: the server took it. not_sent: it surely did not. unknown: the end of the mail left and no answer
// came.
enum class MailFate : uint8_t { sent, not_sent, unknown };

struct MailOutcome {
  MailFate fate = MailFate::not_sent;
  bool lasting = false;  // not_sent: the server refuses it for good (5yz), trying again is useless
  std::string text;      // what went wrong, in words; empty: nothing
};

MailOutcome send_mail(const MailServer& server, const wire::Letter& letter);

}  // namespace carillon::net
