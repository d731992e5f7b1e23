#include "store/schema.h"

#include <fmt/format.h>

#include "store/sqlite.h"
#include "store/transaction.h"

namespace carillon::store {
namespace {

constexpr const char* is_there =
    "/*lite SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'*/"
    "/*pg SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = "
    "'schema_version'*/";

constexpr const char* tables =
    "/*lite SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_version' AND name NOT "
    "LIKE "
    "'sqlite_%'*/"
    "/*pg SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> "
    "'schema_version'*/";

// Two servers that start together on one PostgreSQL: the second waits, and then finds nothing left to do.
void lock_schema(Connection& connection) {
  if (connection.engine() == Engine::postgres) connection.run("SELECT pg_advisory_xact_lock(4211001)", {});
}

void step(Connection& connection, int64_t version, const char* script) {
  connection.script(script);
  connection("DELETE FROM schema_version");
  connection("INSERT INTO schema_version (version) VALUES ($1)", version);
}

}  // namespace

int64_t schema_version() {
  return static_cast<int64_t>(migrations().size());
}

int64_t stored_version(Connection& connection) {
  if (connection(is_there).empty()) return 0;
  const Rows rows = connection("SELECT version FROM schema_version");
  return rows.empty() ? 0 : rows[0].integer(0);
}

void migrate(Connection& connection, const Before& before, Steps steps) {
  const auto newest = static_cast<int64_t>(steps.size());
  int64_t from = stored_version(connection);
  if (from > newest) {
    throw StoreError(
        StoreError::Kind::broken,
        fmt::format("The database has schema version {}, but this program knows versions up to {}: it was "
                    "last used by a newer Carillon. Start that version, or restore a backup made before.",
                    from, newest));
  }
  if (from == newest) return;
  if (from > 0 && before) before(from, newest);
  Transaction transaction(connection);
  lock_schema(connection);
  for (from = stored_version(connection); from < newest; ++from)
    step(connection, from + 1, steps[static_cast<size_t>(from)]);
  transaction.commit();
}

void migrate_file(Connection& connection, const std::filesystem::path& file, Steps steps) {
  const auto keep_copy = [&file](int64_t, int64_t to) {
    const std::filesystem::path kept = fmt::format("{}.before-{}.backup", file.string(), to);
    const std::filesystem::path part = kept.string() + ".part";
    std::filesystem::remove(part);
    copy_sqlite(file, part);
    std::filesystem::rename(part, kept);
  };
  migrate(connection, keep_copy, steps);
}

void wipe(Connection& connection) {
  Transaction transaction(connection);
  const Rows names = connection(tables);
  std::string script;
  for (size_t i = 0; i < names.size(); ++i) script += "DELETE FROM " + names[i].text(0) + ";";
  connection.script(script);
  transaction.commit();
}

}  // namespace carillon::store
