#include "run/keys.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "run/private_file.h"
#include "store/people.h"
#include "store/records.h"

namespace carillon::run {
namespace {

constexpr size_t key_bytes = 32;
constexpr const char* word_name = "key_word";
constexpr const char* word_place = "settings/key_word";
constexpr const char* word = "carillon";

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

struct Known {
  std::optional<std::string> word;  // sealed; none: a database that never met a key, or of an earlier version
  bool in_use = false;              // what lies in it may be sealed
};

Known look_into(store::Store& store) {
  Known known;
  store.read_now([&](store::Unit& unit) {
    known.word = store::Settings(unit).get(word_name);
    known.in_use = known.word || store::People(unit).anyone();
  });
  return known;
}

void keep_word(store::Store& store, const Keyring& keyring, Random& random) {
  const std::string sealed = to_base64(keyring.seal(word, word_place, random));
  store.write_now([&](store::Unit& unit) { store::Settings(unit).set(word_name, sealed); });
}

bool opens(const Keyring& keyring, const std::string& sealed) {
  const auto raw = from_base64(sealed);
  return raw && keyring.open(*raw, word_place);
}

constexpr std::string_view what_to_do =
    "Put the file of this database back from a backup, or name it with --master-key-file. If it is lost for "
    "good: carillon new-keys, and connect the accounts again.";

Fault missing(const Config& config) {
  return {.kind = FaultKind::gone,
          .code = "key_file_missing",
          .text = fmt::format("{} is missing: the credentials in this database cannot be opened without it.",
                              config.master_key_file.string()),
          .remedy = std::string(what_to_do)};
}

Fault not_ours(const Config& config) {
  return {
      .kind = FaultKind::unauthorized,
      .code = "key_file_wrong",
      .text = fmt::format("{} is the key file of another database: it does not open what lies in this one.",
                          config.master_key_file.string()),
      .remedy = std::string(what_to_do)};
}

std::string fresh_line(Random& random) {
  std::string raw(key_bytes, '\0');
  random.fill({reinterpret_cast<uint8_t*>(raw.data()), raw.size()});
  const Sha256 print = sha256(raw);
  const std::string id = to_hex(std::span(print).first(4));  // tells keys apart, gives nothing away
  return fmt::format("{} {}\n", id, to_base64(raw));
}

Result<Keyring> make_keys(const Config& config, Random& random) {
  for (const auto& folder : {config.data, config.master_key_file.parent_path()}) {
    if (auto made = make_private_folder(folder); !made) return refuse(made.error());
  }
  const std::string line = fresh_line(random);
  if (auto written = write_private_file(config.master_key_file, line, false); !written)
    return refuse(written.error());
  return parse_keys(config, line);
}

}  // namespace

Result<Keyring> load_keyring(const Config& config, store::Store& store, Random& random) {
  const auto text = read_private_file(config.master_key_file);
  if (!text) return refuse(text.error());
  const Known known = look_into(store);
  if (!*text && known.in_use) return refuse(missing(config));
  auto keyring = *text ? parse_keys(config, **text) : make_keys(config, random);
  if (!keyring) return keyring;
  if (known.word && !opens(*keyring, *known.word)) return refuse(not_ours(config));
  if (!known.word) keep_word(store, *keyring, random);
  return keyring;
}

Result<Keyring> replace_keyring(const Config& config, store::Store& store, Random& random) {
  const auto text = read_private_file(config.master_key_file);
  if (!text) return refuse(text.error());
  auto keyring = *text ? parse_keys(config, **text) : make_keys(config, random);
  if (keyring) keep_word(store, *keyring, random);
  return keyring;
}

}  // namespace carillon::run
