#include "sandbox/shape.h"

#include <algorithm>

namespace carillon::sandbox {

namespace json = boost::json;

std::string stranger(const json::object& object, std::initializer_list<std::string_view> known) {
  for (const auto& member : object) {
    const std::string_view name = member.key();
    if (std::ranges::find(known, name) == known.end()) return std::string(name);
  }
  return "";
}

std::optional<std::string> text_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value ? value->if_string() : nullptr;
  return text ? std::optional(std::string(*text)) : std::nullopt;
}

std::string text_or(const json::object& object, std::string_view name, std::string_view otherwise) {
  return text_member(object, name).value_or(std::string(otherwise));
}

std::optional<int64_t> number_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

const json::object* object_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value ? value->if_object() : nullptr;
}

const json::array* array_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value ? value->if_array() : nullptr;
}

bool true_member(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace carillon::sandbox
