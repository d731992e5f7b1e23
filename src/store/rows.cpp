#include "store/rows.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "store/dialect.h"

namespace carillon::store {
namespace json = boost::json;
namespace {

[[noreturn]] void damaged(const char* what, const std::string& text) {
  throw StoreError(StoreError::Kind::broken, std::string("A ") + what + " in the database cannot be read: " +
                                                 text.substr(0, 200) + ". Run `carillon verify`.");
}

json::value parsed(const char* what, const std::string& text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) damaged(what, text);
  return value;
}

std::string member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains({name.data(), name.size()});
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

uint32_t small(const Row& row, size_t i) {
  return static_cast<uint32_t>(row.integer(i));
}

}  // namespace

std::string object_text(const json::object& object) {
  return object.empty() ? std::string() : clean(json::serialize(object));
}

json::object object_from(const std::string& text) {
  if (text.empty()) return {};
  json::value value = parsed("JSON object", text);
  if (!value.is_object()) damaged("JSON object", text);
  return std::move(value.get_object());
}

std::string list_text(const std::vector<std::string>& list) {
  return list.empty() ? std::string() : json::serialize(json::array(list.begin(), list.end()));
}

std::vector<std::string> list_from(const std::string& text) {
  std::vector<std::string> list;
  if (text.empty()) return list;
  const json::value value = parsed("JSON list", text);
  if (!value.is_array()) damaged("JSON list", text);
  for (const json::value& each : value.get_array()) {
    if (each.is_string()) list.emplace_back(each.get_string());
  }
  return list;
}

std::string fault_text(const std::optional<Fault>& fault) {
  if (!fault) return {};
  json::object out{{"kind", to_text(fault->kind)}, {"code", fault->code}, {"text", fault->text}};
  if (!fault->field.empty()) out["field"] = fault->field;
  if (!fault->remedy.empty()) out["remedy"] = fault->remedy;
  if (!fault->detail.empty()) out["detail"] = fault->detail;
  if (fault->retry_after) out["retry_after"] = fault->retry_after->count();
  return clean(json::serialize(out));
}

std::optional<Fault> fault_from(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const json::object object = object_from(text);
  Fault fault;
  fault.kind = fault_kind_from(member(object, "kind")).value_or(FaultKind::invalid);
  fault.code = member(object, "code");
  fault.text = member(object, "text");
  fault.field = member(object, "field");
  fault.remedy = member(object, "remedy");
  fault.detail = member(object, "detail");
  const json::value* retry_after = object.if_contains("retry_after");
  if (retry_after && retry_after->is_int64()) fault.retry_after = Duration(retry_after->get_int64());
  return fault;
}

std::string content_text(const Content& content) {
  return json::serialize(to_json(content));
}

Content content_from(const std::string& text) {
  auto content = content_from_json(parsed("content", text));
  if (!content) damaged("content", text);
  return std::move(*content);
}

Delivery delivery_at(const Row& row, size_t first) {
  size_t i = first;
  Delivery d;
  d.workspace = row.id<WorkspaceId>(i++);
  d.id = row.id<DeliveryId>(i++);
  d.post = row.id<PostId>(i++);
  d.account = row.id<AccountId>(i++);
  d.content = row.id<ContentId>(i++);
  d.part = small(row, i++);
  d.follows = optional_id<DeliveryId>(row, i++);
  d.state = enum_at<DeliveryState>(row, i++);
  d.line = enum_at<Line>(row, i++);
  d.reason = row.text(i++);
  d.due = row.instant(i++);
  d.planned = row.instant(i++);
  d.late.then = enum_at<LatePolicy::Then>(row, i++);
  d.late.within = Duration(row.integer(i++));
  d.progress.step = row.text(i++);
  d.progress.facts = object_from(row.text(i++));
  d.tries = small(row, i++);
  d.asks = small(row, i++);
  d.resends = small(row, i++);
  d.wish = enum_at<Wish>(row, i++);
  d.attempt = optional_id<AttemptId>(row, i++);
  d.external_id = row.text(i++);
  d.url = row.text(i++);
  d.fault = fault_from(row.text(i++));
  d.settled = row.instant(i++);
  d.superseded = row.flag(i++);
  d.revision = small(row, i++);
  return d;
}

Attempt attempt_at(const Row& row, size_t first) {
  size_t i = first;
  Attempt a;
  a.workspace = row.id<WorkspaceId>(i++);
  a.delivery = row.id<DeliveryId>(i++);
  a.number = small(row, i++);
  a.id = row.id<AttemptId>(i++);
  a.outcome = enum_at<Attempt::Outcome>(row, i++);
  a.step = row.text(i++);
  a.summary = row.text(i++);
  a.repeat = row.text(i++);
  a.publishes = row.flag(i++);
  a.opened = row.instant(i++);
  a.closed = row.instant(i++);
  a.status = static_cast<int>(row.integer(i++));
  a.answer = row.text(i++);
  a.fault = fault_from(row.text(i++));
  a.next = row.text(i++);
  return a;
}

Account account_at(const Row& row) {
  size_t i = 0;
  Account a;
  a.workspace = row.id<WorkspaceId>(i++);
  a.id = row.id<AccountId>(i++);
  a.network = row.text(i++);
  a.external_id = row.text(i++);
  a.name = row.text(i++);
  a.handle = row.text(i++);
  a.avatar_url = row.text(i++);
  a.zone = row.text(i++);
  a.api_base = row.text(i++);
  a.sandbox = row.flag(i++);
  a.hold = enum_at<Hold>(row, i++);
  a.hold_text = row.text(i++);
  a.scopes = list_from(row.text(i++));
  a.expires = optional_instant(row, i++);
  a.refreshable = row.flag(i++);
  a.facts = object_from(row.text(i++));
  a.connected = row.instant(i++);
  a.checked = row.instant(i++);
  return a;
}

MediaFacts media_at(const Row& row) {
  MediaFacts m;
  m.id = row.id<MediaId>(0);
  m.mime = row.text(1);
  m.bytes = static_cast<uint64_t>(row.integer(2));
  m.width = small(row, 3);
  m.height = small(row, 4);
  m.frames = small(row, 5);
  m.duration = Duration(row.integer(6));
  m.codec = row.text(7);
  m.sha256 = row.text(8);
  return m;
}

}  // namespace carillon::store
