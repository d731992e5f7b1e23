// SQLite's side of the store: connections, copies of a file, and what must be looked at before a file is
// opened. Only the writer connection checkpoints: 3.7.0 to 3.51.2 can corrupt a file when two connections
// write or checkpoint at the same time (https://www.sqlite.org/wal.html, "The WAL-Reset Bug", 2026-11).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "store/connection.h"

namespace carillon::store {

enum class Access : uint8_t { write, read };

// ":memory:" gives a database of its own, without threads, files or locks. Throws StoreError.
std::unique_ptr<Connection> connect_sqlite(const std::string& path, Access access = Access::write);

// Makes the file, if it is not there, readable by its owner only; its log and index take that over. Throws
// StoreError.
void keep_private(const std::filesystem::path& file);

// A consistent copy of the database in `from`, also while a server works on it; durable on return. The file
// must not be there yet. Throws StoreError.
void copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to);

// Damage, in SQLite's words; empty when there is none. Reads the whole file.
std::string quick_check(const std::filesystem::path& file);

// Throws StoreError with a sentence when the file lies on a network file system.
void refuse_network_disk(const std::filesystem::path& file);

}  // namespace carillon::store
