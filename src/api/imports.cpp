// Bulk scheduling from a table: looking at it, and making the posts. The good rows are made, the wrong ones
// are told.
#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/import_desk.h"

namespace carillon::api {

namespace {
constexpr size_t rows_at_once = 250;  // a transaction: others write between them

void tell_dispatcher(Desk& desk, WorkspaceId workspace, std::span<const JudgedRow> rows) {
  for (const JudgedRow& judged : rows) {
    if (judged.state != RowState::imported || !judged.row.schedule) continue;
    for (const Target& target : judged.row.post.targets)
      desk.dispatcher.expect(workspace, target.account, Line::bulk, judged.row.schedule->at);
  }
}

Awaitable<Result<bool>> make_all(Request& request, Desk& desk, JudgedImport& import) {
  // Those with a time of their own first: rows that take what is free come after all of them.
  std::ranges::stable_partition(import.rows, [](const JudgedRow& judged) { return !judged.row.queued; });
  const std::span<JudgedRow> rows(import.rows);
  for (size_t from = 0; from < rows.size(); from += rows_at_once) {
    const auto some = rows.subspan(from, std::min(rows_at_once, rows.size() - from));
    std::vector<JudgedRow> done;
    auto work = [&](store::Unit& unit) -> Result<bool> {
      done.assign(some.begin(), some.end());  // the work may run again: it begins with what was judged
      make_posts(unit, request, desk, import.accounts, done);
      const auto made = std::ranges::count(done, RowState::imported, &JudgedRow::state);
      if (made > 0) audit(unit, request, "posts.imported", "posts", std::to_string(made));
      return true;
    };
    auto written_down = co_await written(desk.store, std::move(work));
    if (!written_down) co_return refuse(std::move(written_down.error()));
    std::ranges::move(done, some.begin());
    tell_dispatcher(desk, request.caller.workspace, some);
  }
  std::ranges::sort(import.rows, {}, [](const JudgedRow& judged) { return judged.row.line; });
  co_return true;
}
}  // namespace

Answering import_posts(Request& request, Desk& desk) {
  auto order = read_body(request, read_import_order);
  if (!order) co_return refuse(std::move(order.error()));
  auto look = [&](store::Unit& unit) { return judge_import(unit, request, desk, *order); };
  auto import = co_await seen(desk.store, std::move(look));
  if (!import) co_return refuse(std::move(import.error()));
  if (!order->dry_run) {
    auto made = co_await make_all(request, desk, *import);
    if (!made) co_return refuse(std::move(made.error()));
    desk.events.publish(request.caller.workspace, {.kind = "post", .id = "imported", .state = "scheduled"});
  }
  co_return json_answer(200, render(*import));
}

}  // namespace carillon::api
