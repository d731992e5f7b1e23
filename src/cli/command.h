// What each command is given, and how it joins the command line. A command adds its options to CLI11, and
// when it was asked for, leaves behind the action that main runs. Main thread.
#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "cli/terminal.h"
#include "run/config.h"

namespace carillon::cli {

struct Frame {
  Terminal terminal;
  run::Told told;                // environment, then the flags of the command
  std::function<Exit()> action;  // set by the command that was asked for

  Result<run::Config> config() const { return run::load_config(told); }
};

// A command with its --json, help text and examples.
CLI::App& add_command(CLI::App& app, Frame& frame, const std::string& name, const std::string& what,
                      const std::string& examples = "");
// Options for the settings named (none: all), and --config.
void add_settings(CLI::App& command, Frame& frame, std::initializer_list<std::string_view> names = {});

void add_serve(CLI::App& app, Frame& frame);
void add_sandbox(CLI::App& app, Frame& frame);
void add_post(CLI::App& app, Frame& frame);
void add_posts(CLI::App& app, Frame& frame);
void add_queue(CLI::App& app, Frame& frame);
void add_campaigns(CLI::App& app, Frame& frame);
void add_tasks(CLI::App& app, Frame& frame);
void add_import(CLI::App& app, Frame& frame);
void add_media(CLI::App& app, Frame& frame);
void add_media_fit(CLI::App& media, Frame& frame);  // carillon media fit
void add_feeds(CLI::App& app, Frame& frame);
void add_evergreen(CLI::App& app, Frame& frame);
void add_plan(CLI::App& app, Frame& frame);
void add_apply(CLI::App& app, Frame& frame);
void add_hashtags(CLI::App& app, Frame& frame);
void add_variables(CLI::App& app, Frame& frame);
void add_planning(CLI::App& app, Frame& frame);
void add_blackouts(CLI::App& app, Frame& frame);
void add_accounts(CLI::App& app, Frame& frame);
void add_networks(CLI::App& app, Frame& frame);
void add_simulate(CLI::App& app, Frame& frame);
void add_drill(CLI::App& app, Frame& frame);
void add_backup(CLI::App& app, Frame& frame);
void add_restore(CLI::App& app, Frame& frame);
void add_new_keys(CLI::App& app, Frame& frame);
void add_verify(CLI::App& app, Frame& frame);
void add_release(CLI::App& app, Frame& frame);
void add_openapi(CLI::App& app, Frame& frame);
void add_version(CLI::App& app, Frame& frame);

}  // namespace carillon::cli
