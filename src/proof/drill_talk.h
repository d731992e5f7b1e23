// How the drill speaks to a server that dies again and again: it says the same thing until it has an answer,
// as a client does that must not lose anything. One thread.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>

#include "net/waiting_client.h"

namespace carillon::proof {

class DrillTalk {
 public:
  DrillTalk(net::WaitingClient& client, std::function<Instant()> now)
      : client_(client), now_(std::move(now)) {}

  // Throws std::runtime_error when it is refused for good, or nobody has answered for two minutes.
  boost::json::value insist(const std::string& method, const std::string& path,
                            const boost::json::value& body = nullptr, const wire::Headers& headers = {});
  Instant now() const { return now_(); }
  void pause(Duration span) { client_.pause(span); }
  net::WaitingClient& client() { return client_; }

 private:
  net::WaitingClient& client_;
  std::function<Instant()> now_;
};

// What must not be refused: throws std::runtime_error with the words of the fault.
[[noreturn]] void give_up(const Fault& fault);
template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

std::string text_of(const boost::json::value& object, std::string_view member);  // empty: not there
bool flag_of(const boost::json::value& object, std::string_view member);

}  // namespace carillon::proof
