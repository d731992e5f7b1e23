// carillon restore
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>

#include "cli/archive.h"
#include "cli/command.h"
#include "cli/remote.h"
#include "run/clock.h"
#include "run/keys.h"
#include "run/private_file.h"
#include "store/lock_file.h"
#include "store/records.h"
#include "store/store.h"

namespace carillon::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* examples =
    "  carillon restore carillon-2026-11-20.tar --data new-folder\n"
    "  carillon restore carillon-2026-11-20.tar --data data --force       what was there is kept beside it\n"
    "  carillon release --data new-folder                                 after a look: let it send again";

struct Asked {
  std::string file;
  bool force = false, new_keys = false;
};

// Not data: what belongs to this machine, and what this command made itself.
bool is_data(const fs::path& name) {
  constexpr std::array<std::string_view, 3> not_data = {"keys", "carillon.conf", ".restoring"};
  const std::string text = name.filename().string();
  return std::ranges::find(not_data, text) == not_data.end() && !text.starts_with("before-restore-");
}

bool holds_data(const fs::path& folder) {
  return fs::exists(folder) && std::ranges::any_of(fs::directory_iterator(folder),
                                                   [](const auto& one) { return is_data(one.path()); });
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  return entries;
}

// Nothing is deleted. The keys stay, unless the backup brings its own.
void move_aside(const fs::path& data, bool keys_too) {
  const fs::path aside = data / fmt::format("before-restore-{}", run::wall_clock().seconds());
  fs::create_directories(aside);
  for (const fs::path& entry : entries_of(data)) {
    if (is_data(entry) || (keys_too && entry.filename() == "keys"))
      fs::rename(entry, aside / entry.filename());
  }
}

std::unique_ptr<store::Store> open_database(const fs::path& file) {
  return store::Store::open({.url = "sqlite:" + file.string(), .readers = 1});
}

// A restored installation may have a living twin: it sends nothing until a person has looked.
void hold(const fs::path& database) {
  const auto store = open_database(database);
  store->write_now([](store::Unit& unit) { store::mark_restored(unit, run::wall_clock()); });
}

Fault not_empty(const fs::path& data) {
  return {
      .kind = FaultKind::closed,
      .code = "not_empty",
      .text = fmt::format("{} is not empty.", data.string()),
      .field = "data",
      .remedy =
          "Choose a new folder with --data, or add --force: what is there is then moved aside, not deleted."};
}

std::string last_words(const run::Config& config) {
  std::string words = fmt::format("Restored into {}. It is held: nothing is sent until you release it.\n",
                                  config.data.string());
  if (!fs::exists(config.master_key_file)) {
    words += fmt::format(
        "Its keys are not here: put your copy of master.key at {}, or, if it is lost:\n"
        "carillon new-keys --data {}, and connect the accounts again.\n",
        config.master_key_file.string(), config.data.string());
  }
  return words +
         fmt::format("Then: carillon serve --data {0}, look at it, and: carillon release --data {0}\n",
                     config.data.string());
}

Result<void> bring_in(const run::Config& config, const Asked& asked, const fs::path& fresh) {
  if (holds_data(config.data)) {
    const store::LockFile nobody_runs(config.data / "carillon.db");
    move_aside(config.data, fs::exists(fresh / "keys"));
  }
  for (const fs::path& entry : entries_of(fresh)) fs::rename(entry, config.data / entry.filename());
  if (!asked.new_keys) return {};
  SystemRandom random;
  const auto store = open_database(config.data / "carillon.db");
  auto made = run::replace_keyring(config, *store, random);
  return made ? Result<void>() : refuse(made.error());
}

// Gives the manifest; what it describes lies in `fresh`, held.
Result<boost::json::object> unpack_held(const std::string& file, const fs::path& fresh) {
  fs::remove_all(fresh);
  if (auto made = run::make_private_folder(fresh); !made) return refuse(made.error());
  auto manifest = unpack_archive(file, fresh);
  if (!manifest) return manifest;
  hold(fresh / "carillon.db");
  for (const char* name : {"manifest.json", "carillon.db.lock"}) fs::remove(fresh / name);
  return manifest;
}

Exit restore(const Terminal& terminal, const Frame& frame, const Asked& asked) {
  const auto config = frame.config();
  if (!config) return terminal.fail(config.error());
  if (holds_data(config->data) && !asked.force) return terminal.fail(not_empty(config->data));
  if (auto made = run::make_private_folder(config->data); !made) return terminal.fail(made.error());
  const fs::path fresh = config->data / ".restoring";
  const auto manifest = unpack_held(asked.file, fresh);
  const Result<void> done = manifest ? bring_in(*config, asked, fresh) : refuse(manifest.error());
  fs::remove_all(fresh);
  if (!done) return terminal.fail(done.error());
  terminal.show(boost::json::object{{"data", config->data.string()},
                                    {"backup_of", text_of(*manifest, "created")},
                                    {"held", true},
                                    {"keys", fs::exists(config->master_key_file)}},
                last_words(*config));
  return Exit::ok;
}

}  // namespace

void add_restore(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "restore", "Bring a backup back; the result is held until released", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "The backup")->required()->check(CLI::ExistingFile);
  command.add_flag("--force", asked->force, "Move what is in the data folder aside");
  command.add_flag("--new-keys", asked->new_keys, "Make new keys when the old ones are lost");
  add_settings(command, frame, {"data"});
  command.callback(
      [&frame, asked] { frame.action = [&frame, asked] { return restore(frame.terminal, frame, *asked); }; });
}

}  // namespace carillon::cli
