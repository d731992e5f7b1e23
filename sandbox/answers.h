// Answers as values: JSON, pages, redirects, and instants as the networks write them.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "wire/request.h"

namespace carillon::sandbox {

wire::Response json_answer(int status, const boost::json::value& body, wire::Headers headers = {});
wire::Response page_answer(int status, std::string html);
wire::Response redirect(std::string location);
wire::Response text_answer(int status, std::string_view type, std::string body);

std::string iso_millis(Instant at);                     // 2026-11-20T09:30:00.250Z
std::string iso_offset(Instant at);                     // 2026-11-20T09:30:00+0000, as the Graph API writes
std::optional<Instant> epoch_instant(int64_t seconds);  // none: not a time anybody means
std::string number_text(int64_t number);
int64_t seconds_to_wait(Duration wait);  // whole ones, rounded up, at least one
// Numeric ids of different lengths in their order.
bool id_less(std::string_view a, std::string_view b);
bool all_digits(std::string_view text);
std::optional<int64_t> to_number(std::string_view text);

}  // namespace carillon::sandbox
