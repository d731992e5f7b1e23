// The shape of the database: numbered migrations, each one transaction, recorded in schema_version.
#pragma once

#include <filesystem>
#include <functional>
#include <span>

#include "store/connection.h"
#include "store/migrations.h"

namespace carillon::store {

using Steps = std::span<const char* const>;

// The newest version this program knows.
int64_t schema_version();

// What the database says of itself; 0: it is empty.
int64_t stored_version(Connection& connection);

// Brings it to the newest version, all or nothing. `before` is called first when there is something to lose:
// the database is not empty and not at the newest version. Throws StoreError with a sentence when it was
// written by a newer program.
using Before = std::function<void(int64_t from, int64_t to)>;
void migrate(Connection& connection, const Before& before = {}, Steps steps = migrations());

// The same for a SQLite file: what it was is kept beside it, as "<name>.before-<version>.backup".
void migrate_file(Connection& connection, const std::filesystem::path& file, Steps steps = migrations());

// Removes all rows, keeps the shape and the prepared statements: the simulator's next world.
void wipe(Connection& connection);

}  // namespace carillon::store
