#include "api/reception.h"

#include <fmt/format.h>

#include "api/entry.h"
#include "api/meters.h"
#include "api/site.h"
#include "api/tokens.h"
#include "run/clock.h"
#include "store/connection.h"

namespace carillon::api {

namespace {
constexpr Duration rate_window = std::chrono::minutes(1);
constexpr Duration touch_every = std::chrono::minutes(5);
constexpr size_t tables_limit = 10'000;  // callers remembered; beyond that all are forgotten

Fault no_route(const Match& match, std::string_view method) {
  if (match.allowed.empty()) return not_found("address");
  return {.kind = FaultKind::invalid,
          .code = "wrong_method",
          .text = fmt::format("{} is not possible here.", method.substr(0, 20)),
          .remedy = fmt::format("Use {}.", match.allowed)};
}

Fault failed() {
  return {.kind = FaultKind::unavailable,
          .code = "failed",
          .text = "The server failed while it worked on this; nothing of it was kept.",
          .remedy = "Try again. The log has more under this request's id."};
}

Fault store_fault(const store::StoreError& error) {
  if (error.kind == store::StoreError::Kind::full) {
    return {.kind = FaultKind::unavailable,
            .code = "disk_full",
            .text = "The disk is full.",
            .remedy = "Make room on the server's disk."};
  }
  if (error.kind == store::StoreError::Kind::busy) {
    return {.kind = FaultKind::unavailable,
            .code = "busy",
            .text = "The database is busy.",
            .remedy = "Try again in a moment.",
            .retry_after = std::chrono::seconds(1)};
  }
  return failed();
}

bool is_safe(const Route& route) {
  return route.method == Method::get;
}
}  // namespace

std::string Reception::next_id() {
  return fmt::format("{}{:06x}", boot_, ++requests_);
}

Awaitable<void> Reception::answer(net::Exchange& exchange) {
  const Duration began = run::monotonic_clock();
  Request request(exchange);
  request.id = next_id();
  Answer answer = co_await respond(request);
  if (!answer) answer = problem(answer.error(), request.id);
  wire::Response& response = *answer;
  const int status = response.status;
  if (status == 403) {
    desk_.log.info("request.denied", "Somebody may not do this",
                   {{"request_id", request.id}, {"path", request.path}, {"actor", request.actor()}});
  }
  if (status == 405) response.headers.push_back({"Allow", std::string(find_route("", request.path).allowed)});
  if (status != 0) {
    dress(response, request);
    co_await exchange.reply(std::move(response));
  }
  const std::string_view route = request.route ? request.route->pattern : "other";
  const std::string_view method = request.route ? to_text(request.route->method) : "other";
  desk_.meters.answered(route, method, status == 0 ? 200 : status, run::monotonic_clock() - began);
}

// The edge where a broken world becomes an answer.
Awaitable<Answer> Reception::respond(Request& request) {
  std::string why;
  try {
    Answer answer = co_await routed(request);
    co_return std::move(answer);
  } catch (const store::StoreError& error) {
    desk_.log.error("request.store", error.what(), {{"request_id", request.id}, {"path", request.path}});
    if (request.begun) co_return wire::Response{};
    co_return refuse(store_fault(error));
  } catch (const std::exception& error) {
    why = error.what();
  }
  desk_.log.error("request.failed", why, {{"request_id", request.id}, {"path", request.path}});
  if (request.begun) co_return wire::Response{};  // too late for another answer: this one ends short
  co_return refuse(failed());
}

Awaitable<Answer> Reception::routed(Request& request) {
  const std::string_view target = request.exchange.target();
  const auto question = target.find('?');
  request.path = std::string(target.substr(0, question));
  if (question != std::string_view::npos) request.query = wire::parse_form(target.substr(question + 1));
  request.now = desk_.now();
  const std::string_view method = request.exchange.method() == "HEAD" ? "GET" : request.exchange.method();
  const auto match = find_route(method, request.path);
  if (!match.route) {
    if (match.allowed.empty() && method == "GET" && !request.path.starts_with("/api/")) {
      Answer page = co_await serve_page(request, desk_.settings);
      co_return std::move(page);
    }
    co_return refuse(no_route(match, method));
  }
  request.route = match.route;
  request.captured = match.captured;
  request.address = client_address(request.exchange, desk_.settings);
  if (auto entered = co_await enter(request); !entered) co_return refuse(std::move(entered.error()));
  if (auto read = co_await read_body(request); !read) co_return refuse(std::move(read.error()));
  Answer answer = co_await match.route->handler(request, desk_);
  if (request.caller.session || request.caller.key) touch(request);
  co_return std::move(answer);
}

Awaitable<Result<void>> Reception::enter(Request& request) {
  const Route& route = *request.route;
  const bool open = route.permission == Permission::open;
  request.presented = presented_in(request.exchange.headers(), desk_.settings);
  if (!is_safe(route)) {
    const bool by_cookie = request.presented.kind == Presented::Kind::session;
    if (auto own = same_origin(request, desk_.settings, by_cookie && !open); !own && (by_cookie || open)) {
      co_return refuse(std::move(own.error()));
    }
  }
  if (open || route.permission == Permission::metrics) co_return within_rate(request);
  if (auto something = presents_something(request.presented); !something) co_return std::move(something);
  if (route.extra == Extra::fused) co_return Result<void>{};
  auto look = [&](store::Unit& unit) { return admit(unit, asked(request, desk_.settings)); };
  auto caller = co_await seen(desk_.store, std::move(look));
  if (!caller) co_return refuse(std::move(caller.error()));
  request.caller = std::move(*caller);
  co_return within_rate(request);
}

Awaitable<Result<void>> Reception::read_body(Request& request) {
  const Body& takes = request.route->body;
  if (takes.kind == Body::Kind::raw) co_return Result<void>{};
  if (auto type = takes_type(request, takes); !type) co_return std::move(type);
  const auto length = request.exchange.body_length();
  const bool none = takes.kind == Body::Kind::none;
  if (none && length && *length == 0) co_return Result<void>{};
  auto body = co_await request.exchange.body(none ? 4096 : takes.limit);
  if (!body) co_return refuse(std::move(body.error()));
  if (none) co_return Result<void>{};
  request.body = std::move(*body);
  co_return request.parse();
}

Result<void> Reception::within_rate(const Request& request) {
  if (request.route->extra != Extra::costly) return {};
  if (spent_.size() > tables_limit) spent_.clear();
  const bool known = !request.caller.user.empty();
  Spent& spent = spent_[known ? request.caller.user.text() : address_prefix(request.address)];
  if (request.now - spent.since > rate_window || request.now < spent.since) spent = {request.now, 0};
  if (++spent.count <= desk_.settings.costly_per_minute) return {};
  return refuse(
      {.kind = FaultKind::throttled,
       .code = "quota_exceeded",
       .text = fmt::format("More than {} costly requests in a minute.", desk_.settings.costly_per_minute),
       .remedy = "Wait a moment.",
       .retry_after = rate_window - (request.now - spent.since)});
}

// That a session or key is in use is written down every few minutes, not awaited.
void Reception::touch(const Request& request) {
  if (touched_.size() > tables_limit) touched_.clear();
  const store::Caller& caller = request.caller;
  Instant& last = touched_[caller.key ? caller.key->bytes : caller.session->bytes];
  if (request.now - last < touch_every) return;
  last = request.now;
  auto work = [caller, now = request.now](store::Unit& unit) {
    store::People people(unit);
    if (caller.key) people.used(caller.workspace, *caller.key, now);
    if (caller.session) people.seen(caller.workspace, *caller.session, now);
  };
  desk_.store.write(std::move(work), [](std::exception_ptr) {});
}

void Reception::dress(wire::Response& response, const Request& request) const {
  auto& headers = response.headers;
  headers.reserve(headers.size() + 8);
  headers.push_back({"X-Request-Id", request.id});
  headers.push_back({"X-Content-Type-Options", "nosniff"});
  headers.push_back({"Referrer-Policy", "no-referrer"});
  headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
  headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
  if (!wire::header(headers, "cache-control")) headers.push_back({"Cache-Control", "no-store"});
  if (!wire::header(headers, "content-security-policy")) {
    headers.push_back(
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"});
  }
  if (desk_.settings.https()) {
    headers.push_back({"Strict-Transport-Security", "max-age=31536000; includeSubDomains"});
  }
}

}  // namespace carillon::api
