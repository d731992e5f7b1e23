// What the handlers about accounts share.
#pragma once

#include "api/awaited.h"
#include "api/desk.h"
#include "api/request.h"
#include "model/account.h"

namespace carillon::api {

// Fault: gone.
Result<Account> find_account(store::Unit& unit, const Request& request, AccountId id);
wire::Response account_answer(const Account& account, const Desk& desk, Instant now, int status = 200);
// Tells the dispatcher and the pages that it changed.
void tell(Desk& desk, const Account& account);

}  // namespace carillon::api
