// Takes notices to people by mail: batched, tried again with growing pauses, on a thread of its own, so that
// a mail server that hangs holds up nothing but mail. tend() may be called from any thread.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <string>

#include "base/seal.h"
#include "net/smtp.h"
#include "run/log.h"
#include "store/mails.h"
#include "store/store.h"

namespace carillon::run {

struct PostOffice {
  std::optional<MailServer> configured;  // over what is kept
  std::string public_url;
  std::function<net::MailOutcome(const MailServer&, const wire::Letter&)> send = net::send_mail;
};

class Postman {
 public:
  Postman(store::Store& store, const Keyring& keyring, Log& log, PostOffice office)
      : store_(store), keyring_(keyring), log_(log), office_(std::move(office)) {}
  ~Postman();  // close()

  void tend(Instant now);   // returns at once; nothing when the last round is not over
  void round(Instant now);  // one round, waiting for it
  void close();             // no new round; waits for the letter that is being handed over

 private:
  bool hand_over(const MailServer& server, const store::Bundle& bundle, Instant now);
  void record(const store::Bundle& bundle, const net::MailOutcome& outcome, Instant now);

  store::Store& store_;
  const Keyring& keyring_;
  Log& log_;
  PostOffice office_;
  std::atomic<bool> busy_ = false, closing_ = false;
  bool begun_ = false;
  boost::asio::thread_pool thread_{1};
};

// How long to wait before the next try.
Duration mail_pause(int64_t tries);
inline constexpr int64_t most_mail_tries = 12;  // about eight hours

}  // namespace carillon::run
