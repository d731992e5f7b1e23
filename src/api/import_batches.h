// Making something of the rows of a table, some hundred in a transaction: others write between them.
// Runs on the request's strand; the work itself on a storage thread.
#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "api/awaited.h"

namespace carillon::api {

// make(unit, rows) may run again for the same rows: it is given them as they were judged. made(rows): they
// are written down.
template <class Row, class Make, class Made>
Awaitable<Result<bool>> make_in_batches(store::Store& store, std::span<Row> rows, Make make, Made made) {
  constexpr size_t rows_at_once = 250;
  for (size_t from = 0; from < rows.size(); from += rows_at_once) {
    const auto some = rows.subspan(from, std::min(rows_at_once, rows.size() - from));
    std::vector<Row> done;
    auto work = [&](store::Unit& unit) -> Result<bool> {
      done.assign(some.begin(), some.end());
      make(unit, std::span(done));
      return true;
    };
    auto written_down = co_await written(store, std::move(work));
    if (!written_down) co_return refuse(std::move(written_down.error()));
    std::ranges::move(done, some.begin());
    made(some);
  }
  co_return true;
}

}  // namespace carillon::api
