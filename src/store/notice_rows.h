// Notices as rows, written by the engine's saves and by people's actions alike.
#pragma once

#include "model/people.h"
#include "store/connection.h"

namespace carillon::store {

void write_notice(Connection& connection, const Notice& notice);

// What notice_at reads, of notices called n; there are so many columns.
#define NOTICE_COLUMNS \
  "n.workspace, n.id, n.kind, n.text, n.post, n.delivery, n.account, n.at, n.seen, n.person"
inline constexpr size_t notice_width = 10;
Notice notice_at(const Row& row);

}  // namespace carillon::store
