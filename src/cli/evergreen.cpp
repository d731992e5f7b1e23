// carillon evergreen: the pool of posts that fill free slots
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon evergreen                              the pool, and what it would fill\n"
    "  carillon evergreen add ID --most 6              a post may be used again and again\n"
    "  carillon evergreen on --to @shop --ahead 7 --again 30\n"
    "  carillon evergreen fill                         fill what is free now\n"
    "  carillon evergreen off --to @shop";

struct Asked {
  std::string id, until;
  std::vector<std::string> to;
  int most = 0, ahead = 7, again = 30;
};

Exit shown(const Terminal& terminal, const Result<json::value>& pool) {
  if (!pool) return terminal.fail(pool.error());
  std::vector<std::vector<std::string>> posts, gaps;
  for (const json::value& post : list_of(*pool, "posts")) {
    const std::string says = text_of(post, "says");
    posts.push_back({text_of(post, "id"), std::to_string(list_of(post, "uses").size()),
                     text_of(post, "expires"), says.empty() ? text_of(post, "text") : says});
  }
  for (const json::value& gap : list_of(*pool, "gaps"))
    gaps.push_back(
        {text_of(gap, "local"), text_of(gap, "account"), text_of(gap, "post"), text_of(gap, "says")});
  std::string people =
      posts.empty() ? "The pool is empty.\n" : table({"post", "used", "until", "text"}, posts);
  if (list_of(*pool, "accounts").empty())
    people += "It fills nobody's queue: carillon evergreen on --to ACCOUNT\n";
  if (!gaps.empty()) people += "\nIt would fill:\n" + table({"time", "account", "post", "text"}, gaps);
  terminal.show(*pool, people);
  return Exit::ok;
}

Exit show(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  return shown(terminal, client.json("GET", "/api/v1/evergreen"));
}

Exit fill(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  return shown(terminal, client.json("POST", "/api/v1/evergreen/fill"));
}

Exit add(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::object order{{"most", asked.most}};
  if (!asked.until.empty()) order["expires"] = asked.until;
  return shown(terminal, client.json("PUT", "/api/v1/evergreen/" + wire::percent_encode(asked.id), order));
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return shown(terminal, client.json("DELETE", "/api/v1/evergreen/" + wire::percent_encode(asked.id)));
}

Exit turn(const Terminal& terminal, net::WaitingClient& client, const Asked& asked, bool on) {
  const auto found = ask_accounts(client, asked.to);
  if (!found) return terminal.fail(found.error());
  const json::object rule{{"ahead_days", asked.ahead}, {"again_days", asked.again}};
  for (const json::object& account : *found) {
    const std::string path = "/api/v1/accounts/" + text_of(account, "id") + "/evergreen";
    const auto done = on ? client.json("PUT", path, rule) : client.json("DELETE", path);
    if (!done) return terminal.fail(done.error());
  }
  return show(terminal, client, asked);
}

Exit on(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return turn(terminal, client, asked, true);
}

Exit off(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return turn(terminal, client, asked, false);
}

void add_verb(CLI::App& pool, Frame& frame, const char* name, const char* what, Verb<Asked> verb) {
  CLI::App& command = add_command(pool, frame, name, what);
  const auto asked = std::make_shared<Asked>();
  if (verb == add || verb == remove) command.add_option("id", asked->id, "Id of the post")->required();
  if (verb == add) {
    command.add_option("--most", asked->most, "Uses by each account; 0: as often as there is room [0]")
        ->check(CLI::Range(0, 1000));
    command.add_option("--until", asked->until, "2026-12-24T00:00:00Z: not used from then on");
  }
  if (verb == on || verb == off)
    command.add_option("--to", asked->to, "Whose queue")->required()->allow_extra_args(false);
  if (verb == on) {
    command.add_option("--ahead", asked->ahead, "Days that are kept filled [7]")->check(CLI::Range(1, 60));
    command.add_option("--again", asked->again, "Days at least until the same post again [30]")
        ->check(CLI::Range(1, 1000));
  }
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

}  // namespace

void add_evergreen(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "evergreen", "Posts that fill free slots again and again", examples);
  const auto remote = add_remote(command, frame);
  add_verb(command, frame, "add", "Put a post into the pool", add);
  add_verb(command, frame, "remove", "Take it out; what it filled stays", remove);
  add_verb(command, frame, "on", "Fill an account's free slots", on);
  add_verb(command, frame, "off", "Leave them free", off);
  add_verb(command, frame, "fill", "Fill now", fill);
  command.callback([&frame, remote, &command] {
    if (!command.get_subcommands().empty()) return;
    ask_server(frame, remote, [](const Terminal& terminal, net::WaitingClient& client) {
      return show(terminal, client, {});
    });
  });
}

}  // namespace carillon::cli
