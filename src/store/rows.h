// How the model's nouns stand in rows: column lists and their readers, small JSON texts. Storage threads.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "model/account.h"
#include "model/content.h"
#include "model/delivery.h"
#include "model/post.h"
#include "store/connection.h"

namespace carillon::store {

// "{}" is kept as an empty text.
std::string object_text(const boost::json::object& object);
boost::json::object object_from(const std::string& text);
std::string list_text(const std::vector<std::string>& list);
std::vector<std::string> list_from(const std::string& text);
std::string fault_text(const std::optional<Fault>& fault);  // empty: none
std::optional<Fault> fault_from(const std::string& text);
std::string content_text(const Content& content);
Content content_from(const std::string& text);  // throws StoreError: damaged

template <class SomeId>
std::optional<SomeId> optional_id(const Row& row, size_t i) {
  return row.is_null(i) ? std::nullopt : std::optional<SomeId>(row.id<SomeId>(i));
}
inline std::optional<Instant> optional_instant(const Row& row, size_t i) {
  return row.is_null(i) ? std::nullopt : std::optional<Instant>(row.instant(i));
}
template <class Enum>
Enum enum_at(const Row& row, size_t i) {
  return static_cast<Enum>(row.integer(i));
}
template <class Enum>
int64_t number_of(Enum value) {
  return static_cast<int64_t>(value);
}

#define DELIVERY_COLUMNS                                                                                    \
  "d.workspace, d.id, d.post, d.account, d.content, d.part, d.follows, d.state, d.line, d.reason, d.due, "  \
  "d.planned, d.late_then, d.late_within, d.step, d.facts, d.tries, d.asks, d.resends, d.wish, d.attempt, " \
  "d.external_id, d.url, d.fault, d.settled, d.superseded, d.revision"
inline constexpr size_t delivery_width = 27;
Delivery delivery_at(const Row& row, size_t first = 0);

#define ATTEMPT_COLUMNS                                                                                      \
  "a.workspace, a.delivery, a.number, a.id, a.outcome, a.step, a.summary, a.repeat, a.publishes, a.opened, " \
  "a.closed, a.status, a.answer, a.fault, a.next"
Attempt attempt_at(const Row& row, size_t first = 0);

#define ACCOUNT_COLUMNS                                                                            \
  "workspace, id, network, external_id, name, handle, avatar_url, zone, api_base, sandbox, hold, " \
  "hold_text, "                                                                                    \
  "scopes, expires, refreshable, facts, connected, checked"
Account account_at(const Row& row);

#define MEDIA_COLUMNS "id, mime, bytes, width, height, frames, duration, codec, sha256"
MediaFacts media_at(const Row& row);

}  // namespace carillon::store
