#include "net/waiting_client.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <optional>

#include "base/text.h"

namespace carillon::net {
namespace {

std::string text(const boost::json::object& from, std::string_view name) {
  const boost::json::value* value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

FaultKind kind_of(int status) {
  if (status == 401) return FaultKind::unauthorized;
  if (status == 403) return FaultKind::forbidden;
  if (status == 404 || status == 410) return FaultKind::gone;
  if (status == 409) return FaultKind::closed;
  if (status == 429) return FaultKind::throttled;
  return status >= 500 ? FaultKind::unavailable : FaultKind::invalid;
}

Fault unreachable(const std::string& base, const std::string& why, std::string code) {
  return {.kind = FaultKind::unavailable,
          .code = std::move(code),
          .text = fmt::format("{} did not answer: {}.", base, why),
          .remedy = "Check that the server runs and that the address is right."};
}

Fault problem(const wire::Response& response, const boost::json::value& body) {
  if (!body.is_object()) {
    return {
        .kind = kind_of(response.status),
        .code = fmt::format("status_{}", response.status),
        .text = fmt::format("The server answered {}: {}", response.status, shortened(response.body, 200))};
  }
  const boost::json::object& said = body.get_object();
  return {.kind = kind_of(response.status),
          .code = text(said, "code"),
          .text = text(said, "detail"),
          .field = text(said, "field"),
          .remedy = text(said, "remedy")};
}

Result<boost::json::value> read(const wire::Response& response) {
  boost::json::value body;
  if (!response.body.empty()) {
    boost::system::error_code error;
    body = boost::json::parse(response.body, error);
    if (error && response.status < 400) {
      return refuse({.kind = FaultKind::unavailable,
                     .code = "not_json",
                     .text = fmt::format("The answer is not JSON: {}", shortened(response.body, 200)),
                     .remedy = "Check that the address is Carillon's and not another server's."});
    }
    if (error) body = nullptr;
  }
  if (response.status >= 400) return refuse(problem(response, body));
  return body;
}

}  // namespace

struct WaitingClient::Line {
  boost::asio::io_context context{1};
  Client client;
  Secret key;
  std::string cookie;
  explicit Line(MediaSource* media) : client(context, media, {}) {}
};

WaitingClient::WaitingClient(std::string base, MediaSource* media)
    : base_(std::move(base)), line_(std::make_unique<Line>(media)) {}
WaitingClient::~WaitingClient() = default;

void WaitingClient::use_key(Secret key) {
  line_->key = std::move(key);
}

void WaitingClient::use_session(std::string cookie) {
  line_->cookie = std::move(cookie);
}

Outcome WaitingClient::send(wire::Request request) {
  Credential credential;
  if (request.url.starts_with('/')) {
    request.url = base_ + request.url;
    if (!line_->key.empty()) {
      credential["key"] = line_->key;
      request.secrets.push_back({.secret = "key", .place = wire::Insert::Place::bearer});
    }
    if (!line_->cookie.empty()) {
      request.headers.push_back({"cookie", line_->cookie});
      request.headers.push_back({"origin", base_});
    }
  }
  std::optional<Outcome> outcome;
  line_->client.send(std::move(request), std::move(credential),
                     [&](Outcome given) { outcome = std::move(given); });
  line_->context.restart();
  while (!outcome && line_->context.run_one() > 0) {
  }
  return outcome ? std::move(*outcome) : Outcome(Lost{"the client stopped"});
}

void WaitingClient::pause(Duration span) {
  boost::asio::steady_timer timer(line_->context, span);
  timer.wait();
}

Result<boost::json::value> WaitingClient::json(wire::Request request) {
  const Outcome outcome = send(std::move(request));
  if (const auto* not_sent = std::get_if<NotSent>(&outcome))
    return refuse(unreachable(base_, not_sent->why, "not_sent"));
  if (const auto* lost = std::get_if<Lost>(&outcome)) return refuse(unreachable(base_, lost->why, "lost"));
  return read(std::get<wire::Response>(outcome));
}

Result<boost::json::value> WaitingClient::json(std::string method, std::string url,
                                               const boost::json::value& body, wire::Headers headers) {
  wire::Request request{.method = std::move(method), .url = std::move(url), .headers = std::move(headers)};
  if (!body.is_null()) {
    request.headers.push_back({"content-type", "application/json"});
    request.body = boost::json::serialize(body);
  }
  return json(std::move(request));
}

}  // namespace carillon::net
