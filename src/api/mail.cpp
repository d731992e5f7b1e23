// Where mail goes out, a trial of it, and what the caller is told by mail.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/words.h"
#include "base/text.h"
#include "net/smtp.h"
#include "run/mail_settings.h"
#include "run/mail_text.h"
#include "store/mails.h"
#include "store/people.h"

namespace carillon::api {

namespace {
constexpr Duration counted = std::chrono::hours(24 * 7);

bool is_host(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '_';
  });
}

MailServer read_server(Reader& in) {
  MailServer server;
  server.host = trimmed(in.text("host", {1, 253}));
  if (!in.failed() && !is_host(server.host)) {
    in.refuse("not_a_host", "This is not the name of a server: \"" + shortened(server.host, 60) + "\".",
              "host", "Give it without port and path: mail.example.com");
  }
  server.port = static_cast<uint16_t>(in.maybe_integer("port", 1, 65535).value_or(587));
  const std::string security = in.maybe_text("security", {1, 20}).value_or("starttls");
  const auto known = mail_security_from(security);
  if (!known)
    in.refuse("unknown_security", "There is no security \"" + security + "\".", "security",
              "Use starttls, tls or none.");
  server.security = known.value_or(MailSecurity::starttls);
  server.user = in.maybe_text("user", {0, 254}).value_or("");
  server.password = Secret(in.maybe_text("password", {0, 500}).value_or(""));
  server.from = trimmed(in.text("from", {1, 254}));
  if (!in.failed() && !wire::is_mail_address(server.from)) {
    in.refuse("not_an_address", "This is not an e-mail address: \"" + shortened(server.from, 60) + "\".",
              "from", "Give one address, such as carillon@example.com.");
  }
  return server;
}

struct Seen {
  std::optional<MailServer> server;
  std::string trouble;  // the password does not open
  run::MailState state;
  store::MailCount count;
};

Seen look_at(store::Unit& unit, const Desk& desk, Instant now) {
  Seen seen{std::nullopt, {}, run::mail_state(unit), store::Mails(unit).count(now - counted)};
  auto server = run::mail_server(unit, desk.keyring, desk.settings.mail);
  if (server) seen.server = std::move(*server);
  if (!server) seen.trouble = server.error().text + " " + server.error().remedy;
  return seen;
}

std::string render(const Seen& seen, const Desk& desk) {
  const MailServer server = seen.server.value_or(MailServer{});
  Json json;
  json.begin().field("source", desk.settings.mail ? "configuration" : seen.server ? "page" : "none");
  json.field("host", server.host).field("port", server.port);
  json.field("security", carillon::to_text(server.security)).field("user", server.user);
  json.field("has_password", !server.password.empty()).field("from", server.from);
  json.field("waiting", seen.count.waiting).field("sent", seen.count.sent);
  json.field("refused", seen.count.refused).field("unknown", seen.count.unknown);
  json.field("last_sent", seen.state.sent);
  json.field("trouble", seen.trouble.empty() ? seen.state.trouble : seen.trouble);
  json.field("trouble_at", seen.state.trouble_at).end();
  return json.take();
}

Fault set_elsewhere() {
  return closed("set_by_configuration", "The mail server is set by the server's configuration.",
                "Change the mail-* settings there, and start the server again.");
}
}  // namespace

Answering get_mail(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return look_at(unit, desk, request.now); };
  const Seen seen_now = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, render(seen_now, desk));
}

namespace {
template <class Change>  // void(store::Unit&)
Answering change_mail(Request& request, Desk& desk, std::string action, Change change) {
  if (desk.settings.mail) co_return refuse(set_elsewhere());
  auto work = [&](store::Unit& unit) -> Result<Seen> {
    change(unit);
    audit(unit, request, action, "system");
    return look_at(unit, desk, request.now);
  };
  const auto after = co_await written(desk.store, std::move(work));
  if (!after) co_return refuse(after.error());
  co_return json_answer(200, render(*after, desk));
}
}  // namespace

Answering put_mail(Request& request, Desk& desk) {
  auto server = read_body(request, read_server);
  if (!server) co_return refuse(std::move(server.error()));
  auto change = [&](store::Unit& unit) { run::keep_mail_server(unit, *server, desk.keyring, desk.random); };
  Answer answer = co_await change_mail(request, desk, "mail.set", std::move(change));
  co_return std::move(answer);
}

Answering remove_mail(Request& request, Desk& desk) {
  auto change = [](store::Unit& unit) { run::forget_mail_server(unit); };
  Answer answer = co_await change_mail(request, desk, "mail.removed", std::move(change));
  co_return std::move(answer);
}

Answering test_mail(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return run::mail_server(unit, desk.keyring, desk.settings.mail); };
  auto server = co_await seen(desk.store, std::move(look));
  if (!server) co_return refuse(std::move(server.error()));
  if (!*server) co_return refuse(closed("no_mail_server", "No mail server is set.", "Set one first."));
  const auto letter =
      run::trial_letter(request.caller.email, (*server)->from, desk.settings.public_url, request.now);
  auto send = [&] { return net::send_mail(**server, letter); };
  const net::MailOutcome outcome = co_await on_threads(desk.threads, std::move(send));
  const bool sent = outcome.fate == net::MailFate::sent;
  auto work = [&](store::Unit& unit) -> Result<bool> {
    if (sent)
      run::mail_went(unit, request.now);
    else
      run::mail_failed(unit, outcome.text, request.now);
    return true;
  };
  co_await written(desk.store, std::move(work));
  Json json;
  json.begin().field("ok", sent).field("to", request.caller.email);
  json.field("text", sent ? fmt::format("{} took it. Look into the mailbox of {}: whether it lands there or "
                                        "in the spam folder, only you can see.",
                                        (*server)->host, request.caller.email)
                          : outcome.text)
      .end();
  co_return json_answer(200, json.take());
}

namespace {
constexpr std::array<std::pair<std::string_view, MailWish>, 3> wishes = {
    {{"failures", MailWish::failures},
     {"uncertain", MailWish::uncertain},
     {"approvals", MailWish::approvals}}};

uint8_t read_wishes(Reader& in) {
  uint8_t bits = 0;
  in.require("mails");
  for (const auto& text : in.maybe_texts("mails", 10, {1, 20}).value_or(std::vector<std::string>{})) {
    const auto found = std::ranges::find(wishes, text, [](const auto& wish) { return wish.first; });
    if (found == wishes.end())
      in.refuse("unknown_wish", "There is no mail about \"" + text + "\".", "mails",
                "Known: failures, uncertain, approvals.");
    else
      bits |= static_cast<uint8_t>(found->second);
  }
  return bits;
}
}  // namespace

std::vector<std::string> mail_words(uint8_t bits) {
  std::vector<std::string> words;
  for (const auto& [word, wish] : wishes) {
    if ((bits & static_cast<uint8_t>(wish)) != 0) words.emplace_back(word);
  }
  return words;
}

Answering choose_mails(Request& request, Desk& desk) {
  const auto bits = read_body(request, read_wishes);
  if (!bits) co_return refuse(bits.error());
  auto work = [&](store::Unit& unit) -> Result<User> {
    store::People people(unit);
    auto user = people.user(request.caller.workspace, request.caller.user);
    if (!user) return refuse(not_found("user"));
    user->mails = *bits;
    people.update(*user);
    return std::move(*user);
  };
  const auto user = co_await written(desk.store, std::move(work));
  if (!user) co_return refuse(user.error());
  Json json;
  write(json, *user);
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
