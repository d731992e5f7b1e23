// One request as a network sees it: path in steps, parameters wherever they were put, files that came along.
// Knows HTTP's shapes and no network. Lives as long as the request it was read from.
#pragma once

#include <boost/json/object.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "wire/request.h"
#include "wire/url.h"

namespace carillon::sandbox {

// A file that came with a request. Of a media slice only the length is known: bytes is empty, and the type is
// believed.
struct Upload {
  std::string_view name, filename, declared;
  std::string_view bytes;
  uint64_t size = 0;
  bool slice = false;

  std::string type() const;  // by its first bytes; of a slice the declared one; "" when unknown
};

struct Call {
  const wire::Request* request = nullptr;
  Instant now;
  std::string path;                // as sent, without origin and query
  std::vector<std::string> steps;  // its segments, decoded
  wire::Fields query, form;        // form: urlencoded, or the text fields of a multipart body
  std::optional<boost::json::object> json;
  bool malformed = false;  // a body that is not what its content type says
  std::vector<Upload> uploads;
  std::vector<wire::Part> received;  // parts of a multipart body that came as one text

  // Method and path, "*" standing for any one step.
  bool is(std::string_view method, std::initializer_list<std::string_view> pattern) const;
  std::string_view method() const { return request->method; }
  std::optional<std::string_view> header(std::string_view name) const;
  std::optional<std::string> bearer() const;
  // A parameter of the query, the form or the top of the JSON body (nested values as JSON text), in this
  // order.
  std::optional<std::string> param(std::string_view name) const;
  std::string param_or(std::string_view name, std::string_view otherwise) const;
  // Every parameter given, by name; "a[]" and "a[0]" count as "a".
  std::vector<std::string> names() const;
  // Values of "name[]", "name[0]…" or a JSON list.
  std::vector<std::string> list(std::string_view name) const;
  const Upload* upload(std::string_view name) const;
};

Call read_call(const wire::Request& request, Instant now);

// The media type that these first bytes speak of; "" when none is known.
std::string sniff(std::string_view bytes);

}  // namespace carillon::sandbox
