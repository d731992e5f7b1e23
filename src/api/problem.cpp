#include "api/problem.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/json.h"

namespace carillon::api {

namespace {
// Codes whose status is not that of their kind.
constexpr std::array<std::pair<std::string_view, int>, 16> special = {{{"too_large", 413},
                                                                       {"bad_body", 400},
                                                                       {"too_slow", 408},
                                                                       {"malformed_json", 400},
                                                                       {"bad_target", 400},
                                                                       {"wrong_content_type", 415},
                                                                       {"wrong_method", 405},
                                                                       {"revision", 412},
                                                                       {"no_precondition", 428},
                                                                       {"used_up", 410},
                                                                       {"failed", 500},
                                                                       {"network_answer", 502},
                                                                       {"network_unreachable", 502},
                                                                       {"not_permitted", 403},
                                                                       {"wrong_origin", 403},
                                                                       {"key_in_use", 409}}};
}  // namespace

int status_of(const Fault& fault) {
  const auto found = std::ranges::find(special, fault.code, &std::pair<std::string_view, int>::first);
  if (found != special.end()) return found->second;
  switch (fault.kind) {
    case FaultKind::invalid: return 422;
    case FaultKind::forbidden: return 403;
    case FaultKind::gone: return 404;
    case FaultKind::duplicate:
    case FaultKind::closed: return 409;
    case FaultKind::unauthorized: return 401;
    case FaultKind::throttled: return 429;
    case FaultKind::unavailable: return 503;
  }
  return 500;
}

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "The request cannot be read";
    case 401: return "Not signed in";
    case 403: return "Not permitted";
    case 404: return "Not found";
    case 405: return "Not with this method";
    case 408: return "Too slow";
    case 409: return "Not in this state";
    case 410: return "Used up or expired";
    case 412: return "Changed meanwhile";
    case 413: return "Too large";
    case 415: return "Wrong content type";
    case 422: return "The request is not valid";
    case 428: return "A precondition is needed";
    case 429: return "Too many requests";
    case 502: return "The network did not answer as it should";
    case 503: return "Not available now";
    default: return "The server failed";
  }
}

wire::Response problem(const Fault& fault, std::string_view request_id, std::span<const FieldError> errors) {
  const int status = status_of(fault);
  Json json;
  json.begin()
      .field("type", "/problems/" + fault.code)
      .field("title", title_of(status))
      .field("status", status);
  json.field("code", fault.code).field("detail", fault.text);
  if (!fault.field.empty()) json.field("field", fault.field);
  if (!fault.remedy.empty()) json.field("remedy", fault.remedy);
  json.field("request_id", request_id);
  if (!errors.empty()) {
    json.key("errors").list();
    for (const FieldError& error : errors) {
      json.begin().field("code", error.code).field("field", error.field).field("detail", error.detail);
      json.field("remedy", error.remedy);
      if (!error.account.empty()) json.field("account", error.account);
      json.end();
    }
    json.end_list();
  }
  json.end();
  wire::Response response{status, {{"Content-Type", "application/problem+json"}}, json.take()};
  if (fault.retry_after) {
    const auto seconds = std::max<int64_t>(1, (fault.retry_after->count() + 999'999) / 1'000'000);
    response.headers.push_back({"Retry-After", std::to_string(seconds)});
  }
  return response;
}

Fault not_found(std::string_view what) {
  return {.kind = FaultKind::gone,
          .code = "not_found",
          .text = "There is no such " + std::string(what) + " here.",
          .remedy = "It may have been removed, or it belongs to another workspace."};
}

Fault invalid(std::string code, std::string text, std::string field, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = std::move(code),
          .text = std::move(text),
          .field = std::move(field),
          .remedy = std::move(remedy)};
}

Fault closed(std::string code, std::string text, std::string remedy) {
  return {.kind = FaultKind::closed,
          .code = std::move(code),
          .text = std::move(text),
          .remedy = std::move(remedy)};
}

}  // namespace carillon::api
