// Small files that only this user may read: keys. Written whole or not at all. Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace carillon::run {

// Makes the folder (and those above it) with mode 0700 when it is not there. Fault: unavailable.
Result<void> make_private_folder(const std::filesystem::path& folder);

// Mode 0600, durable when this returns. Fault: closed ("exists") when it is there and may not be replaced,
// unavailable when the disk refuses.
Result<void> write_private_file(const std::filesystem::path& file, std::string_view text, bool replace);

// none: there is no such file. Fault: forbidden when everybody may read it, unavailable when it cannot be
// read.
Result<std::optional<std::string>> read_private_file(const std::filesystem::path& file);

}  // namespace carillon::run
