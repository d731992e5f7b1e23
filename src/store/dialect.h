// The two databases speak nearly one language; this is the rest. SQL is written once, and where they differ
// both ways stand in it as marked comments: /*lite WITHOUT ROWID*/ is read by SQLite only, /*pg FOR UPDATE*/
// by PostgreSQL only. BYTEA is the word for bytes.
#pragma once

#include <string>
#include <string_view>

#include "store/connection.h"

namespace carillon::store {

// Text as both can hold it: UTF-8 without NUL. What platforms answer can be neither.
std::string clean(std::string text);

std::string in_dialect(Engine engine, std::string_view sql);

}  // namespace carillon::store
