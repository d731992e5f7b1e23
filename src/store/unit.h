// A unit of work: one transaction on one connection. Ports are made from it and die with it. Prepared
// statements are kept by the connection. Storage threads only.
#pragma once

#include "store/connection.h"

namespace carillon::store {

class Unit {
 public:
  explicit Unit(Connection& connection) : connection_(connection) {}
  Connection& connection() { return connection_; }

 private:
  Connection& connection_;
};

}  // namespace carillon::store
