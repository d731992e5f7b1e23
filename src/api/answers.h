// What handlers have in common: answers, audit notes, pages of a list, keyed requests. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/desk.h"
#include "api/json.h"
#include "api/request.h"
#include "store/unit.h"

namespace carillon::api {

wire::Response json_answer(int status, std::string body);
wire::Response nothing();  // 204
// Of an answer that a browser keeps as a file.
inline constexpr const char* csv_type = "text/csv; charset=utf-8; header=present";
wire::Headers file_headers(std::string_view type, std::string_view name);

// Writes down who did what.
void audit(store::Unit& unit, const Request& request, std::string action, std::string subject,
           std::string detail = "");

// limit=1..200. Fault: invalid.
Result<size_t> limit_of(const Request& request);
// "account=a,b", or account=a&account=b, at most 200. Fault: invalid.
Result<std::vector<AccountId>> accounts_of(const Request& request, std::string_view field);
// A cursor is opaque and good only for the same list of the same workspace: it carries a MAC over both.
std::string seal_cursor(const Desk& desk, const Request& request, std::string_view position);
// The position; empty: from the start. Fault: invalid.
Result<std::string> open_cursor(const Desk& desk, const Request& request);
// "next" of a list and the Link header to it.
wire::Response list_answer(Json& json, const Request& request, const std::optional<std::string>& cursor);

// What a create made: kept with the request's Idempotency-Key, so that a repeat gets the same.
struct Made {
  int status = 201;
  std::string body;
  bool replayed = false;
};

// The key of the request; none: not keyed. Fault: invalid.
Result<std::optional<std::string>> key_of(const Request& request);
// In the same transaction as the create: gives what is kept under the key, or makes it and keeps it. `print`
// is the SHA-256 of what was asked. Fault: duplicate (in flight), invalid (another request had this key).
Result<std::optional<Made>> kept(store::Unit& unit, const Request& request, const std::string& key,
                                 const std::string& print);
void keep(store::Unit& unit, const Request& request, const std::string& key, const Made& made);

template <class Make>  // Result<Made>()
Result<Made> once(store::Unit& unit, const Request& request, const std::optional<std::string>& key,
                  const std::string& print, Make make) {
  if (!key) return make();
  auto before = kept(unit, request, *key, print);
  if (!before) return refuse(std::move(before.error()));
  if (*before) return std::move(**before);
  Result<Made> made = make();
  if (made) keep(unit, request, *key, *made);
  return made;
}

std::string print_of(const Request& request);
wire::Response made_answer(Made made);

}  // namespace carillon::api
