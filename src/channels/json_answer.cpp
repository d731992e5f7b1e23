#include "channels/json_answer.h"

#include <boost/json/parse.hpp>
#include <charconv>

namespace carillon::channels {

namespace json = boost::json;

std::optional<json::value> read_json(std::string_view body) {
  json::error_code failed;
  json::value value = json::parse(body, failed);
  if (failed || !(value.is_object() || value.is_array())) return std::nullopt;
  return value;
}

const json::value* look(const json::value& value, Path path) {
  const json::value* at = &value;
  for (const std::string_view key : path) {
    const json::object* object = at->if_object();
    if (object == nullptr) return nullptr;
    at = object->if_contains(key);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::string as_text(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (const auto* number = value.if_int64()) return std::to_string(*number);
  if (const auto* number = value.if_uint64()) return std::to_string(*number);
  return {};
}

std::string text_at(const json::value& value, Path path) {
  const json::value* at = look(value, path);
  return at == nullptr ? std::string() : as_text(*at);
}

std::optional<int64_t> number_at(const json::value& value, Path path) {
  const json::value* at = look(value, path);
  if (at == nullptr) return std::nullopt;
  if (const auto* number = at->if_int64()) return *number;
  if (const auto* number = at->if_double())
    return *number >= 0 && *number < 9e15 ? std::optional<int64_t>(static_cast<int64_t>(*number))
                                          : std::nullopt;
  if (const auto* text = at->if_string()) return whole_number(*text);
  return std::nullopt;
}

bool true_at(const json::value& value, Path path) {
  const json::value* at = look(value, path);
  const bool* is = at == nullptr ? nullptr : at->if_bool();
  return is != nullptr && *is;
}

const json::array& list_at(const json::value& value, Path path) {
  static const json::array none;
  const json::value* at = look(value, path);
  const json::array* list = at == nullptr ? nullptr : at->if_array();
  return list == nullptr ? none : *list;
}

std::optional<int64_t> whole_number(std::string_view text) {
  int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

}  // namespace carillon::channels
