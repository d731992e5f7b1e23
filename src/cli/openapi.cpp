// carillon openapi
#include <boost/json/parse.hpp>

#include "api/contract.h"
#include "cli/command.h"

namespace carillon::cli {

void add_openapi(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "openapi", "Print the description of the API (OpenAPI 3.1)",
                                  "  carillon openapi > openapi.json");
  command.callback([&frame] {
    frame.action = [&frame] {
      frame.terminal.show(boost::json::parse(api::contract()), api::contract());
      return Exit::ok;
    };
  });
}

}  // namespace carillon::cli
