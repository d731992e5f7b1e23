// JSON in: reads one object strictly, member by member. Unknown members, wrong types and lengths are refused
// with the path of the offender. The first fault stands; after it, reading goes on harmlessly with empty
// values. One thread.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace carillon::api {

struct Length {
  size_t min = 0, max = 1000;  // bytes
};

class Reader {
 public:
  // A whole body; `fault` collects the first refusal and outlives all readers.
  Reader(const boost::json::value& value, std::optional<Fault>& fault);
  ~Reader();  // refuses members that nobody asked for
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool has(std::string_view name);   // there and not null
  bool null(std::string_view name);  // there and null

  std::string text(std::string_view name, Length length);  // required
  std::optional<std::string> maybe_text(std::string_view name, Length length);
  std::optional<bool> maybe_flag(std::string_view name);
  std::optional<int64_t> maybe_integer(std::string_view name, int64_t least, int64_t most);
  template <class SomeId>
  SomeId id(std::string_view name) {
    return parse<SomeId>(name, text(name, {0, 100}));
  }
  template <class SomeId>
  std::optional<SomeId> maybe_id(std::string_view name) {
    auto found = maybe_text(name, {0, 100});
    return found ? std::optional<SomeId>(parse<SomeId>(name, *found)) : std::nullopt;
  }
  // A member as it is; nullptr when absent.
  const boost::json::value* member(std::string_view name);
  // Reads the object under `name`; false when it is absent or null.
  bool object(std::string_view name, const std::function<void(Reader&)>& read);
  // Reads each object of the list under `name`; false when it is absent.
  bool objects(std::string_view name, size_t most, const std::function<void(Reader&)>& read);
  std::optional<std::vector<std::string>> maybe_texts(std::string_view name, size_t most, Length each);

  void require(std::string_view name);  // refuses when it is absent
  void refuse(std::string code, std::string text, std::string_view name, std::string remedy);
  bool failed() const { return fault_.has_value(); }
  std::string path(std::string_view name) const;  // "content.parts[0].text"

 private:
  Reader(const boost::json::value& value, Reader& up, std::string_view name, int index);
  void wrong_type(std::string_view name, std::string_view wanted);
  std::optional<std::string> checked(std::string_view name, const boost::json::value& value, Length length);
  template <class SomeId>
  SomeId parse(std::string_view name, const std::string& text) {
    if (const auto parsed = SomeId::parse(text)) return *parsed;
    refuse("not_an_id", "This is not an id: \"" + text + "\".", name, "Give the id as this server wrote it.");
    return {};
  }

  const boost::json::object* object_ = nullptr;
  std::optional<Fault>& fault_;
  const Reader* up_ = nullptr;
  std::string_view name_;
  int index_ = -1;
  std::vector<std::string_view> asked_;
};

}  // namespace carillon::api
