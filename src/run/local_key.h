// The key with which commands on this machine speak to the server: a file in the data folder, readable by its
// owner only, so that `carillon post "hi" --to @shop` works without any setting. Who makes the key:
// api/local_key.h.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "run/config.h"

namespace carillon::run {

struct LocalKey {
  std::string server;  // "http://127.0.0.1:8070"
  Secret key;
};

std::filesystem::path local_key_file(const Config& config);
// none: no server has been set up in this data folder. Fault: forbidden (readable by others), invalid
// (damaged).
Result<std::optional<LocalKey>> read_local_key(const Config& config);
Result<void> write_local_key(const Config& config, const LocalKey& local);
// Where a program on this machine reaches the server that listens there: "0.0.0.0:80" is asked at 127.0.0.1.
std::string local_address(const Config& config);

}  // namespace carillon::run
