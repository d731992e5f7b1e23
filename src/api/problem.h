// Refusals on the wire: problem+json (RFC 9457) from a Fault. Any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "base/id.h"
#include "wire/request.h"

namespace carillon::api {

struct FieldError {
  std::string code, field, detail, remedy;
  std::string account;  // id of the target it is about; empty: the whole
};

int status_of(const Fault& fault);
std::string_view title_of(int status);
wire::Response problem(const Fault& fault, std::string_view request_id,
                       std::span<const FieldError> errors = {});

// Faults that many handlers give.
Fault not_found(std::string_view what);
Fault invalid(std::string code, std::string text, std::string field, std::string remedy);
Fault closed(std::string code, std::string text, std::string remedy);

}  // namespace carillon::api
