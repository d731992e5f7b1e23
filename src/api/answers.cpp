#include "api/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/routes.h"
#include "base/digest.h"
#include "store/records.h"

namespace carillon::api {

wire::Response json_answer(int status, std::string body) {
  return {status, {{"Content-Type", "application/json"}}, std::move(body)};
}

wire::Headers file_headers(std::string_view type, std::string_view name) {
  return {{"Content-Type", std::string(type)},
          {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)},
          {"Cache-Control", "no-store"}};
}

wire::Response nothing() {
  return {204, {}, ""};
}

void audit(store::Unit& unit, const Request& request, std::string action, std::string subject,
           std::string detail) {
  store::Audit(unit).add({.workspace = request.caller.workspace,
                          .at = request.now,
                          .actor = request.actor(),
                          .action = std::move(action),
                          .subject = std::move(subject),
                          .detail = std::move(detail)});
}

namespace {
constexpr size_t most_accounts = 200;
}

Result<std::vector<AccountId>> accounts_of(const Request& request, std::string_view field) {
  std::vector<AccountId> ids;
  for (const auto& [name, text] : request.query) {
    std::string_view rest = name == field ? std::string_view(text) : "";
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(','), rest.size());
      const auto id = AccountId::parse(rest.substr(0, end));
      if (!id || ids.size() == most_accounts)
        return refuse(invalid("not_an_id", "This is not an id, or there are too many.", std::string(field),
                              "Give ids of accounts, with commas between them."));
      ids.push_back(*id);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return ids;
}

Result<size_t> limit_of(const Request& request) {
  const auto text = wire::field(request.query, "limit");
  if (!text) return 50;
  size_t limit = 0;
  const auto end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, limit);
  if (parsed.ec == std::errc{} && parsed.ptr == end && limit >= 1 && limit <= 200) return limit;
  return refuse(invalid("out_of_range", "The limit is \"" + *text + "\"; 1 to 200 is taken.", "limit",
                        "Leave it out, or choose a number in that range."));
}

namespace {
std::string without_page(const Request& request) {
  std::string text(request.path);
  for (const auto& [name, value] : request.query) {
    if (name != "cursor" && name != "limit") text += "\n" + name + "=" + value;
  }
  return text;
}

std::string cursor_mac(const Desk& desk, const Request& request, std::string_view position) {
  const Secret key = desk.keyring.derive("cursor");
  const auto mac = hmac_sha256(key.reveal(), fmt::format("{}\n{}\n{}", request.caller.workspace.text(),
                                                         without_page(request), position));
  return to_hex(std::span(mac).first(8));
}
}  // namespace

std::string seal_cursor(const Desk& desk, const Request& request, std::string_view position) {
  return to_base64url(cursor_mac(desk, request, position) + std::string(position));
}

Result<std::string> open_cursor(const Desk& desk, const Request& request) {
  const auto text = wire::field(request.query, "cursor");
  if (!text || text->empty()) return "";
  const auto plain = from_base64url(*text);
  if (plain && plain->size() > 16) {
    const std::string position = plain->substr(16);
    if (same_secret(cursor_mac(desk, request, position), plain->substr(0, 16))) return position;
  }
  return refuse(invalid("bad_cursor", "This cursor does not belong to this list.", "cursor",
                        "Start again without one; keep the filter the same from page to page."));
}

wire::Response list_answer(Json& json, const Request& request, const std::optional<std::string>& cursor) {
  json.field("next", cursor).end();
  wire::Response response = json_answer(200, json.take());
  if (!cursor) return response;
  wire::Fields query;
  for (const auto& field : request.query) {
    if (field.first != "cursor") query.push_back(field);
  }
  query.emplace_back("cursor", *cursor);
  response.headers.push_back(
      {"Link", fmt::format("<{}>; rel=\"next\"", wire::with_query(request.path, query))});
  return response;
}

Result<std::optional<std::string>> key_of(const Request& request) {
  if (request.route->extra != Extra::keyed && request.route->extra != Extra::fused) return std::nullopt;
  const auto given = request.header("idempotency-key");
  if (!given) return std::nullopt;
  std::string_view key = *given;
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') key = key.substr(1, key.size() - 2);
  if (!key.empty() && key.size() <= 255) return std::optional(std::string(key));
  return refuse(invalid("bad_key", fmt::format("The Idempotency-Key has {} characters.", key.size()),
                        "Idempotency-Key", "Use 1 to 255 characters, a UUID for example."));
}

std::string print_of(const Request& request) {
  return to_hex(sha256(request.path + "\n" + request.body));
}

Result<std::optional<Made>> kept(store::Unit& unit, const Request& request, const std::string& key,
                                 const std::string& print) {
  const auto before = store::Idempotency(unit).take(
      request.caller.workspace, std::string(request.route->pattern), key, print, request.now);
  if (!before) return std::nullopt;
  if (before->request_sha256 != print) {
    return refuse(invalid("key_reused", "Another request came with this Idempotency-Key before.",
                          "Idempotency-Key", "Use a new key for a new request."));
  }
  if (before->status != 0) return std::optional(Made{before->status, before->body, true});
  return refuse({.kind = FaultKind::duplicate,
                 .code = "key_in_use",
                 .text = "The first request with this Idempotency-Key is still being worked on.",
                 .field = "Idempotency-Key",
                 .remedy = "Ask again in a moment."});
}

void keep(store::Unit& unit, const Request& request, const std::string& key, const Made& made) {
  store::Idempotency(unit).keep(request.caller.workspace, std::string(request.route->pattern), key,
                                made.status, made.body);
}

wire::Response made_answer(Made made) {
  wire::Response response = json_answer(made.status, std::move(made.body));
  if (made.replayed) response.headers.push_back({"Idempotency-Replayed", "true"});
  return response;
}

}  // namespace carillon::api
