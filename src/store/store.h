// The store: one writer that groups whatever is waiting into one durable transaction, and readers. Opening it
// migrates the schema (SQLite: after a backup of the file). Thread-safe.
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/unit.h"

namespace carillon::store {

struct Where {
  std::string url;  // "sqlite:/data/carillon.db", "sqlite::memory:", "postgres://user@host/db"
  int readers = 2;
};

class Store {
 public:
  using Work = std::move_only_function<void(Unit&)>;
  using After = std::move_only_function<void(std::exception_ptr)>;  // null: committed / read

  // Throws std::runtime_error with a sentence for people: newer schema, locked by another server, damaged.
  static std::unique_ptr<Store> open(const Where& where);
  virtual ~Store() = default;

  // own: what a work throws takes back only itself (a savepoint of its own). shared: it takes back its whole
  // group; for works that throw only when the world is broken, and are many.
  enum class Fate : uint8_t { own, shared };

  // Queues work for the writer; `after` runs on the writer thread once the group is durable, or with what the
  // work threw (then only this work is rolled back, unless it shares the fate of its group).
  // When the connection broke (StoreError::Kind::broken) nobody knows whether the group is durable: read
  // again.
  virtual void write(Work work, After after, Fate fate) = 0;
  void write(Work work, After after) { write(std::move(work), std::move(after), Fate::own); }
  virtual void read(Work work, After after) = 0;  // on a reader thread, a snapshot
  // The same, waiting for it; throws what the work threw. For the command line, the simulator and tests.
  void write_now(Work work);
  void read_now(Work work);

  virtual void backup_to(
      const std::filesystem::path& file) = 0;  // SQLite only: a consistent copy, while running
  virtual std::string describe() const = 0;    // "SQLite 3.40.1, WAL, synchronous=FULL"
};

}  // namespace carillon::store
