#include "store/postgres.h"

#include <endian.h>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <cstring>
#include <unordered_map>

#include "store/dialect.h"
#include "store/postgres_address.h"

namespace carillon::store {
namespace {

// Type numbers of pg_type.dat, PostgreSQL 15.
constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23, oid_text = 25;
constexpr size_t kept_statements = 512;
constexpr size_t most_pending = 64;  // statements sent without looking at their answers

struct Freed {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Freed>;

StoreError::Kind kind_of(std::string_view state) {  // SQLSTATE, Appendix A of the manual
  if (state.starts_with("23")) return StoreError::Kind::constraint;
  if (state == "40001" || state == "40P01" || state == "55P03") return StoreError::Kind::busy;
  if (state == "53100") return StoreError::Kind::full;
  return StoreError::Kind::broken;
}

// Parameters in the shape libpq wants; the bytes live in here.
struct Parameters {
  std::vector<std::string> held;
  std::vector<const char*> values;
  std::vector<int> lengths, formats;
  std::vector<Oid> types;

  explicit Parameters(std::span<const Value> given) {
    held.reserve(given.size());
    for (const Value& value : given) add(value);
  }
  void add(const Value& value) {
    formats.push_back(1);
    if (std::holds_alternative<std::monostate>(value)) return none();
    if (const auto* number = std::get_if<int64_t>(&value)) return add_number(*number);
    const auto* text = std::get_if<std::string>(&value);
    const auto* id = std::get_if<IdBytes>(&value);
    held.push_back(text ? clean(*text) : id ? std::string(view(*id)) : std::get<Bytes>(value).data);
    point(text ? oid_text : oid_bytea);
  }
  void none() {
    values.push_back(nullptr);
    lengths.push_back(0);
    types.push_back(0);
  }
  void add_number(int64_t number) {
    const uint64_t big = htobe64(static_cast<uint64_t>(number));
    held.emplace_back(reinterpret_cast<const char*>(&big), sizeof big);
    point(oid_int8);
  }
  void point(Oid type) {
    values.push_back(held.back().data());
    lengths.push_back(static_cast<int>(held.back().size()));
    types.push_back(type);
  }
  int count() const { return static_cast<int>(values.size()); }
};

template <class Number>
int64_t big_endian(const char* data) {
  Number number;
  std::memcpy(&number, data, sizeof number);
  if constexpr (sizeof number == 8) return static_cast<int64_t>(be64toh(static_cast<uint64_t>(number)));
  if constexpr (sizeof number == 4) return static_cast<int32_t>(be32toh(static_cast<uint32_t>(number)));
  return static_cast<int16_t>(be16toh(static_cast<uint16_t>(number)));
}

Value column(const PGresult* result, int row, int i) {
  if (PQgetisnull(result, row, i)) return {};
  const char* data = PQgetvalue(result, row, i);
  const auto length = static_cast<size_t>(PQgetlength(result, row, i));
  switch (PQftype(result, i)) {
    case oid_int8: return big_endian<int64_t>(data);
    case oid_int4: return big_endian<int32_t>(data);
    case oid_int2: return big_endian<int16_t>(data);
    case oid_bool: return int64_t{*data != 0};
    case oid_bytea: return bytes_value({data, length});
    default: return std::string(data, length);
  }
}

Rows rows_of(const PGresult* result) {
  Rows rows;
  const int height = PQntuples(result), width = PQnfields(result);
  rows.values.reserve(static_cast<size_t>(height));
  for (int row = 0; row < height; ++row) {
    std::vector<Value> values;
    values.reserve(static_cast<size_t>(width));
    for (int i = 0; i < width; ++i) values.push_back(column(result, row, i));
    rows.values.push_back(std::move(values));
  }
  const std::string changed = PQcmdTuples(const_cast<PGresult*>(result));
  rows.changed = changed.empty() ? 0 : std::stoll(changed);
  return rows;
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const std::string& url);

  Engine engine() const override { return Engine::postgres; }
  std::string describe() const override;
  Rows run(std::string_view sql, std::span<const Value> parameters) override;
  void put(std::string_view sql, std::span<const Value> parameters) override;
  void script(std::string_view sql) override;
  bool in_transaction() const override;
  bool upkeep(bool idle) override;

 private:
  struct Statement {
    std::string name, text;
  };
  struct Pending {  // sent, its answer not yet read
    const char* key;
    bool prepare;
  };

  void greet();
  void send(std::string_view sql, std::span<const Value> parameters);
  const Statement& statement(std::string_view sql, const Parameters& parameters);
  Rows sync();  // reads all answers; the last one's rows. Throws the first error
  Answer next_answer(const Pending& pending);
  [[noreturn]] void fail(std::string_view doing);

  std::unique_ptr<PGconn, Freed> connection_;
  std::unordered_map<const char*, Statement> statements_;
  std::vector<Pending> pending_;
  uint64_t names_ = 0;
};

PGconn* opened(const std::string& url) {
  const auto parameters = postgres_parameters(url);
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : parameters)
    keywords.push_back(keyword.c_str()), values.push_back(value.c_str());
  keywords.push_back(nullptr), values.push_back(nullptr);
  return PQconnectdbParams(keywords.data(), values.data(), 1);
}

PostgresConnection::PostgresConnection(const std::string& url) : connection_(opened(url)) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw StoreError(StoreError::Kind::broken,
                     fmt::format("PostgreSQL cannot be reached: {}Check the address, that "
                                 "the server runs and that the user may connect.",
                                 PQerrorMessage(connection_.get())));
  }
  greet();
}

void PostgresConnection::greet() {
  statements_.clear();
  pending_.clear();
  if (PQsetClientEncoding(connection_.get(), "UTF8") != 0) fail("SET client_encoding");
  PQenterPipelineMode(connection_.get());
  script(
      "SET client_min_messages = warning; SET statement_timeout = '300s'; SET lock_timeout = '15s';"
      "SET idle_in_transaction_session_timeout = '60s'; SET jit = off;"
      // One plan per statement, and never a table scan because statistics are old.
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off");
}

std::string PostgresConnection::describe() const {
  const int version = PQserverVersion(connection_.get());
  return fmt::format("PostgreSQL {}.{}", version / 10000, version % 10000);
}

void PostgresConnection::fail(std::string_view doing) {
  throw StoreError(StoreError::Kind::broken,
                   fmt::format("PostgreSQL: {} while running: {}", PQerrorMessage(connection_.get()), doing));
}

const PostgresConnection::Statement& PostgresConnection::statement(std::string_view sql,
                                                                   const Parameters& parameters) {
  const auto found = statements_.find(sql.data());
  if (found != statements_.end()) {
    if (found->second.text == sql) return found->second;
    statements_.erase(found);
  }
  if (statements_.size() >= kept_statements) statements_.clear();
  const Statement& fresh =
      statements_.emplace(sql.data(), Statement{fmt::format("s{}", ++names_), std::string(sql)})
          .first->second;
  const std::string spoken = in_dialect(Engine::postgres, sql);
  if (PQsendPrepare(connection_.get(), fresh.name.c_str(), spoken.c_str(), parameters.count(),
                    parameters.types.data()) != 1) {
    fail(sql);
  }
  pending_.push_back({sql.data(), true});
  return fresh;
}

void PostgresConnection::send(std::string_view sql, std::span<const Value> given) {
  const Parameters parameters(given);
  const Statement& prepared = statement(sql, parameters);
  if (PQsendQueryPrepared(connection_.get(), prepared.name.c_str(), parameters.count(),
                          parameters.values.data(), parameters.lengths.data(), parameters.formats.data(),
                          1) != 1) {
    fail(sql);
  }
  pending_.push_back({sql.data(), false});
}

Rows PostgresConnection::run(std::string_view sql, std::span<const Value> parameters) {
  if (sql.starts_with("ROLLBACK") && !pending_.empty()) {
    try {
      sync();
    } catch (const StoreError&) {
      // What is rolled back may have failed.
    }
  }
  send(sql, parameters);
  Rows rows = sync();
  return rows;
}

void PostgresConnection::put(std::string_view sql, std::span<const Value> parameters) {
  send(sql, parameters);
  if (pending_.size() >= most_pending) sync();
}

Answer PostgresConnection::next_answer(const Pending& pending) {
  Answer answer(PQgetResult(connection_.get()));
  if (!answer) fail(pending.key);
  while (Answer more{PQgetResult(connection_.get())}) answer = std::move(more);
  return answer;
}

Rows PostgresConnection::sync() {
  if (PQpipelineSync(connection_.get()) != 1) fail("a pipeline");
  std::vector<Pending> pending;
  pending.swap(pending_);
  std::optional<StoreError> error;
  Rows rows;
  for (size_t i = 0; i < pending.size(); ++i) {
    const Answer answer = next_answer(pending[i]);
    const ExecStatusType status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
      if (i + 1 == pending.size()) rows = rows_of(answer.get());
      const bool commit = !pending[i].prepare && std::string_view(pending[i].key).starts_with("COMMIT");
      if (commit && std::string_view(PQcmdStatus(answer.get())) == "ROLLBACK") {
        error = StoreError(StoreError::Kind::broken, "PostgreSQL rolled the transaction back.");
      }
      continue;
    }
    if (!error && status != PGRES_PIPELINE_ABORTED) {
      const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
      error = StoreError(kind_of(state ? state : ""),
                         fmt::format("PostgreSQL: {} ({}), while running: {}",
                                     PQresultErrorMessage(answer.get()), state ? state : "", pending[i].key));
    }
    if (pending[i].prepare) statements_.erase(pending[i].key);
  }
  const Answer end(PQgetResult(connection_.get()));
  if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) fail("a pipeline's end");
  if (error) throw *error;
  return rows;
}

void PostgresConnection::script(std::string_view sql) {
  if (!pending_.empty()) sync();
  PQexitPipelineMode(connection_.get());  // simple queries only work outside
  const Answer answer(PQexec(connection_.get(), in_dialect(Engine::postgres, sql).c_str()));
  const ExecStatusType status = PQresultStatus(answer.get());
  const std::string words = PQresultErrorMessage(answer.get());
  const char* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  const StoreError::Kind kind = kind_of(state ? state : "");
  PQenterPipelineMode(connection_.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
  throw StoreError(kind, fmt::format("PostgreSQL: {} while running: {}", words, sql));
}

bool PostgresConnection::in_transaction() const {
  if (PQstatus(connection_.get()) != CONNECTION_OK) return false;
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return !pending_.empty() || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PostgresConnection::upkeep(bool) {
  if (PQstatus(connection_.get()) == CONNECTION_OK) return false;
  PQreset(connection_.get());
  if (PQstatus(connection_.get()) == CONNECTION_OK) greet();
  return PQstatus(connection_.get()) != CONNECTION_OK;
}

}  // namespace

std::unique_ptr<Connection> connect_postgres(const std::string& url) {
  return std::make_unique<PostgresConnection>(url);
}

}  // namespace carillon::store
