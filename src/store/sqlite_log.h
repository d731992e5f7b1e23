// SQLite hands its write-ahead log to the system in two small writes for every page. Through this file system
// the writes of a transaction are gathered and go in one, before anybody can look for them: before a sync, a
// read or a question about the file's size. It knows the log only; every other file is the system's own.
//
// Why nothing is lost: the writer's connection has synchronous=FULL, so that SQLite syncs the log before it
// tells readers, or us, that a transaction is there (https://www.sqlite.org/wal.html,
// https://www.sqlite.org/vfs.html).
#pragma once

namespace carillon::store {

// The name under which SQLite knows it; registered at the first call. For connections that write.
const char* gathering_file_system();

}  // namespace carillon::store
