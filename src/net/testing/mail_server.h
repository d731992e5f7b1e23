// For tests: a little SMTP server on loopback that takes mail, refuses it or falls silent as told, and
// remembers what it was sent. A thread of its own; one connection at a time.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace carillon::net::testing {

struct SeenMail {
  std::string from, to, user, password, data;
  std::string text() const;  // the body, decoded
};

class MailHouse {
 public:
  enum class Mood : uint8_t {
    takes,
    refuses_recipient,  // 550
    is_busy,            // 451
    wants_other_password,
    falls_silent,  // closes after the end of the mail, without a word
  };

  MailHouse();
  ~MailHouse();
  uint16_t port() const { return port_; }
  void be(Mood mood) { mood_ = mood; }
  std::vector<SeenMail> seen();

 private:
  using Socket = boost::asio::ip::tcp::socket;
  void serve();
  void talk(Socket& socket);
  bool reply(const std::string& line, SeenMail& mail, Socket& socket);
  void authenticate(const std::string& line, SeenMail& mail, Socket& socket);

  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  uint16_t port_;
  std::atomic<Mood> mood_ = Mood::takes;
  std::atomic<bool> ending_ = false;
  std::mutex mutex_;
  std::vector<SeenMail> seen_;
  std::string input_;
  std::thread thread_;
};

}  // namespace carillon::net::testing
