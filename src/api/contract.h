// The OpenAPI document (openapi.json beside this file), embedded. Any thread.
#pragma once

#include <string_view>

namespace carillon::api {

std::string_view contract();

}  // namespace carillon::api
