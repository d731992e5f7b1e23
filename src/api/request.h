// One request as handlers see it: who asks, what for, with what. Lives while it is answered; one thread.
#pragma once

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "api/problem.h"
#include "api/reader.h"
#include "net/listener.h"
#include "store/people.h"
#include "wire/url.h"

namespace carillon::api {

struct Route;

// What came with the request to say who asks: looked up in the store, afresh each time.
struct Presented {
  enum class Kind : uint8_t { nothing, session, key, malformed } kind = Kind::nothing;
  std::string sha256;
};

struct Request {
  explicit Request(net::Exchange& with) : exchange(with), json_(boost::json::storage_ptr(&memory_)) {}
  Request(const Request&) = delete;

  net::Exchange& exchange;
  const Route* route = nullptr;
  std::string path, id, address;  // id: of the request; address: of the client
  wire::Fields query;
  std::array<std::string_view, 2> captured;  // parts of the path that the pattern names
  Presented presented;
  Instant now;
  store::Caller caller;  // unless the route is open to anybody
  std::string body;
  bool begun = false;  // the handler has begun to answer by itself

  // The parsed body.
  const boost::json::value& json() const { return json_; }
  Result<void> parse();

  std::optional<std::string_view> header(std::string_view name) const {
    return wire::header(exchange.headers(), name);
  }
  // The id in the path. Fault: gone, as for one that does not exist.
  template <class SomeId>
  Result<SomeId> id_in_path(std::string_view noun) const {
    if (const auto parsed = SomeId::parse(captured[0])) return *parsed;
    return refuse(not_found(noun));
  }
  std::string actor() const;  // "user:<id>" or "key:<id>", for the audit

 private:
  std::array<unsigned char, 4096> buffer_;
  boost::json::monotonic_resource memory_{buffer_.data(), buffer_.size()};
  boost::json::value json_;
};

// Reads the body with `read`, which gives a value; a fault of the reader wins.
template <class Read>
auto read_body(const Request& request, Read read) -> Result<std::invoke_result_t<Read&, Reader&>> {
  std::optional<Fault> fault;
  std::optional<std::invoke_result_t<Read&, Reader&>> value;
  {
    Reader reader(request.json(), fault);
    value.emplace(read(reader));
  }
  if (fault) return refuse(std::move(*fault));
  return std::move(*value);
}

}  // namespace carillon::api
