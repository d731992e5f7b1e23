#include "api/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "api/desk.h"
#include "base/text.h"

namespace carillon::api {

namespace {
Fault not_signed_in(std::string_view why) {
  return {.kind = FaultKind::unauthorized,
          .code = "not_signed_in",
          .text = std::string(why),
          .remedy = "Sign in, or send an API key as Authorization: Bearer."};
}

std::string_view host_of(std::string_view origin) {
  const auto colon = origin.find("://");
  return colon == std::string_view::npos ? origin : origin.substr(colon + 3);
}
}  // namespace

Result<void> presents_something(const Presented& presented) {
  if (presented.kind == Presented::Kind::nothing) return refuse(not_signed_in("Nobody is signed in."));
  if (presented.kind == Presented::Kind::malformed) {
    return refuse(not_signed_in("This is not an API key of this server: the checksum is wrong."));
  }
  return {};
}

Asked asked(const Request& request, const Settings& settings) {
  return {request.presented, request.route->permission, request.now, settings.session_idle};
}

Result<store::Caller> admit(store::Unit& unit, const Asked& asked) {
  const Presented& presented = asked.presented;
  if (const auto something = presents_something(presented); !something) return refuse(something.error());
  store::People people(unit);
  const bool key = presented.kind == Presented::Kind::key;
  auto caller = key ? people.caller_by_key(presented.sha256, asked.now)
                    : people.caller_by_session(presented.sha256, asked.now);
  if (!caller)
    return refuse(not_signed_in(key ? "This API key is not valid (any more)." : "The session has ended."));
  if (!key && caller->seen + asked.idle < asked.now) {
    return refuse(not_signed_in("The session has ended: it was not used for a long time."));
  }
  if (may(*caller, asked.permission)) return std::move(*caller);
  return refuse({.kind = FaultKind::forbidden,
                 .code = "not_permitted",
                 .text = fmt::format("This needs the permission {}; {} does not have it.",
                                     to_text(asked.permission), key ? "this key" : "your role"),
                 .remedy = "Ask an owner of the workspace."});
}

Result<void> same_origin(const Request& request, const Settings& settings, bool must_say) {
  const Fault foreign{.kind = FaultKind::forbidden,
                      .code = "wrong_origin",
                      .text = "The request does not come from this server's own page.",
                      .remedy = "Use the page at its own address, or an API key instead of a cookie."};
  if (const auto site = request.header("sec-fetch-site")) {
    if (*site == "same-origin" || *site == "none") return {};
    return refuse(foreign);
  }
  const auto origin = request.header("origin");
  if (!origin) return must_say ? refuse(foreign) : Result<void>{};
  const auto host = request.header("host").value_or("");
  const bool own =
      host_of(*origin) == host || (!settings.public_url.empty() && *origin == settings.public_url);
  return own && *origin != "null" ? Result<void>{} : refuse(foreign);
}

Result<void> takes_type(const Request& request, Body body) {
  if (body.kind != Body::Kind::json) return {};
  const auto type = request.header("content-type").value_or("");
  const auto name = trimmed(type.substr(0, type.find(';')));
  if (equals_ignoring_case(name, "application/json")) return {};
  return refuse(invalid("wrong_content_type",
                        fmt::format("The body is {}, this takes application/json.",
                                    name.empty() ? "untyped" : shortened(name, 60)),
                        "", "Send Content-Type: application/json."));
}

std::string client_address(const net::Exchange& exchange, const Settings& settings) {
  const std::string_view peer = exchange.peer();
  if (std::ranges::find(settings.proxies, peer) == settings.proxies.end()) return std::string(peer);
  const auto chain = wire::header(exchange.headers(), "x-forwarded-for");
  if (!chain) return std::string(peer);
  const auto last = chain->rfind(',');  // the one our own proxy saw
  return std::string(trimmed(last == std::string_view::npos ? *chain : chain->substr(last + 1)));
}

std::string address_prefix(std::string_view text) {
  namespace ip = boost::asio::ip;
  boost::system::error_code broken;
  const auto address = ip::make_address(std::string(text), broken);
  if (broken) return std::string(text);
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    return fmt::format("{}.{}.{}.0/24", bytes[0], bytes[1], bytes[2]);
  }
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  return ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace carillon::api
