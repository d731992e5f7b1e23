#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "store/dialect.h"
#include "store/sqlite_log.h"

namespace carillon::store {
namespace {

constexpr int checkpoint_pages = 4096;  // of 4 KiB in the write-ahead log
constexpr int busy_milliseconds = 5000;
constexpr size_t kept_statements = 256;

StoreError::Kind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT: return StoreError::Kind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return StoreError::Kind::busy;
    case SQLITE_FULL: return StoreError::Kind::full;
    default: return StoreError::Kind::broken;
  }
}

[[noreturn]] void fail(sqlite3* db, int code, std::string_view doing) {
  const char* words = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  throw StoreError(kind_of(code), fmt::format("SQLite: {} (code {}), while running: {}", words, code, doing));
}

// A prepared statement and where its numbered parameters are: SQLite counts "$3" by first appearance.
struct Statement {
  sqlite3_stmt* handle = nullptr;
  std::string text;
  std::vector<size_t> places;  // of parameter i + 1: index into the values
  size_t needs = 0;            // values

  Statement() = default;
  Statement(Statement&& other) noexcept
      : handle(std::exchange(other.handle, nullptr)),
        text(std::move(other.text)),
        places(std::move(other.places)),
        needs(other.needs) {}
  Statement& operator=(Statement&&) = delete;
  ~Statement() { sqlite3_finalize(handle); }
};

Statement prepare(sqlite3* db, std::string_view sql) {
  Statement statement;
  statement.text = sql;
  const std::string spoken = in_dialect(Engine::sqlite, sql);
  const int code = sqlite3_prepare_v3(db, spoken.data(), static_cast<int>(spoken.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement.handle, nullptr);
  if (code != SQLITE_OK) fail(db, code, sql);
  const int count = sqlite3_bind_parameter_count(statement.handle);
  for (int i = 1; i <= count; ++i) {
    statement.places.push_back(std::stoul(sqlite3_bind_parameter_name(statement.handle, i) + 1) - 1);
    statement.needs = std::max(statement.needs, statement.places.back() + 1);
  }
  return statement;
}

int bind(sqlite3_stmt* handle, int i, const Value& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return sqlite3_bind_int64(handle, i, *number);
  if (const auto* text = std::get_if<std::string>(&value)) {
    return sqlite3_bind_text64(handle, i, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (const auto* id = std::get_if<IdBytes>(&value)) {
    return sqlite3_bind_blob64(handle, i, id->data(), id->size(), SQLITE_STATIC);
  }
  if (const auto* bytes = std::get_if<Bytes>(&value)) {
    return sqlite3_bind_blob64(handle, i, bytes->data.data(), bytes->data.size(), SQLITE_STATIC);
  }
  return sqlite3_bind_null(handle, i);
}

Value column(sqlite3_stmt* handle, int i) {
  switch (sqlite3_column_type(handle, i)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(handle, i);
    case SQLITE_NULL: return {};
    case SQLITE_BLOB: {
      const auto* data = static_cast<const char*>(sqlite3_column_blob(handle, i));
      return bytes_value({data ? data : "", static_cast<size_t>(sqlite3_column_bytes(handle, i))});
    }
    default: {
      const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle, i));
      return std::string(data ? data : "", static_cast<size_t>(sqlite3_column_bytes(handle, i)));
    }
  }
}

std::vector<Value> row_of(sqlite3_stmt* handle) {
  const int width = sqlite3_column_count(handle);
  std::vector<Value> row;
  row.reserve(static_cast<size_t>(width));
  for (int i = 0; i < width; ++i) row.push_back(column(handle, i));
  return row;
}

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(const std::string& path, Access access);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Engine engine() const override { return Engine::sqlite; }
  std::string describe() const override;
  Rows run(std::string_view sql, std::span<const Value> parameters) override;
  void script(std::string_view sql) override;
  bool in_transaction() const override { return sqlite3_get_autocommit(db_) == 0; }
  bool upkeep(bool idle) override;

 private:
  const Statement& statement(std::string_view sql);
  void pragmas(Access access);

  sqlite3* db_ = nullptr;
  bool memory_;
  int log_pages_ = 0;                     // in the write-ahead log since it was last started anew
  int checkpoint_at_ = checkpoint_pages;  // pages at which the next passive checkpoint is worth it
  bool log_empty_ = true;                 // as a file
  std::unordered_map<const char*, Statement> statements_;
};

SqliteConnection::SqliteConnection(const std::string& path, Access access) : memory_(path == ":memory:") {
  const int flags =
      access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const char* const files = access == Access::write && !memory_ ? gathering_file_system() : nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db_, flags | SQLITE_OPEN_NOMUTEX, files);
  if (code != SQLITE_OK) {
    const std::string words = db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code);
    sqlite3_close_v2(db_);
    throw StoreError(kind_of(code), fmt::format("The database file {} cannot be opened: {}.", path, words));
  }
  try {
    pragmas(access);
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close_v2(db_);
}

void SqliteConnection::pragmas(Access access) {
  if (memory_) return script("PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF; PRAGMA synchronous=OFF");
  sqlite3_busy_timeout(db_, busy_milliseconds);
  script("PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0");
  if (access == Access::read) return script("PRAGMA query_only=1; PRAGMA cache_size=-2048");
  script(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; PRAGMA "
      "secure_delete=FAST");
  sqlite3_wal_hook(
      db_,
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteConnection*>(self)->log_pages_ = pages;
        static_cast<SqliteConnection*>(self)->log_empty_ = false;
        return SQLITE_OK;
      },
      this);
}

std::string SqliteConnection::describe() const {
  return fmt::format("SQLite {}, {}", sqlite3_libversion(), memory_ ? "in memory" : "WAL, synchronous=FULL");
}

const Statement& SqliteConnection::statement(std::string_view sql) {
  const auto found = statements_.find(sql.data());
  if (found != statements_.end()) {
    if (found->second.text == sql) return found->second;
    statements_.erase(found);  // not a literal after all: another text at the same address
  }
  if (statements_.size() >= kept_statements) statements_.clear();
  return statements_.emplace(sql.data(), prepare(db_, sql)).first->second;
}

Rows SqliteConnection::run(std::string_view sql, std::span<const Value> parameters) {
  const Statement& prepared = statement(sql);
  CHECK(parameters.size() >= prepared.needs);
  sqlite3_stmt* handle = prepared.handle;
  for (size_t i = 0; i < prepared.places.size(); ++i) {
    const int code = bind(handle, static_cast<int>(i) + 1, parameters[prepared.places[i]]);
    if (code != SQLITE_OK) fail(db_, code, sql);
  }
  Rows rows;
  int code = sqlite3_step(handle);
  for (; code == SQLITE_ROW; code = sqlite3_step(handle)) rows.values.push_back(row_of(handle));
  if (code != SQLITE_DONE) {
    const StoreError error(kind_of(code),
                           fmt::format("SQLite: {} (code {}), while running: {}", sqlite3_errmsg(db_),
                                       sqlite3_extended_errcode(db_), sql));
    sqlite3_reset(handle);
    throw error;
  }
  rows.changed = sqlite3_changes64(db_);
  sqlite3_reset(handle);
  return rows;
}

void SqliteConnection::script(std::string_view sql) {
  const std::string spoken = in_dialect(Engine::sqlite, sql);
  const int code = sqlite3_exec(db_, spoken.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(db_, code, spoken);
}

bool SqliteConnection::upkeep(bool idle) {
  if (memory_ || log_empty_) return false;
  if (!idle && log_pages_ < checkpoint_at_) return true;
  int pages = 0, moved = 0;
  sqlite3_busy_timeout(db_, 0);  // a reader in its snapshot is not waited for
  const int mode = idle ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, &pages, &moved);
  sqlite3_busy_timeout(db_, busy_milliseconds);
  if (kind_of(code) != StoreError::Kind::busy && code != SQLITE_OK) fail(db_, code, "a checkpoint");
  log_empty_ = idle && code == SQLITE_OK;
  checkpoint_at_ =
      checkpoint_pages + (pages == moved ? 0 : pages);  // a reader holds the rest: not at once again
  return !log_empty_;
}

}  // namespace

std::unique_ptr<Connection> connect_sqlite(const std::string& path, Access access) {
  // Counting its allocations costs SQLite a lock around each; nobody reads the count.
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)configured;
  return std::make_unique<SqliteConnection>(path, access);
}

}  // namespace carillon::store
