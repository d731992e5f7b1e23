// The table of contents: every address the server answers, who may ask, what body it takes, who answers. A
// route without a permission does not compile. Checked against openapi.json by the tests. Immutable; any
// thread.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "api/permissions.h"
#include "base/result.h"
#include "wire/request.h"

namespace carillon::api {

struct Desk;
struct Request;

using Answer = Result<wire::Response>;  // a response with status 0: the handler has answered by itself
using Answering = boost::asio::awaitable<Answer>;
using Handler = Answering (*)(Request&, Desk&);

enum class Method : uint8_t { get, post, patch, put, del };

struct Body {
  enum class Kind : uint8_t { none, json, raw } kind = Kind::none;
  size_t limit = 0;  // bytes; raw: the handler's
};
inline constexpr Body no_body{};
inline constexpr Body json_body{Body::Kind::json, 1 << 20};
inline constexpr Body small_json{Body::Kind::json, 64 << 10};
inline constexpr Body table_body{Body::Kind::json, 12 << 20};  // a table within JSON
inline constexpr Body raw_body{Body::Kind::raw, 0};

enum class Extra : uint8_t {
  none,
  keyed,   // honours Idempotency-Key
  costly,  // asks networks or hashes passwords: few per minute and caller
  fused,   // the handler authorizes in its own transaction (api/entry.h)
};

struct Route {
  Method method;
  std::string_view pattern;  // "/api/v1/posts/{id}"
  Permission permission;
  Body body;
  Handler handler;
  Extra extra = Extra::none;
};

std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  // none: see allowed
  std::array<std::string_view, 2> captured;
  std::string_view allowed;  // methods of that path ("GET, POST"); empty: no such path
};

// Finds the route. `path` is without the query and outlives the match.
Match find_route(std::string_view method, std::string_view path);

std::string_view to_text(Method method);

}  // namespace carillon::api
