// What the reception tells the machine room after a commit. Every method may be called from any thread and
// returns at once; what is told is a hint: the truth is in the store.
#pragma once

#include <functional>

#include "base/id.h"
#include "base/instant.h"
#include "base/result.h"
#include "model/account.h"
#include "model/delivery.h"

namespace carillon::run {

class Dispatcher {
 public:
  virtual ~Dispatcher() = default;
  // A row of that line was made, moved or wished upon: look at it at `due` (a past instant: now).
  virtual void expect(WorkspaceId workspace, AccountId account, Line line, Instant due) = 0;
  virtual void account_changed(const Account& account) = 0;  // connected, refreshed, held, released, gone
  virtual void hold_all(bool held) = 0;  // the installation's emergency stop
  // Refreshes an account's credential now, or joins the refresh that is under way (rotating refresh tokens
  // are used once). `done` runs on any thread. Fault: unauthorized (definitely refused), unavailable
  // (unclear), closed (this credential cannot be refreshed).
  virtual void refresh(WorkspaceId workspace, AccountId account,
                       std::move_only_function<void(Result<void>)> done) = 0;
};

}  // namespace carillon::run
