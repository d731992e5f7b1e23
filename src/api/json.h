// JSON out: a writer that appends to one text. Commas and escapes are its business, order is the caller's.
// One thread.
#pragma once

#include <boost/json/object.hpp>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::api {

class Json {
 public:
  Json() { out_.reserve(1024); }
  Json& begin() { return open('{'); }
  Json& end() { return close('}'); }
  Json& list() { return open('['); }
  Json& end_list() { return close(']'); }
  Json& key(std::string_view name);  // a name of ours: not escaped

  Json& value(std::string_view text);
  Json& value(const char* text) { return value(std::string_view(text)); }
  Json& value(const std::string& text) { return value(std::string_view(text)); }
  Json& value(bool flag) { return raw(flag ? "true" : "false"); }
  Json& value(double number);
  Json& value(Instant at);
  Json& value(const boost::json::object& object);
  Json& value(std::nullptr_t) { return raw("null"); }
  Json& value(std::integral auto number) { return raw(std::to_string(number)); }
  template <class Noun>
  Json& value(const Id<Noun>& id) {
    return value(std::string_view(id.text()));
  }
  template <class T>
  Json& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : raw("null");
  }
  template <class T>
  Json& field(std::string_view name, const T& v) {
    return key(name).value(v);
  }
  Json& texts(std::string_view name, const auto& list_of_texts) {
    key(name).list();
    for (const auto& text : list_of_texts) value(std::string_view(text));
    return end_list();
  }
  Json& raw(std::string_view json);  // valid JSON already

  std::string take() { return std::move(out_); }

 private:
  Json& open(char c);
  Json& close(char c);
  void comma();

  std::string out_;
  bool first_ = true;
};

}  // namespace carillon::api
