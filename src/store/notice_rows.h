// Notices as rows, written by the engine's saves and by people's actions alike.
#pragma once

#include "model/people.h"
#include "store/connection.h"

namespace carillon::store {

void write_notice(Connection& connection, const Notice& notice);

}  // namespace carillon::store
