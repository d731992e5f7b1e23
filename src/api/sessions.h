// Opening sessions and saying who somebody is. On storage threads, inside a unit of work.
#pragma once

#include <string>

#include "api/desk.h"
#include "api/request.h"
#include "model/people.h"
#include "store/unit.h"

namespace carillon::api {

// A new session of the user; the caller is that user from now on. Gives the token for the cookie.
std::string open_session(store::Unit& unit, Request& request, Desk& desk, const User& user);
// The answer to "who am I" (schema Me), as JSON.
std::string describe_caller(store::Unit& unit, const Request& request, const Desk& desk);
// Lower case, with an @ and without blanks.
std::string read_email(Reader& in, std::string_view name);

}  // namespace carillon::api
