#include "api/request.h"

#include <boost/json/parse.hpp>

namespace carillon::api {

Result<void> Request::parse() {
  boost::system::error_code broken;
  json_ = boost::json::parse(body, broken, boost::json::storage_ptr(&memory_));
  if (!broken) return {};
  return refuse(invalid("malformed_json", "The body is not JSON: " + broken.message() + ".", "",
                        "Send one JSON object in UTF-8."));
}

std::string Request::actor() const {
  if (caller.key) return "key:" + caller.key->text();
  return caller.user.empty() ? "anybody" : "user:" + caller.user.text();
}

}  // namespace carillon::api
