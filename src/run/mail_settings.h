// Where mail goes out: what the configuration says, else what an owner gave on the page (its password
// sealed). Storage threads, except where said.
#pragma once

#include <optional>

#include "base/random.h"
#include "base/seal.h"
#include "model/mail.h"
#include "store/unit.h"

namespace carillon::run {

// Fault: unauthorized (the password does not open). None: no mail is sent.
Result<std::optional<MailServer>> mail_server(store::Unit& unit, const Keyring& keyring,
                                              const std::optional<MailServer>& configured);
// Without a password in it, the one that is kept stays when host and user do.
void keep_mail_server(store::Unit& unit, const MailServer& server, const Keyring& keyring, Random& random);
void forget_mail_server(store::Unit& unit);

// How it went the last times.
struct MailState {
  std::optional<Instant> sent;  // the last mail that was taken
  std::string trouble;          // of the last try; empty: none
  std::optional<Instant> trouble_at;
};
MailState mail_state(store::Unit& unit);
void mail_went(store::Unit& unit, Instant now);
void mail_failed(store::Unit& unit, const std::string& trouble, Instant now);

}  // namespace carillon::run
