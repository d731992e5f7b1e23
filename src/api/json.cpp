#include "api/json.h"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <cmath>

namespace carillon::api {

void Json::comma() {
  if (!first_) out_ += ',';
  first_ = false;
}

Json& Json::open(char c) {
  comma();
  out_ += c;
  first_ = true;
  return *this;
}

Json& Json::close(char c) {
  out_ += c;
  first_ = false;
  return *this;
}

Json& Json::key(std::string_view name) {
  comma();
  out_.append(1, '"').append(name).append("\":");
  first_ = true;  // the value takes no comma
  return *this;
}

Json& Json::raw(std::string_view json) {
  comma();
  out_ += json;
  return *this;
}

Json& Json::value(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  comma();
  out_ += '"';
  size_t from = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out_.append(text, from, i - from);
    from = i + 1;
    switch (c) {
      case '"': out_ += "\\\""; break;
      case '\\': out_ += "\\\\"; break;
      case '\n': out_ += "\\n"; break;
      case '\r': out_ += "\\r"; break;
      case '\t': out_ += "\\t"; break;
      default: out_.append("\\u00").append(1, hex[c >> 4]).append(1, hex[c & 15]);
    }
  }
  out_.append(text, from, text.size() - from).append(1, '"');
  return *this;
}

Json& Json::value(double number) {
  return raw(std::isfinite(number) ? fmt::format("{}", number) : "null");
}

Json& Json::value(Instant at) {
  return value(std::string_view(to_text(at)));
}

Json& Json::value(const boost::json::object& object) {
  return raw(boost::json::serialize(object));
}

}  // namespace carillon::api
