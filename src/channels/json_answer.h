// Reading JSON answers of networks, which may hold anything: nothing here fails, what is not there is empty.
// Pure, any thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace carillon::channels {

using Path = std::initializer_list<std::string_view>;

// The body as JSON; nothing when it is empty, cut off, or a page of HTML.
std::optional<boost::json::value> read_json(std::string_view body);
// What stands at a path of keys; nullptr when it is not there.
const boost::json::value* look(const boost::json::value& json, Path path);
// Text there; whole numbers as digits (networks write ids both ways); "" when neither.
std::string text_at(const boost::json::value& json, Path path);
std::string as_text(const boost::json::value& json);
std::optional<int64_t> number_at(const boost::json::value& json, Path path);  // also from a text of digits
bool true_at(const boost::json::value& json, Path path);
// The array there; an empty one when there is none.
const boost::json::array& list_at(const boost::json::value& json, Path path);
// All digits, nothing else.
std::optional<int64_t> whole_number(std::string_view text);

}  // namespace carillon::channels
