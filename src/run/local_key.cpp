#include "run/local_key.h"

#include <fmt/format.h>

#include "run/config_text.h"
#include "run/private_file.h"

namespace carillon::run {

std::filesystem::path local_key_file(const Config& config) {
  return config.data / "keys" / "cli.key";
}

Result<std::optional<LocalKey>> read_local_key(const Config& config) {
  const auto text = read_private_file(local_key_file(config));
  if (!text) return refuse(text.error());
  if (!*text) return std::nullopt;
  const auto lines = parse_config_lines(**text, local_key_file(config).string());
  if (!lines) return refuse(lines.error());
  LocalKey local;
  for (const ConfigLine& line : *lines) {
    if (line.name == "server") local.server = line.value;
    if (line.name == "key") local.key = Secret(line.value);
  }
  return local;
}

Result<void> write_local_key(const Config& config, const LocalKey& local) {
  const std::filesystem::path file = local_key_file(config);
  if (auto made = make_private_folder(file.parent_path()); !made) return made;
  return write_private_file(file, fmt::format("server = {}\nkey = {}\n", local.server, local.key.reveal()),
                            true);
}

std::string local_address(const Config& config) {
  const size_t colon = config.listen.rfind(':');
  const std::string host = config.listen.substr(0, colon);
  const bool everywhere = host == "0.0.0.0" || host == "[::]";
  return fmt::format("http://{}{}", everywhere ? "127.0.0.1" : host, config.listen.substr(colon));
}

}  // namespace carillon::run
