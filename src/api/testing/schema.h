// The part of JSON Schema that openapi.json uses: says where a value does not fit its schema.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace carillon::api {

const boost::json::object& contract_document();
// What is wrong, one sentence each; empty: it fits.
std::vector<std::string> misfits(const boost::json::value& value, const boost::json::value& schema,
                                 const std::string& path = "$");

}  // namespace carillon::api
