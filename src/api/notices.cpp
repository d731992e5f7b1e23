// What people should know, and who did what: newest first, page by page.
#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/permissions.h"
#include "api/words.h"
#include "store/records.h"

namespace carillon::api {

namespace {
struct PageOf {
  size_t limit = 0;
  std::string position;
};

Result<PageOf> page_of(const Request& request, const Desk& desk) {
  auto limit = limit_of(request);
  if (!limit) return refuse(std::move(limit.error()));
  auto position = open_cursor(desk, request);
  if (!position) return refuse(std::move(position.error()));
  return PageOf{*limit, std::move(*position)};
}

// One more than asked for was read: it tells whether there is a next page, and goes.
template <class T>
bool more_than(std::vector<T>& items, size_t limit) {
  if (items.size() <= limit) return false;
  items.resize(limit);
  return true;
}

store::Reading reader_of(const Request& request) {
  return {request.caller.workspace, request.caller.user, may(request.caller, Permission::posts_approve)};
}

std::optional<NoticeId> read_which(Reader& in) {
  return in.maybe_id<NoticeId>("id");
}
}  // namespace

Answering list_notices(Request& request, Desk& desk) {
  const auto page = page_of(request, desk);
  if (!page) co_return refuse(page.error());
  int64_t unread = 0;
  auto look = [&](store::Unit& unit) {
    store::Notices notices(unit);
    unread = notices.unread(reader_of(request));
    return notices.list(reader_of(request), NoticeId::parse(page->position), page->limit + 1);
  };
  auto notices = co_await seen(desk.store, std::move(look));
  std::optional<std::string> next;
  if (more_than(notices, page->limit)) next = seal_cursor(desk, request, notices.back().id.text());
  Json json;
  json.begin().key("items").list();
  for (const Notice& notice : notices) write(json, notice);
  json.end_list().field("unread", unread);
  co_return list_answer(json, request, next);
}

Answering read_notices(Request& request, Desk& desk) {
  const auto which = read_body(request, read_which);
  if (!which) co_return refuse(which.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::Notices(unit).read(reader_of(request), *which);
    return true;
  };
  co_await written(desk.store, std::move(work));
  desk.events.publish(request.caller.workspace,
                      {.kind = "notice", .id = *which ? (*which)->text() : "all", .state = "read"});
  co_return nothing();
}

namespace {
// about: "post" is every action on posts. by: a person's id.
Result<store::AuditFilter> audit_filter(const Request& request) {
  store::AuditFilter filter;
  if (const auto about = wire::field(request.query, "about").value_or(""); !about.empty())
    filter.about = about.substr(0, 40) + ".";
  const auto by = wire::field(request.query, "by").value_or("");
  if (by.empty()) return filter;
  const auto user = UserId::parse(by);
  if (!user) return refuse(invalid("not_an_id", "This is not an id.", "by", "Give the id of a user."));
  filter.actor = "user:" + user->text();
  return filter;
}
}  // namespace

Answering list_audit(Request& request, Desk& desk) {
  const auto page = page_of(request, desk);
  const auto filter = audit_filter(request);
  if (!filter) co_return refuse(filter.error());
  if (!page) co_return refuse(page.error());
  std::optional<int64_t> before;
  if (int64_t number = 0;
      std::from_chars(page->position.data(), page->position.data() + page->position.size(), number).ec ==
      std::errc{}) {
    before = number;
  }
  bool intact = true;
  auto look = [&](store::Unit& unit) {
    store::Audit ledger(unit);
    intact = !ledger.broken_at(request.caller.workspace);
    return ledger.list(request.caller.workspace, before, page->limit + 1, *filter);
  };
  auto entries = co_await seen(desk.store, std::move(look));
  std::optional<std::string> next;
  if (more_than(entries, page->limit))
    next = seal_cursor(desk, request, std::to_string(entries.back().number));
  Json json;
  json.begin().key("items").list();
  for (const AuditEntry& entry : entries) write(json, entry);
  json.end_list().field("intact", intact);
  co_return list_answer(json, request, next);
}

}  // namespace carillon::api
