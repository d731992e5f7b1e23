// carillon variables: list, put, remove
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon variables                                     what texts can use\n"
    "  carillon variables put shop_hours \"Mon-Fri 9-18\"         written {{shop_hours}} in texts and links\n"
    "  carillon variables put shop_hours \"Mon-Fri 9-18\" --own @cafe=\"Every day 8-20\"\n"
    "  carillon variables remove shop_hours";

struct Asked {
  std::string name, text;
  std::vector<std::string> own;
};

std::string path_of(const Asked& asked) {
  return "/api/v1/variables/" + wire::percent_encode(asked.name);
}

Exit show(const Terminal& terminal, net::WaitingClient& client) {
  const auto all = client.json("GET", "/api/v1/variables");
  if (!all) return terminal.fail(all.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& one : list_of(*all, "items")) {
    const size_t own = list_of(one, "own").size();
    rows.push_back({"{{" + text_of(one, "name") + "}}", text_of(one, "text"),
                    own == 0 ? "" : fmt::format("{} of their own", own)});
  }
  for (const json::value& one : list_of(*all, "built_in"))
    rows.push_back({"{{" + text_of(one, "name") + "}}", text_of(one, "example"), text_of(one, "help")});
  terminal.show(*all, table({"variable", "stands for", ""}, rows));
  return Exit::ok;
}

// "@cafe=Every day" for each account that is meant.
Result<json::array> own_of(net::WaitingClient& client, const Asked& asked) {
  json::array own;
  if (asked.own.empty()) return own;
  const auto known = client.json("GET", "/api/v1/accounts");
  if (!known) return refuse(known.error());
  for (const std::string& given : asked.own) {
    const size_t equals = given.find('=');
    if (equals == std::string::npos) {
      return refuse(Fault{.kind = FaultKind::invalid,
                          .code = "usage",
                          .text = fmt::format("--own \"{}\" has no text.", given),
                          .remedy = "Write --own @handle=TEXT."});
    }
    const auto whose = find_accounts(list_of(*known, "items"), {given.substr(0, equals)});
    if (!whose) return refuse(whose.error());
    for (const json::object& account : *whose)
      own.push_back(json::object{{"account", text_of(account, "id")}, {"text", given.substr(equals + 1)}});
  }
  return own;
}

Exit put(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  auto own = own_of(client, asked);
  if (!own) return terminal.fail(own.error());
  const auto kept =
      client.json("PUT", path_of(asked), json::object{{"text", asked.text}, {"own", std::move(*own)}});
  if (!kept) return terminal.fail(kept.error());
  terminal.show(*kept,
                fmt::format("{{{{{}}}}} stands for: {}\n", text_of(*kept, "name"), text_of(*kept, "text")));
  return Exit::ok;
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto done = client.json("DELETE", path_of(asked));
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, "Removed.\n");
  return Exit::ok;
}

}  // namespace

void add_variables(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "variables", "Texts that are written {{name}} in posts", examples);
  const auto remote = add_remote(command, frame);

  CLI::App& make = add_command(command, frame, "put", "Make a variable, or change it");
  const auto asked = std::make_shared<Asked>();
  make.add_option("name", asked->name, "Small letters, digits, _ - .")->required();
  make.add_option("text", asked->text, "What it stands for")->required();
  make.add_option("--own", asked->own, "What it is for some: @handle=TEXT")->allow_extra_args(false);
  const auto there = add_remote(make, frame);
  make.callback([&frame, there, asked] { ask_server(frame, there, with(asked, put)); });

  CLI::App& forget = add_command(command, frame, "remove", "Remove a variable");
  const auto named = std::make_shared<Asked>();
  forget.add_option("name", named->name, "Its name")->required();
  const auto here = add_remote(forget, frame);
  forget.callback([&frame, here, named] { ask_server(frame, here, with(named, remove)); });

  command.callback([&frame, remote, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, show);
  });
}

}  // namespace carillon::cli
