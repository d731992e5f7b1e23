// Connects what happens to who must hear of it: the reception's hints to the pump, the pump's decisions and
// account changes to the pages. Any thread; nothing arrives before connect().
#pragma once

#include "api/events.h"
#include "run/dispatcher.h"
#include "run/pump.h"
#include "run/refresher.h"

namespace carillon::cli {

class Switchboard final : public run::Dispatcher {
 public:
  void connect(run::Pump& pump, run::Refresher& refresher, api::Events& events);

  void expect(WorkspaceId workspace, AccountId account, Line line, Instant due) override;
  void account_changed(const Account& account) override;
  void hold_all(bool held) override;
  void refresh(WorkspaceId workspace, AccountId account,
               std::move_only_function<void(Result<void>)> done) override;

  void changed(const delivery::Save& save);  // a decision became durable

 private:
  run::Pump* pump_ = nullptr;
  run::Refresher* refresher_ = nullptr;
  api::Events* events_ = nullptr;
};

}  // namespace carillon::cli
