// What the tests of connecting ask with, and how they look into a request. Tests only.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "channels/registry.h"
#include "wire/url.h"

namespace carillon::channels {

inline const Auth& auth_of(const char* network) {
  return *shipped().find(network)->auth;
}

inline App app_of(const char* network, std::string client = "client-1") {
  return {network, std::move(client), "https://" + std::string(network) + ".example", "https://api.example"};
}

inline wire::Response ok(std::string body) {
  return {200, {}, std::move(body)};
}

inline bool puts(const wire::Request& request, const wire::Insert& insert) {
  return std::ranges::find(request.secrets, insert) != request.secrets.end();
}

inline std::string form_field(const wire::Request& request, const char* name) {
  return wire::field(wire::parse_form(std::get<std::string>(request.body)), name).value_or("(none)");
}

inline std::string query_field(const std::string& url, const char* name) {
  return wire::field(wire::parse_form(url.substr(url.find('?') + 1)), name).value_or("(none)");
}

}  // namespace carillon::channels
