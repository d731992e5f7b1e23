// The shape of the database: numbered migrations, each one transaction, recorded in schema_version.
#pragma once

#include <functional>

#include "store/connection.h"

namespace carillon::store {

// The newest version this program knows.
int64_t schema_version();

// What the database says of itself; 0: it is empty.
int64_t stored_version(Connection& connection);

// Brings it to the newest version. `before` is called first when there is something to lose: the database is
// not empty and not at the newest version. Throws StoreError with a sentence when it was written by a newer
// program.
void migrate(Connection& connection, const std::function<void(int64_t from, int64_t to)>& before = {});

// Removes all rows, keeps the shape and the prepared statements: the simulator's next world.
void wipe(Connection& connection);

}  // namespace carillon::store
