#include "run/postman.h"

#include <algorithm>
#include <boost/asio/post.hpp>

#include "run/mail_settings.h"
#include "run/mail_text.h"

namespace carillon::run {

namespace {
using store::Bundle;
using store::Mails;

constexpr int most_per_round = 20;
constexpr Duration kept_for = std::chrono::hours(24 * 90);
}  // namespace

Duration mail_pause(int64_t tries) {
  return std::min<Duration>(std::chrono::minutes(int64_t{1} << std::min<int64_t>(tries, 6)),
                            std::chrono::hours(1));
}

Postman::~Postman() {
  close();
}

void Postman::close() {
  closing_ = true;
  thread_.stop();
  thread_.join();
}

void Postman::tend(Instant now) {
  if (busy_.exchange(true)) return;
  boost::asio::post(thread_, [this, now] {
    try {
      round(now);
    } catch (const std::exception& broken) {  // the next round may be better
      log_.error("mail.broken", broken.what());
    }
    busy_ = false;
  });
}

void Postman::round(Instant now) {
  Result<std::optional<MailServer>> server = std::optional<MailServer>();
  store_.write_now([&](store::Unit& unit) {
    server = mail_server(unit, keyring_, office_.configured);
    Mails mails(unit);
    if (!begun_) mails.give_up_open(now);
    mails.gather(server && *server, now);
    mails.forget_before(now - kept_for);
    if (!server) mail_failed(unit, server.error().text, now);
  });
  begun_ = true;
  if (!server || !*server) return;
  for (int i = 0; i < most_per_round && !closing_; ++i) {
    std::optional<Bundle> bundle;
    store_.write_now([&](store::Unit& unit) { bundle = Mails(unit).take(now); });
    if (!bundle || !hand_over(**server, *bundle, now)) return;
  }
}

// False: the server cannot be reached, so that the others need not try.
bool Postman::hand_over(const MailServer& server, const Bundle& bundle, Instant now) {
  const wire::Letter letter = letter_about(bundle, server.from, office_.public_url, now);
  const net::MailOutcome outcome = office_.send(server, letter);
  record(bundle, outcome, now);
  if (outcome.fate == net::MailFate::sent) {
    log_.info("mail.sent", "Mail was handed over.",
              {{"user", bundle.person}, {"notices", bundle.notices.size()}});
    return true;
  }
  log_.warning("mail.not_sent", outcome.text, {{"user", bundle.person}, {"tries", bundle.tries + 1}});
  return outcome.lasting || outcome.fate == net::MailFate::unknown;
}

void Postman::record(const Bundle& bundle, const net::MailOutcome& outcome, Instant now) {
  store_.write_now([&](store::Unit& unit) {
    Mails mails(unit);
    if (outcome.fate == net::MailFate::sent) {
      mail_went(unit, now);
      return mails.settle(bundle, Mails::Fate::sent, now);
    }
    mail_failed(unit, outcome.text, now);
    if (outcome.fate == net::MailFate::unknown) return mails.settle(bundle, Mails::Fate::unknown, now);
    if (outcome.lasting || bundle.tries + 1 >= most_mail_tries)
      return mails.settle(bundle, Mails::Fate::refused, now);
    mails.again(bundle, outcome.text, now + mail_pause(bundle.tries));
  });
}

}  // namespace carillon::run
