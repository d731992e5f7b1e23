// What is done with SQLite files as files: copies, checks, where they may lie.
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cstring>

#include "store/sqlite.h"

namespace carillon::store {
namespace {

// A copy is only as good as its fsync; the folder too, or the name may be gone after a power cut.
void make_durable(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  if (!done)
    throw StoreError(StoreError::Kind::broken, fmt::format("{} could not be made durable.", path.string()));
}

struct Open {
  sqlite3* db = nullptr;
  Open(const std::filesystem::path& file, int flags) {
    const int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
    if (code == SQLITE_OK) return;
    const std::string words = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    sqlite3_close_v2(db);
    throw StoreError(StoreError::Kind::broken, fmt::format("{} cannot be opened: {}.", file.string(), words));
  }
  ~Open() { sqlite3_close_v2(db); }
  Open(const Open&) = delete;
  Open& operator=(const Open&) = delete;
};

}  // namespace

void keep_private(const std::filesystem::path& file) {
  const int made = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0) {
    throw StoreError(
        StoreError::Kind::broken,
        fmt::format("{} cannot be written: {}. Check that the data folder belongs to the user Carillon "
                    "runs as.",
                    file.string(), std::strerror(errno)));
  }
  close(made);
}

void copy_sqlite(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::filesystem::exists(to)) {
    throw StoreError(StoreError::Kind::broken,
                     fmt::format("{} is there already. Choose another name or move it away.", to.string()));
  }
  const Open source(from, SQLITE_OPEN_READONLY);
  sqlite3_busy_timeout(source.db, 5000);
  sqlite3_stmt* copy = nullptr;
  int code = sqlite3_prepare_v2(source.db, "VACUUM INTO ?1", -1, &copy, nullptr);
  if (code == SQLITE_OK) {
    sqlite3_bind_text(copy, 1, to.c_str(), -1, SQLITE_TRANSIENT);
    code = sqlite3_step(copy);
    sqlite3_finalize(copy);
  }
  if (code != SQLITE_DONE) {
    throw StoreError(code == SQLITE_FULL ? StoreError::Kind::full : StoreError::Kind::broken,
                     fmt::format("{} could not be copied to {}: {}.", from.string(), to.string(),
                                 sqlite3_errmsg(source.db)));
  }
  chmod(to.c_str(), S_IRUSR | S_IWUSR);
  make_durable(to);
  make_durable(to.has_parent_path() ? to.parent_path() : ".");
}

std::string quick_check(const std::filesystem::path& file) {
  const Open source(file, SQLITE_OPEN_READONLY);
  std::string found;
  const auto collect = [](void* out, int, char** values, char**) {
    if (std::string_view(values[0]) != "ok") *static_cast<std::string*>(out) += std::string(values[0]) + "\n";
    return 0;
  };
  const int code = sqlite3_exec(source.db, "PRAGMA quick_check(20)", collect, &found, nullptr);
  if (code != SQLITE_OK) found += sqlite3_errmsg(source.db);
  return found;
}

void refuse_network_disk(const std::filesystem::path& file) {
  // f_type values of statfs(2): NFS, SMB, CIFS, SMB2, 9P of virtual machines' shared folders is left alone.
  constexpr std::array<unsigned long, 4> network = {0x6969, 0x517b, 0xff534d42, 0xfe534d42};
  struct statfs facts{};
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  if (statfs(folder.c_str(), &facts) != 0) return;
  for (const unsigned long type : network) {
    if (static_cast<unsigned long>(facts.f_type) != type) continue;
    throw StoreError(
        StoreError::Kind::broken,
        fmt::format("{} lies on a network file system, where file locks cannot be trusted. Put the data "
                    "folder on a local disk, or use PostgreSQL.",
                    file.string()));
  }
}

}  // namespace carillon::store
