// The last records of the log, for an owner.
#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"

namespace carillon::api {

namespace {
Result<run::LogFilter> read_filter(const Request& request) {
  run::LogFilter filter;
  filter.text = wire::field(request.query, "text").value_or("").substr(0, 200);
  const auto level = wire::field(request.query, "level").value_or("");
  if (level.empty()) return filter;
  const auto known = run::level_from(level);
  if (!known) {
    return refuse(invalid("unknown_level", "There is no level \"" + level.substr(0, 40) + "\".", "level",
                          "Use debug, info, warning or error."));
  }
  filter.least = *known;
  return filter;
}

void write(Json& json, const run::LogRecord& record) {
  json.begin()
      .field("number", record.number)
      .field("at", record.at)
      .field("level", run::to_text(record.level));
  json.field("event", record.event).field("text", record.text).key("fields").list();
  for (const auto& [name, value] : record.fields)
    json.begin().field("name", name).field("value", value).end();
  json.end_list().end();
}
}  // namespace

Answering get_system_log(Request& request, Desk& desk) {
  const auto filter = read_filter(request);
  if (!filter) co_return refuse(filter.error());
  const auto limit = limit_of(request);
  if (!limit) co_return refuse(limit.error());
  const auto position = open_cursor(desk, request);
  if (!position) co_return refuse(position.error());
  std::optional<uint64_t> before;
  uint64_t number = 0;
  const char* end = position->data() + position->size();
  if (std::from_chars(position->data(), end, number).ec == std::errc{}) before = number;
  auto look = [&] { return desk.log.recent().list(before, *limit, *filter); };
  auto records = co_await on_threads(desk.threads, std::move(look));
  std::optional<std::string> next;
  if (records.size() > *limit) {
    records.resize(*limit);
    next = seal_cursor(desk, request, std::to_string(records.back().number));
  }
  Json json;
  json.begin().key("items").list();
  for (const run::LogRecord& record : records) write(json, record);
  json.end_list();
  co_return list_answer(json, request, next);
}

}  // namespace carillon::api
