// Bulk scheduling from a table: looking at it, and making the posts. The good rows are made, the wrong ones
// are told.
#include <algorithm>

#include "api/answers.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/import_batches.h"
#include "api/import_desk.h"

namespace carillon::api {

namespace {

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
  auto make = [&](store::Unit& unit, std::span<JudgedRow> rows) {
    make_posts(unit, request, desk, import.accounts, rows);
    const auto made = std::ranges::count(rows, RowState::imported, &JudgedRow::state);
    if (made > 0) audit(unit, request, "posts.imported", "posts", std::to_string(made));
  };
  auto made = [&](std::span<const JudgedRow> rows) { tell_dispatcher(desk, request.caller.workspace, rows); };
  auto all = make_in_batches(desk.store, std::span(import.rows), std::move(make), std::move(made));
  auto written_down = co_await std::move(all);
  if (!written_down) co_return refuse(std::move(written_down.error()));
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
