// Waiting for the depot from a coroutine: files that go to the bucket, and files that come from it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/awaited.h"
#include "api/desk.h"
#include "run/depot.h"

namespace carillon::api {

using HeldFiles = std::shared_ptr<run::Depot::Hold>;

// The medium lies on its shelf: stored, once this gives no fault. As Depot::send().
inline Awaitable<Result<void>> stored(Desk& desk, WorkspaceId workspace, const MediaFacts& file) {
  Result<void> out;
  auto start = [&](auto resume) {
    desk.depot.send(workspace, file, [&out, resume = std::move(resume)](Result<void> outcome) mutable {
      out = std::move(outcome);
      resume();
    });
  };
  co_await awaited(std::move(start));
  co_return out;
}

// A file is here as long as what this gives lives. As Depot::bring().
inline Awaitable<Result<HeldFiles>> brought(Desk& desk, std::string name) {
  Result<HeldFiles> out;
  auto start = [&](auto resume) {
    desk.depot.bring({name}, [&out, resume = std::move(resume)](Result<HeldFiles> outcome) mutable {
      out = std::move(outcome);
      resume();
    });
  };
  co_await awaited(std::move(start));
  co_return std::move(out);
}

}  // namespace carillon::api
