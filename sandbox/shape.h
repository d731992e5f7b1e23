// What JSON bodies look like, for models that take nothing that no document names: reading members without a
// fall. Pure, any thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace carillon::sandbox {

// The first member that is not among these; "" when there is none.
std::string stranger(const boost::json::object& object, std::initializer_list<std::string_view> known);
// A text member; none when it is absent or something else.
std::optional<std::string> text_member(const boost::json::object& object, std::string_view name);
std::string text_or(const boost::json::object& object, std::string_view name, std::string_view otherwise);
std::optional<int64_t> number_member(const boost::json::object& object, std::string_view name);
const boost::json::object* object_member(const boost::json::object& object, std::string_view name);
const boost::json::array* array_member(const boost::json::object& object, std::string_view name);
bool true_member(const boost::json::object& object, std::string_view name);

}  // namespace carillon::sandbox
