#include "net/testing/mail_server.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "base/digest.h"

namespace carillon::net::testing {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {
std::string between(const std::string& line, char open, char close) {
  const size_t begin = line.find(open), end = line.find(close, begin);
  return begin == std::string::npos || end == std::string::npos ? ""
                                                                : line.substr(begin + 1, end - begin - 1);
}

void say(tcp::socket& socket, const std::string& text) {
  boost::system::error_code gone;
  asio::write(socket, asio::buffer(text + "\r\n"), gone);
}

// Up to the end given; empty: the other side is gone.
std::string hear(tcp::socket& socket, std::string& input, const std::string& end) {
  boost::system::error_code gone;
  const size_t size = asio::read_until(socket, asio::dynamic_buffer(input), end, gone);
  if (gone) return {};
  std::string text = input.substr(0, size - end.size());
  input.erase(0, size);
  return text;
}
}  // namespace

std::string SeenMail::text() const {
  const size_t body = data.find("\r\n\r\n");
  std::string base64;
  for (const char c : data.substr(body + 4)) {
    if (c != '\r' && c != '\n') base64 += c;
  }
  return from_base64(base64).value_or("not base64");
}

MailHouse::MailHouse()
    : acceptor_(context_, {asio::ip::make_address("127.0.0.1"), 0}),
      port_(acceptor_.local_endpoint().port()),
      thread_([this] { serve(); }) {}

MailHouse::~MailHouse() {
  ending_ = true;
  boost::system::error_code ignored;
  tcp::socket knock(context_);
  knock.connect({asio::ip::make_address("127.0.0.1"), port_}, ignored);
  thread_.join();
}

std::vector<SeenMail> MailHouse::seen() {
  const std::lock_guard lock(mutex_);
  return seen_;
}

void MailHouse::serve() {
  while (!ending_) {
    boost::system::error_code gone;
    tcp::socket socket(context_);
    acceptor_.accept(socket, gone);
    if (!gone && !ending_) talk(socket);
  }
}

void MailHouse::talk(Socket& socket) {
  SeenMail mail;
  input_.clear();
  say(socket, "220 mail.test ESMTP");
  for (;;) {
    const std::string line = hear(socket, input_, "\r\n");
    if (line.empty() || !reply(line, mail, socket)) return;
  }
}

void MailHouse::authenticate(const std::string& line, SeenMail& mail, Socket& socket) {
  std::string said = line.size() > 11 ? line.substr(11) : "";
  if (said.empty()) {
    say(socket, "334 ");
    said = hear(socket, input_, "\r\n");
  }
  const std::string plain = from_base64(said).value_or("");  // \0user\0password
  const size_t second = plain.find('\0', 1);
  if (second != std::string::npos)
    mail.user = plain.substr(1, second - 1), mail.password = plain.substr(second + 1);
  say(socket, mood_ == Mood::wants_other_password ? "535 5.7.8 No" : "235 2.7.0 Welcome");
}

// False: the connection ends.
bool MailHouse::reply(const std::string& line, SeenMail& mail, Socket& socket) {
  if (line.starts_with("EHLO")) {
    say(socket, "250-mail.test\r\n250 AUTH PLAIN");
  } else if (line.starts_with("AUTH PLAIN")) {
    authenticate(line, mail, socket);
  } else if (line.starts_with("MAIL FROM:")) {
    mail.from = between(line, '<', '>');
    say(socket, mood_ == Mood::is_busy ? "451 4.3.0 Later" : "250 OK");
  } else if (line.starts_with("RCPT TO:")) {
    mail.to = between(line, '<', '>');
    say(socket, mood_ == Mood::refuses_recipient ? "550 5.1.1 Nobody of that name" : "250 OK");
  } else if (line == "DATA") {
    say(socket, "354 Go on");
    mail.data = hear(socket, input_, "\r\n.\r\n") + "\r\n";
    const std::lock_guard lock(mutex_);
    seen_.push_back(mail);
    if (mood_ == Mood::falls_silent) return false;
    say(socket, "250 OK");
  } else if (line.starts_with("QUIT")) {
    say(socket, "221 Bye");
    return false;
  } else {
    say(socket, "250 OK");
  }
  return true;
}

}  // namespace carillon::net::testing
