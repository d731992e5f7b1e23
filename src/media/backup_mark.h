// When this installation was last copied whole: one line in its folder, beside the database. Written by the
// command that makes backups, while a server may run, so it is not a row. Any thread.
#pragma once

#include <filesystem>
#include <optional>

#include "base/instant.h"

namespace carillon::media {

// None: never, or nobody can tell.
std::optional<Instant> last_backup(const std::filesystem::path& data);
// False when it cannot be written; the backup is good all the same.
bool mark_backup(const std::filesystem::path& data, Instant at);

}  // namespace carillon::media
