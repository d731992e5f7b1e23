// One connection to one database and its prepared statements; values and rows as both engines speak them.
// Drivers: sqlite.cpp, postgres.cpp. The SQL is written once; what differs is in dialect.h. One thread at a
// time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::store {

// null, integer (also booleans, instants in microseconds), text, bytes. Sixteen bytes are an id: they fit
// into the value itself.
struct Bytes {
  std::string data;
};
using Value = std::variant<std::monostate, int64_t, std::string, Bytes, IdBytes>;
inline std::string_view view(const IdBytes& id) {
  return {reinterpret_cast<const char*>(id.data()), id.size()};
}
inline Value bytes_value(std::string_view bytes) {
  IdBytes id;
  if (bytes.size() != id.size()) return Bytes{std::string(bytes)};
  std::memcpy(id.data(), bytes.data(), id.size());
  return id;
}

class Row {
 public:
  explicit Row(std::span<const Value> values) : values_(values) {}
  bool is_null(size_t i) const { return std::holds_alternative<std::monostate>(values_[i]); }
  int64_t integer(size_t i) const;
  const std::string& text(size_t i) const;
  std::string_view bytes(size_t i) const;
  Instant instant(size_t i) const { return {integer(i)}; }
  bool flag(size_t i) const { return integer(i) != 0; }
  template <class SomeId>
  SomeId id(size_t i) const {
    if (const auto* raw = std::get_if<IdBytes>(&values_[i])) return {*raw};
    bytes(i);  // throws when it is something else altogether
    return {};
  }

 private:
  std::span<const Value> values_;
};

class Rows {  // a finished result, all in memory
 public:
  std::vector<std::vector<Value>> values;
  int64_t changed = 0;  // rows changed by INSERT/UPDATE/DELETE
  bool empty() const { return values.empty(); }
  size_t size() const { return values.size(); }
  Row operator[](size_t i) const { return Row(values[i]); }
};

enum class Engine : uint8_t { sqlite, postgres };

// Thrown for a broken world: disk full, connection gone, constraint broken.
struct StoreError : std::runtime_error {
  enum class Kind : uint8_t { broken, constraint, busy, full } kind;
  StoreError(Kind kind, const std::string& text) : std::runtime_error(text), kind(kind) {}
};

// What a transaction adds to the sums of workspaces: deliveries by state, then posts. Kept aside until it
// commits, so that a group of works writes the row that they all share once (tally_change.h).
using Sums = std::vector<std::pair<WorkspaceId, std::array<int64_t, 8>>>;

class Connection {
 public:
  virtual ~Connection() = default;
  Sums sums;
  virtual Engine engine() const = 0;
  virtual std::string describe() const = 0;  // "SQLite 3.40.1, WAL, synchronous=FULL"
  // sql must be a literal (prepared once, looked up by its address and text); parameters are $1, $2, …
  // Throws StoreError.
  virtual Rows run(std::string_view sql, std::span<const Value> parameters) = 0;
  // The same for statements whose result nobody needs: may leave with the next run() (PostgreSQL: one round
  // trip for all of them). What goes wrong is thrown then.
  virtual void put(std::string_view sql, std::span<const Value> parameters) { run(sql, parameters); }
  virtual void script(std::string_view sql) = 0;  // several statements without parameters
  virtual bool in_transaction() const = 0;        // false after an error that ended it
  // Between transactions: what the engine needs to stay in shape (SQLite: checkpoint; PostgreSQL: reconnect).
  // Gives whether there is more to do once nothing happens (idle = true).
  virtual bool upkeep(bool idle) { return false; }

  template <class... Args>
  Rows operator()(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    return run(sql, values);
  }
  template <class... Args>
  void tell(std::string_view sql, const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{to_value(args)...};
    put(sql, values);
  }

  static Value to_value(int64_t v) { return v; }
  static Value to_value(int v) { return int64_t{v}; }
  static Value to_value(uint32_t v) { return int64_t{v}; }
  static Value to_value(uint64_t v) { return static_cast<int64_t>(v); }
  static Value to_value(bool v) { return int64_t{v}; }
  static Value to_value(const std::string& v) { return v; }
  static Value to_value(std::string_view v) { return std::string(v); }
  static Value to_value(const char* v) { return std::string(v); }
  static Value to_value(const Bytes& v) { return v; }
  static Value to_value(const Value& v) { return v; }
  static Value to_value(Instant v) { return v.us; }
  template <class Noun>
  static Value to_value(const Id<Noun>& v) {
    return v.bytes;
  }
  template <class T>
  static Value to_value(const std::optional<T>& v) {
    return v ? to_value(*v) : Value{};
  }
};

}  // namespace carillon::store
