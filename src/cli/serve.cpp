// carillon serve
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command.h"
#include "cli/house.h"

namespace carillon::cli {
namespace {

constexpr const char* examples =
    "  carillon serve --sandbox                    try everything, data in ./data\n"
    "  carillon serve --data /srv/bells --listen 0.0.0.0:8070 --public-url https://bells.example\n"
    "  carillon serve --print-config               which value won, and why\n"
    "  CARILLON_DATABASE_FILE=/run/secrets/db carillon serve";

Exit print(const Terminal& terminal, const run::Config& config) {
  boost::json::array machine;
  std::vector<std::vector<std::string>> rows;
  for (const run::Origin& origin : config.origins) {
    machine.push_back(boost::json::object{{"name", origin.name},
                                          {"value", origin.shown},
                                          {"source", to_text(origin.source)},
                                          {"why", origin.why}});
    rows.push_back({origin.name, origin.shown, std::string(to_text(origin.source)), origin.why});
  }
  terminal.show(machine, table({"setting", "value", "from", "why"}, rows));
  return Exit::ok;
}

Exit serve(Frame& frame, bool print_config) {
  const auto config = frame.config();
  if (!config) return frame.terminal.fail(config.error());
  if (print_config) return print(frame.terminal, *config);
  House house(*config);
  return static_cast<Exit>(house.run());
}

}  // namespace

void add_serve(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "serve", "Run the server: page, API and delivery", examples);
  add_settings(command, frame);
  const auto print_config = std::make_shared<bool>(false);
  command.add_flag("--print-config", *print_config,
                   "Show every setting, where its value comes from, and stop");
  command.callback([&frame, print_config] {
    frame.action = [&frame, print_config] { return serve(frame, *print_config); };
  });
}

}  // namespace carillon::cli
