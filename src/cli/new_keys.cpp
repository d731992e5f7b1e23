// carillon new-keys
#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "cli/command.h"
#include "cli/store_access.h"
#include "run/keys.h"
#include "store/store.h"

namespace carillon::cli {
namespace {

constexpr const char* examples =
    "  carillon new-keys                           the server must be stopped\n"
    "  carillon new-keys --data restored           a restored copy whose keys are lost";

Exit new_keys(const Terminal& terminal, const Frame& frame) {
  const auto config = frame.config();
  if (!config) return terminal.fail(config.error());
  if (const auto file = database_file(*config); !file && file.error().code == "no_database")
    return terminal.fail(file.error());
  const auto store = store::Store::open({.url = config->database, .readers = 1});
  SystemRandom random;
  const auto made = run::replace_keyring(*config, *store, random);
  if (!made) return terminal.fail(made.error());
  const std::string file = config->master_key_file.string();
  terminal.show(
      boost::json::object{{"keys", file}},
      fmt::format("From now on the database goes with {}: keep a copy in a safe place. What the lost "
                  "keys sealed stays closed:\nconnect the accounts again, and give the password of "
                  "the mail server again. Posts and people are as they were.\n",
                  file));
  return Exit::ok;
}

}  // namespace

void add_new_keys(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "new-keys",
                                  "Go on with new keys when the old ones are lost for good", examples);
  add_settings(command, frame, {"data", "database", "master-key-file"});
  command.callback([&frame] { frame.action = [&frame] { return new_keys(frame.terminal, frame); }; });
}

}  // namespace carillon::cli
