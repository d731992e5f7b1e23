#include "api/testing/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "api/contract.h"
#include "base/id.h"
#include "base/instant.h"

namespace carillon::api {

namespace json = boost::json;

const json::object& contract_document() {
  static const json::value document = json::parse(contract());
  return document.get_object();
}

namespace {
using Misfits = std::vector<std::string>;

bool is_type(const json::value& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  return value.is_number();
}

bool has_type(const json::value& value, const json::value& types) {
  if (types.is_string()) return is_type(value, std::string_view(types.get_string()));
  return std::ranges::any_of(types.as_array(), [&](const json::value& type) {
    return is_type(value, std::string_view(type.as_string()));
  });
}

void check_object(const json::object& value, const json::object& schema, const std::string& path,
                  Misfits& out) {
  if (const auto* required = schema.if_contains("required")) {
    for (const auto& name : required->as_array()) {
      if (!value.contains(name.as_string()))
        out.push_back(path + ": " + std::string(name.as_string()) + " is missing");
    }
  }
  const auto* properties = schema.if_contains("properties");
  const auto* open = schema.if_contains("additionalProperties");
  for (const auto& member : value) {
    const std::string name(member.key());
    const auto* known = properties ? properties->as_object().if_contains(name) : nullptr;
    if (known) {
      const auto inner = misfits(member.value(), *known, path + "." + name);
      out.insert(out.end(), inner.begin(), inner.end());
    } else if (open && !open->as_bool()) {
      out.push_back(path + ": " + name + " is not documented");
    }
  }
}

void check_text(const std::string& value, const json::object& schema, const std::string& path, Misfits& out) {
  const auto* format = schema.if_contains("format");
  if (!format) return;
  if (format->as_string() == "uuid" && !parse_id_bytes(value)) out.push_back(path + ": not an id: " + value);
  if (format->as_string() == "date-time" && !parse_instant(value))
    out.push_back(path + ": not a time: " + value);
}

const json::value& target_of(const json::object& reference) {
  const std::string pointer = std::string(reference.at("$ref").as_string()).substr(1);
  static const json::value document(contract_document());
  return document.at_pointer(pointer);
}
}  // namespace

Misfits misfits(const json::value& value, const json::value& schema_value, const std::string& path) {
  const json::object& schema = schema_value.as_object();
  if (schema.contains("$ref")) return misfits(value, target_of(schema), path);
  Misfits out;
  if (const auto* choices = schema.if_contains("oneOf")) {
    const bool fits = std::ranges::any_of(
        choices->as_array(), [&](const json::value& choice) { return misfits(value, choice, path).empty(); });
    if (!fits) out.push_back(path + ": fits none of its choices: " + json::serialize(value).substr(0, 200));
  }
  if (const auto* type = schema.if_contains("type"); type && !has_type(value, *type)) {
    out.push_back(path + ": has another type: " + json::serialize(value).substr(0, 80));
    return out;
  }
  if (const auto* words = schema.if_contains("enum")) {
    const auto& list = words->as_array();
    if (std::ranges::find(list, value) == list.end())
      out.push_back(path + ": unknown word " + json::serialize(value));
  }
  if (const auto* constant = schema.if_contains("const"); constant && *constant != value) {
    out.push_back(path + ": not " + json::serialize(*constant));
  }
  if (value.is_object()) check_object(value.get_object(), schema, path, out);
  if (value.is_string()) check_text(std::string(value.get_string()), schema, path, out);
  if (const auto* items = schema.if_contains("items"); items && value.is_array()) {
    for (size_t i = 0; i < value.get_array().size(); ++i) {
      const auto inner = misfits(value.get_array()[i], *items, fmt::format("{}[{}]", path, i));
      out.insert(out.end(), inner.begin(), inner.end());
    }
  }
  return out;
}

}  // namespace carillon::api
