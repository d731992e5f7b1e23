// The page's files as answers: the best encoding that the browser takes, unchanged ones with 304, names that
// carry their content's hash for ever, and the page itself for every address that it alone knows.
#pragma once

#include <string_view>

#include "api/awaited.h"
#include "api/desk.h"
#include "api/request.h"
#include "api/routes.h"

namespace carillon::api {

Awaitable<Answer> serve_page(Request& request, const Settings& settings);

// Whether `encoding` is acceptable by an Accept-Encoding header ("gzip;q=0" is not).
bool accepts(std::string_view header, std::string_view encoding);
// Whether an If-None-Match header names this ETag (with its quotes), or is "*".
bool matches_tag(std::string_view header, std::string_view tag);

}  // namespace carillon::api
