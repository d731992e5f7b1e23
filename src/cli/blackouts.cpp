// carillon blackouts: list, add, remove
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon blackouts                                           days on which nothing is planned\n"
    "  carillon blackouts add 2026-12-24 2026-12-26 --yearly --reason Christmas\n"
    "  carillon blackouts add 2026-11-20 --to @shop --reason Stocktaking\n"
    "  carillon blackouts remove ID";

struct Asked {
  std::string id, first, last, reason, to;
  bool yearly = false;
};

Exit show(const Terminal& terminal, net::WaitingClient& client) {
  const auto all = client.json("GET", "/api/v1/blackouts");
  if (!all) return terminal.fail(all.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& one : list_of(*all, "items")) {
    const std::string account = text_of(one, "account");
    rows.push_back({text_of(one, "text"), account.empty() ? "all accounts" : account, text_of(one, "id")});
  }
  terminal.show(*all, rows.empty() ? "No closed days.\n" : table({"days", "whose", "id"}, rows));
  return Exit::ok;
}

Exit add(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::object body{{"first", asked.first}, {"yearly", asked.yearly}, {"reason", asked.reason}};
  if (!asked.last.empty()) body["last"] = asked.last;
  if (!asked.to.empty()) {
    const auto whose = ask_accounts(client, {asked.to});
    if (!whose) return terminal.fail(whose.error());
    if (whose->size() != 1) {
      return terminal.fail({.kind = FaultKind::invalid,
                            .code = "usage",
                            .text = fmt::format("\"{}\" means {} accounts.", asked.to, whose->size()),
                            .remedy = "Name one, or leave --to out for all."});
    }
    body["account"] = text_of(whose->front(), "id");
  }
  const auto made = client.json("POST", "/api/v1/blackouts", body);
  if (!made) return terminal.fail(made.error());
  terminal.show(*made, fmt::format("Nothing is planned on {}.\n", text_of(*made, "text")));
  return Exit::ok;
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto done = client.json("DELETE", "/api/v1/blackouts/" + wire::percent_encode(asked.id));
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, "These days are open again.\n");
  return Exit::ok;
}

}  // namespace

void add_blackouts(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "blackouts", "Days on which nothing is planned", examples);
  const auto remote = add_remote(command, frame);

  CLI::App& close = add_command(command, frame, "add", "Close a day, or several");
  const auto asked = std::make_shared<Asked>();
  close.add_option("first", asked->first, "2026-12-24")->required();
  close.add_option("last", asked->last, "The last day [the first alone]");
  close.add_flag("--yearly", asked->yearly, "The same days every year");
  close.add_option("--reason", asked->reason, "For people");
  close.add_option("--to", asked->to, "For this account only: @handle, NETWORK:@handle, id");
  const auto there = add_remote(close, frame);
  close.callback([&frame, there, asked] { ask_server(frame, there, with(asked, add)); });

  CLI::App& open = add_command(command, frame, "remove", "Open days again");
  const auto named = std::make_shared<Asked>();
  open.add_option("id", named->id, "Id, see carillon blackouts")->required();
  const auto here = add_remote(open, frame);
  open.callback([&frame, here, named] { ask_server(frame, here, with(named, remove)); });

  command.callback([&frame, remote, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, show);
  });
}

}  // namespace carillon::cli
