#include "cli/switchboard.h"

namespace carillon::cli {

void Switchboard::connect(run::Pump& pump, run::Refresher& refresher, api::Events& events) {
  pump_ = &pump;
  refresher_ = &refresher;
  events_ = &events;
}

void Switchboard::expect(WorkspaceId workspace, AccountId account, Line line, Instant due) {
  pump_->expect(workspace, account, line, due);
}

void Switchboard::account_changed(const Account& account) {
  pump_->know(account);
  events_->publish(account.workspace, {.kind = "account", .id = account.id.text()});
}

void Switchboard::hold_all(bool held) {
  pump_->hold_all(held);
}

void Switchboard::refresh(WorkspaceId workspace, AccountId account,
                          std::move_only_function<void(Result<void>)> done) {
  refresher_->refresh(workspace, account, std::move(done));
}

void Switchboard::changed(const delivery::Save& save) {
  const Delivery& d = save.delivery;
  events_->publish(
      d.workspace,
      {.kind = "delivery", .id = d.id.text(), .post = d.post.text(), .state = std::string(to_text(d.state))});
  if (save.hold) events_->publish(d.workspace, {.kind = "account", .id = d.account.text()});
  for (const Notice& notice : save.notices)
    events_->publish(d.workspace, {.kind = "notice", .id = notice.id.text()});
}

}  // namespace carillon::cli
