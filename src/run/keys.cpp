#include "run/keys.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "run/private_file.h"

namespace carillon::run {
namespace {

constexpr size_t key_bytes = 32;

std::unexpected<Fault> damaged(const Config& config, std::string_view seen) {
  return refuse(
      {.kind = FaultKind::invalid,
       .code = "key_file",
       .text = fmt::format("{} is not a key file: {}.", config.master_key_file.string(), seen),
       .remedy = "Put the right file back from a backup; each line is: <id> <base64 of 32 bytes>."});
}

Result<Keyring> parse_keys(const Config& config, std::string_view text) {
  std::map<std::string, Secret> keys;
  std::string current;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const size_t space = std::min(line.find(' '), line.size());
    const auto raw = from_base64(trimmed(line.substr(space)));
    if (!raw || raw->size() != key_bytes) return damaged(config, "a line has no key of 32 bytes");
    current = line.substr(0, space);
    if (current.empty() || current.contains('.')) return damaged(config, "a key id is empty or has a dot");
    keys[current] = Secret(*raw);
  }
  if (keys.empty()) return damaged(config, "it is empty");
  return Keyring(std::move(keys), current);
}

// A key made now could not open what the old one sealed.
bool database_exists(const Config& config) {
  constexpr std::string_view scheme = "sqlite:";
  return config.database.starts_with(scheme) &&
         std::filesystem::exists(config.database.substr(scheme.size()));
}

std::string fresh_line(Random& random) {
  std::string raw(key_bytes, '\0');
  random.fill({reinterpret_cast<uint8_t*>(raw.data()), raw.size()});
  const Sha256 print = sha256(raw);
  const std::string id = to_hex(std::span(print).first(4));  // tells keys apart, gives nothing away
  return fmt::format("{} {}\n", id, to_base64(raw));
}

}  // namespace

Result<Keyring> load_keyring(const Config& config, Random& random) {
  auto text = read_private_file(config.master_key_file);
  if (!text) return refuse(text.error());
  if (*text) return parse_keys(config, **text);
  if (database_exists(config)) {
    return refuse({.kind = FaultKind::gone,
                   .code = "key_file_missing",
                   .text = fmt::format(
                       "There is a database, but {} is missing: the credentials in it cannot be opened.",
                       config.master_key_file.string()),
                   .remedy = "Put the key file back from a backup, or name it with --master-key-file."});
  }
  for (const auto& folder : {config.data, config.master_key_file.parent_path()}) {
    if (auto made = make_private_folder(folder); !made) return refuse(made.error());
  }
  const std::string line = fresh_line(random);
  if (auto written = write_private_file(config.master_key_file, line, false); !written)
    return refuse(written.error());
  return parse_keys(config, line);
}

}  // namespace carillon::run
