// carillon release
#include <boost/json/object.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "cli/store_access.h"
#include "store/journal.h"
#include "store/records.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon release                            the server of this machine\n"
    "  carillon release --data restored            a restored installation, before its server is started";

Exit released(const Terminal& terminal, const char* words) {
  terminal.show(json::object{{"held", false}}, words);
  return Exit::ok;
}

// Without a server: in the database itself.
Exit release_data(const Terminal& terminal, const run::Config& config) {
  if (const auto file = database_file(config); !file && file.error().code == "no_database")
    return terminal.fail(file.error());
  const auto store = store::Store::open({.url = config.database, .readers = 1});
  bool held = false;
  store->write_now([&](store::Unit& unit) {
    held = store::Journal(unit).held();
    store::release(unit);
  });
  return released(
      terminal, held ? "Released: at its next start the server sends what is due.\n" : "It was not held.\n");
}

Exit release(const Terminal& terminal, const Frame& frame, const RemoteOptions& remote) {
  const auto config = frame.config();
  if (!config) return terminal.fail(config.error());
  const auto client = reach(frame, remote);
  const bool no_server_known = !client && client.error().code == "no_key";
  if (no_server_known) return release_data(terminal, *config);
  if (!client) return terminal.fail(client.error());
  const auto done = (*client)->json("POST", "/api/v1/system/release");
  if (done) return released(terminal, "Released: what is due goes out now.\n");
  if (done.error().code != "not_sent" || !remote.server.empty()) return terminal.fail(done.error());
  return release_data(terminal, *config);
}

}  // namespace

void add_release(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "release", "Let a held installation send again", examples);
  const auto remote = add_remote(command, frame);
  add_settings(command, frame, {"database"});
  command.callback([&frame, remote] {
    frame.action = [&frame, remote] { return release(frame.terminal, frame, *remote); };
  });
}

}  // namespace carillon::cli
