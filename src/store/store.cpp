#include "store/store.h"

#include <fmt/format.h>

#include <future>

#include "store/lock_file.h"
#include "store/postgres.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/writer.h"

namespace carillon::store {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, int readers) : file_(std::move(file)), lock_(file_) {
    refuse_network_disk(file_);
    keep_private(file_);
    auto connection = connect_sqlite(file_.string());
    migrate_file(*connection, file_);
    words_ = connection->describe();
    writer_ = std::make_unique<Writer>(std::move(connection));
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < std::max(1, readers); ++i)
      connections.push_back(connect_sqlite(file_.string(), Access::read));
    readers_ = std::make_unique<Readers>(std::move(connections));
  }
  ~SqliteStore() override {
    readers_.reset();  // the writer closes last: it alone may checkpoint
    writer_.reset();
  }

  void write(Work work, After after, Fate fate) override {
    writer_->add({std::move(work), std::move(after), fate});
  }
  void read(Work work, After after) override { readers_->add({std::move(work), std::move(after)}); }
  void backup_to(const std::filesystem::path& file) override { copy_sqlite(file_, file); }
  std::string describe() const override { return words_; }

 private:
  std::filesystem::path file_;
  LockFile lock_;
  std::string words_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Readers> readers_;
};

// One connection for everything: a database in memory belongs to the connection that made it.
class MemoryStore final : public Store {
 public:
  MemoryStore() {
    auto connection = connect_sqlite(":memory:");
    migrate(*connection);
    words_ = connection->describe();
    writer_ = std::make_unique<Writer>(std::move(connection));
  }
  void write(Work work, After after, Fate fate) override {
    writer_->add({std::move(work), std::move(after), fate});
  }
  void read(Work work, After after) override { writer_->add({std::move(work), std::move(after)}); }
  void backup_to(const std::filesystem::path&) override {
    throw StoreError(StoreError::Kind::broken, "A database in memory has no file to copy.");
  }
  std::string describe() const override { return words_; }

 private:
  std::string words_;
  std::unique_ptr<Writer> writer_;
};

class PostgresStore final : public Store {
 public:
  PostgresStore(const std::string& url, int readers) {
    auto connection = connect_postgres(url);
    migrate(*connection);
    words_ = connection->describe();
    writer_ = std::make_unique<Writer>(std::move(connection));
    std::vector<std::unique_ptr<Connection>> connections;
    for (int i = 0; i < std::max(1, readers); ++i) connections.push_back(connect_postgres(url));
    readers_ = std::make_unique<Readers>(std::move(connections));
  }
  void write(Work work, After after, Fate fate) override {
    writer_->add({std::move(work), std::move(after), fate});
  }
  void read(Work work, After after) override { readers_->add({std::move(work), std::move(after)}); }
  void backup_to(const std::filesystem::path&) override {
    throw StoreError(
        StoreError::Kind::broken,
        "Carillon copies SQLite files only. For PostgreSQL use pg_dump or your provider's backups.");
  }
  std::string describe() const override { return words_; }

 private:
  std::string words_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Readers> readers_;
};

bool is_postgres(std::string_view url) {
  return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

template <class Queue>
void run_and_wait(Queue queue) {
  const auto done =
      std::make_shared<std::promise<void>>();  // shared: set_value() may still be inside when get() returns
  auto result = done->get_future();
  queue([done](std::exception_ptr error) { error ? done->set_exception(error) : done->set_value(); });
  result.get();
}

}  // namespace

std::unique_ptr<Store> Store::open(const Where& where) {
  if (is_postgres(where.url)) return std::make_unique<PostgresStore>(where.url, where.readers);
  if (where.url == "sqlite::memory:") return std::make_unique<MemoryStore>();
  if (where.url.starts_with(sqlite_scheme) && where.url.size() > sqlite_scheme.size()) {
    return std::make_unique<SqliteStore>(where.url.substr(sqlite_scheme.size()), where.readers);
  }
  throw StoreError(StoreError::Kind::broken,
                   fmt::format("\"{}\" is not an address of a database. Use sqlite:/path/to/file.db or "
                               "postgres://user@host/name.",
                               where.url));
}

void Store::write_now(Work work) {
  run_and_wait([&](After after) { write(std::move(work), std::move(after)); });
}

void Store::read_now(Work work) {
  run_and_wait([&](After after) { read(std::move(work), std::move(after)); });
}

}  // namespace carillon::store
