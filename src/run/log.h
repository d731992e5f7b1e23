// What happened, for people and programs: one line per event on standard error, as JSON or as text. A Secret
// cannot be logged: no field is made of one. Thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.h"
#include "base/instant.h"
#include "run/log_ring.h"

namespace carillon::run {

struct Field {
  std::string_view name;  // "delivery_id", "error.code": snake case, from a closed habit
  std::variant<std::string, int64_t, double, bool> value;

  template <class Noun>
  Field(std::string_view name, const Id<Noun>& id) : name(name), value(id.text()) {}
  Field(std::string_view name, std::string_view text) : name(name), value(std::string(text)) {}
  Field(std::string_view name, const char* text) : name(name), value(std::string(text)) {}
  Field(std::string_view name, const std::string& text) : name(name), value(text) {}
  Field(std::string_view name, int64_t number) : name(name), value(number) {}
  Field(std::string_view name, int number) : name(name), value(int64_t{number}) {}
  Field(std::string_view name, size_t number) : name(name), value(static_cast<int64_t>(number)) {}
  Field(std::string_view name, double number) : name(name), value(number) {}
  Field(std::string_view name, bool flag) : name(name), value(flag) {}
};
using LogFields = std::initializer_list<Field>;

// One line without its end, secrets blotted out. Newlines and control characters in texts are escaped: a line
// is always one event.
std::string log_line_json(Instant at, Level level, std::string_view event, std::string_view text,
                          LogFields fields);
std::string log_line_human(Instant at, Level level, std::string_view event, std::string_view text,
                           LogFields fields);

class Log {
 public:
  // level: debug, info, warning, error. format: json, human, or auto (human when standard error is a
  // terminal).
  Log(std::string_view level, std::string_view format);
  ~Log();

  // event: "delivery.settled", stable, for programs. text: a sentence for people.
  void debug(std::string_view event, std::string_view text, LogFields fields = {}) {
    write(Level::debug, event, text, fields);
  }
  void info(std::string_view event, std::string_view text, LogFields fields = {}) {
    write(Level::info, event, text, fields);
  }
  void warning(std::string_view event, std::string_view text, LogFields fields = {}) {
    write(Level::warning, event, text, fields);
  }
  void error(std::string_view event, std::string_view text, LogFields fields = {}) {
    write(Level::error, event, text, fields);
  }
  void set_level(Level level);  // while running
  LogRing& recent() { return ring_; }

 private:
  void write(Level level, std::string_view event, std::string_view text, LogFields fields);
  struct Sink;
  std::unique_ptr<Sink> sink_;
  LogRing ring_;
};

}  // namespace carillon::run
