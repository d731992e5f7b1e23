// A transaction that rolls back unless it was committed. For the writer, migrations, the simulator and tests.
#pragma once

#include "store/connection.h"

namespace carillon::store {

class Transaction {
 public:
  enum class Kind : uint8_t { write, read };  // read: a snapshot
  explicit Transaction(Connection& connection, Kind kind = Kind::write);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();  // durable on return; throws StoreError

 private:
  Connection& connection_;
  bool open_ = true;
};

// A part of a transaction that can be taken back alone. One may stand inside another: the innermost ends first.
class Savepoint {
 public:
  explicit Savepoint(Connection& connection);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;

  void keep();

 private:
  Connection& connection_;
  Sums sums_;  // as they were
  bool open_ = true;
};

}  // namespace carillon::store
