// PostgreSQL's side of the store, through libpq in pipeline mode with binary parameters and results.
#pragma once

#include <memory>
#include <string>

#include "store/connection.h"

namespace carillon::store {

// url: "postgres://user@host/db". Throws StoreError.
std::unique_ptr<Connection> connect_postgres(const std::string& url);

}  // namespace carillon::store
