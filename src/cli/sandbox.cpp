// carillon sandbox
#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "cli/command.h"
#include "cli/signals.h"
#include "run/sandbox_host.h"

namespace carillon::cli {
namespace {

constexpr const char* examples =
    "  carillon sandbox                            networks at http://127.0.0.1:8071, forgotten at the end\n"
    "  carillon sandbox --journal networks.jsonl   what they accepted is still there next time\n"
    "  carillon serve --sandbox-url http://127.0.0.1:8071    a server that uses it";

Exit play(const Terminal& terminal, const run::SandboxOptions& options) {
  hold_signals();
  run::Log log("info", "auto");
  const run::SandboxHost host(options, log);
  terminal.show(boost::json::object{{"url", host.url()}}, fmt::format("Sandbox networks: {}/\n", host.url()));
  wait_for_stop();
  return Exit::ok;
}

}  // namespace

void add_sandbox(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "sandbox", "Run the sandbox networks by themselves", examples);
  const auto options = std::make_shared<run::SandboxOptions>();
  command.add_option("--listen", options->listen, "Address and port [127.0.0.1:8071]");
  command.add_option("--url", options->base_url, "Where it is reached, when that is not the listen address");
  command.add_option("--journal", options->journal, "File that keeps what the networks accepted");
  command.callback(
      [&frame, options] { frame.action = [&frame, options] { return play(frame.terminal, *options); }; });
}

}  // namespace carillon::cli
