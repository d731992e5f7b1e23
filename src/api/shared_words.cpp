#include "api/shared_words.h"

#include "api/approval.h"

namespace carillon::api {

Result<void> may_change_shared(store::Unit& unit, const Request& request) {
  if (!asks(leave_of(unit, request))) return {};
  return refuse({.kind = FaultKind::forbidden,
                 .code = "needs_approver",
                 .text = "Posts need approval here, and this changes what approved posts say.",
                 .remedy = "Ask somebody who may approve posts."});
}

}  // namespace carillon::api
