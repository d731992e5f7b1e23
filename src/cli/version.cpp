// carillon version
#include "base/version.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "cli/command.h"

namespace carillon::cli {

void add_version(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "version", "Say which Carillon this is");
  command.callback([&frame] {
    frame.action = [&frame] {
      frame.terminal.show(boost::json::object{{"version", version}}, fmt::format("carillon {}\n", version));
      return Exit::ok;
    };
  });
}

}  // namespace carillon::cli
