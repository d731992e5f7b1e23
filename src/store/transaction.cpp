#include "store/transaction.h"

#include "store/tally_change.h"

namespace carillon::store {

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  if (kind == Kind::write) {
    connection_.put("BEGIN /*lite IMMEDIATE*/", {});
  } else {
    connection_.put("BEGIN /*pg ISOLATION LEVEL REPEATABLE READ READ ONLY*/", {});
  }
}

Transaction::~Transaction() {
  if (!open_) return;
  connection_.sums.clear();
  try {
    if (connection_.in_transaction()) connection_.run("ROLLBACK", {});
  } catch (const StoreError&) {
    // The connection is gone, and the transaction with it.
  }
}

void Transaction::commit() {
  write_sums(connection_);
  connection_.run("COMMIT", {});
  open_ = false;
}

Savepoint::Savepoint(Connection& connection) : connection_(connection), sums_(connection.sums) {
  connection_.put("SAVEPOINT work", {});
}

Savepoint::~Savepoint() {
  if (!open_) return;
  connection_.sums = sums_;
  try {
    if (!connection_.in_transaction()) return;
    connection_.run("ROLLBACK TO work", {});
    connection_.run("RELEASE work", {});
  } catch (const StoreError&) {
    // Then the whole transaction is gone, which the writer sees.
  }
}

void Savepoint::keep() {
  connection_.run("RELEASE work", {});
  open_ = false;
}

}  // namespace carillon::store
