#include "cli/store_access.h"

#include <fmt/format.h>

#include "store/sqlite.h"

namespace carillon::cli {
namespace {
constexpr std::string_view sqlite = "sqlite:";
}

Result<std::filesystem::path> database_file(const run::Config& config) {
  if (!config.database.starts_with(sqlite)) {
    return refuse(
        {.kind = FaultKind::invalid,
         .code = "usage",
         .text = "This works on SQLite databases; this installation uses another one.",
         .field = "database",
         .remedy = "Use the tools of the database (pg_dump, pg_restore) and copy the media folder."});
  }
  const std::filesystem::path file = config.database.substr(sqlite.size());
  if (std::filesystem::exists(file)) return file;
  return refuse({.kind = FaultKind::gone,
                 .code = "no_database",
                 .text = fmt::format("There is no database at {}.", file.string()),
                 .field = "data",
                 .remedy = "Name the server's data folder with --data."});
}

Copy::Copy(const std::filesystem::path& database, const std::filesystem::path& to) : file_(to) {
  std::filesystem::remove(file_);
  store::copy_sqlite(database, file_);
}

Copy::~Copy() {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", ".lock"})
    std::filesystem::remove(file_.string() + ending, ignored);
}

}  // namespace carillon::cli
