#include "cli/commands.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/command.h"

namespace carillon::cli {
namespace {

constexpr const char* about =
    "Carillon: one keyboard, many bells. Write a post once; it goes out on every network, on time, exactly "
    "once.";

constexpr const char* first_steps =
    "First steps:\n"
    "  carillon serve --sandbox                  start the server and networks to try it with\n"
    "  carillon accounts                         see who can be spoken for\n"
    "  carillon post \"Fresh cakes\" --to @shop    publish\n"
    "  carillon posts                            see what became of it\n"
    "\n"
    "Settings come from flags, then CARILLON_* in the environment, then a file (--config, or carillon.conf "
    "in the\n"
    "data folder), then defaults; `carillon serve --print-config` shows which one won.\n"
    "\n"
    "Exit codes: 0 done, 1 failed or something was found, 2 wrong command line, 69 server or database not "
    "reached,\n"
    "75 try again later, 78 wrong configuration.";

constexpr auto commands = {
    add_serve,     add_sandbox,  add_post,      add_posts,    add_queue,    add_campaigns, add_tasks,
    add_import,    add_media,    add_plan,      add_apply,    add_feeds,    add_evergreen, add_hashtags,
    add_variables, add_planning, add_blackouts, add_accounts, add_networks, add_simulate,  add_drill,
    add_backup,    add_restore,  add_new_keys,  add_verify,   add_release,  add_openapi,   add_version};

// CLI11's own numbers are not ours: help is 0, everything else is a wrong command line.
int explain(const CLI::App& app, const CLI::ParseError& error) {
  return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::usage);
}

int act(Frame& frame) {
  try {
    return static_cast<int>(frame.action());
  } catch (const std::exception& broken) {
    frame.terminal.progress_done();
    return static_cast<int>(
        frame.terminal.fail({.kind = FaultKind::unavailable, .code = "broken", .text = broken.what()}));
  }
}

}  // namespace

int run(int argc, char** argv) {
  Frame frame;
  frame.told.environment = run::take_environment();
  CLI::App app(about, "carillon");
  app.footer(first_steps);
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "Help for every command");
  for (const auto add : commands) add(app, frame);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return explain(app, error);
  }
  return act(frame);
}

CLI::App& add_command(CLI::App& app, Frame& frame, const std::string& name, const std::string& what,
                      const std::string& examples) {
  CLI::App* command = app.add_subcommand(name, what);
  if (!examples.empty()) command->footer("Examples:\n" + examples);
  command->add_flag("--json", frame.terminal.json, "Print the result as one JSON value");
  return *command;
}

void add_settings(CLI::App& command, Frame& frame, std::initializer_list<std::string_view> names) {
  for (const run::Setting& setting : run::settings()) {
    if (names.size() > 0 && std::ranges::find(names, setting.name) == names.end()) continue;
    std::string flag(setting.name);
    if (setting.kind == run::Kind::secret)
      flag += "-file";  // an argument is seen by everybody on the machine
    const std::string help(setting.help);
    const auto keep = [&frame, flag](const std::string& value) { frame.told.flags[flag] = value; };
    if (setting.kind == run::Kind::flag) {
      command.add_flag_callback("--" + flag, [keep] { keep("true"); }, help)->group("Settings");
      continue;
    }
    const std::string initial = setting.initial.empty() ? "" : fmt::format(" [{}]", setting.initial);
    command.add_option_function<std::string>("--" + flag, keep, help + initial)
        ->take_last()
        ->group("Settings");
  }
  if (command.get_option_no_throw("--config") != nullptr) return;  // this is the second call
  command.add_option("--config", frame.told.file, "File with settings, one \"name = value\" per line")
      ->group("Settings");
}

}  // namespace carillon::cli
