// carillon tasks: list, add, import, done, skip
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/random.h"
#include "cli/command.h"
#include "cli/composition.h"
#include "cli/import_view.h"
#include "cli/named.h"
#include "cli/remote.h"
#include "run/clock.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon tasks                                   what waits for a person; nothing else ever does it\n"
    "  carillon tasks add \"Ana Lind\" --kind connect --link https://www.linkedin.com/in/ana-lind \\\n"
    "      --note \"It was good to meet you.\" --at \"2026-11-20 09:30\"\n"
    "  carillon tasks done ID\n"
    "  carillon tasks import people.csv --kind connect --dry-run     look first; without: make the good "
    "rows\n"
    "  carillon tasks --csv > tasks.csv                              as a table, which the import takes back";

struct Asked {
  std::string id, verb, person, kind = "message", link, note, at, zone, campaign, state = "open", file;
  bool csv = false, dry_run = false;
};

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  if (asked.csv)
    return hand_over(terminal, client,
                     wire::with_query("/api/v1/tasks/export.csv", {{"state", asked.state}}));
  const auto found = client.json("GET", wire::with_query("/api/v1/tasks", {{"state", asked.state}}));
  if (!found) return terminal.fail(found.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& task : list_of(*found, "items")) {
    const json::value& at = task.at("at");
    rows.push_back({text_of(task, "id"), flag_of(task, "due") ? "due" : "",
                    at.is_object() ? text_of(at, "local") : "", text_of(task, "kind"),
                    text_of(task, "person"), text_of(task, "link")});
  }
  terminal.show(*found,
                rows.empty() ? "No tasks.\n" : table({"id", "", "time", "kind", "person", "link"}, rows));
  return Exit::ok;
}

Result<json::object> body_of(net::WaitingClient& client, const Asked& asked) {
  json::object body{{"person", asked.person}, {"kind", asked.kind}};
  if (!asked.link.empty()) body["link"] = asked.link;
  if (!asked.note.empty()) body["note"] = asked.note;
  if (!asked.at.empty()) {
    auto at = when(asked.at, asked.zone, run::wall_clock());
    if (!at) return refuse(at.error());
    body["at"] = std::move(*at);
  }
  if (asked.campaign.empty()) return body;
  const auto campaign = find_campaign(client, asked.campaign);
  if (!campaign) return refuse(campaign.error());
  body["campaign"] = *campaign;
  return body;
}

Exit add(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto body = body_of(client, asked);
  if (!body) return terminal.fail(body.error());
  SystemRandom random;
  const auto made =
      client.json("POST", "/api/v1/tasks", *body, {{"idempotency-key", random_token(random, 16)}});
  if (!made) return terminal.fail(made.error());
  terminal.show(*made, text_of(*made, "id") + "\n");
  return Exit::ok;
}

Result<json::object> order_of(net::WaitingClient& client, const Asked& asked) {
  auto csv = read_table_file(asked.file);
  if (!csv) return refuse(csv.error());
  json::object order{{"csv", std::move(*csv)}, {"kind", asked.kind}, {"dry_run", asked.dry_run}};
  if (!asked.zone.empty()) order["zone"] = asked.zone;
  if (asked.campaign.empty()) return order;
  const auto campaign = find_campaign(client, asked.campaign);
  if (!campaign) return refuse(campaign.error());
  order["campaign"] = *campaign;
  return order;
}

RowWords words_of(const json::value& row) {
  const json::value& at = row.at("at");
  return {at.is_object() ? text_of(at, "local") : "whenever",
          fmt::format("{}: {} {}", text_of(row, "kind"), text_of(row, "person"), text_of(row, "link"))};
}

Exit import_table(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto order = order_of(client, asked);
  if (!order) return terminal.fail(order.error());
  const auto result = client.json("POST", "/api/v1/tasks/import", *order);
  if (!result) return terminal.fail(result.error());
  terminal.show(*result, rows_text(*result, asked.dry_run, words_of) + import_summary(*result));
  return is_any_wrong(*result) ? Exit::failure : Exit::ok;
}

Exit settle(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto done =
      client.json("POST", fmt::format("/api/v1/tasks/{}/{}", wire::percent_encode(asked.id), asked.verb));
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, fmt::format("{}: {}\n", text_of(*done, "person"), text_of(*done, "state")));
  return Exit::ok;
}

void act(CLI::App& command, Frame& frame, const std::shared_ptr<Asked>& asked, Verb<Asked> verb) {
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb, &command] {
    if (!command.get_subcommands().empty()) return;
    ask_server(frame, remote, with(asked, verb));
  });
}

void add_add(CLI::App& tasks, Frame& frame) {
  CLI::App& command = add_command(tasks, frame, "add", "Add a task");
  const auto asked = std::make_shared<Asked>();
  command.add_option("person", asked->person, "Whom it is about")->required();
  command.add_option("--kind", asked->kind, "message, connect or other [message]");
  command.add_option("--link", asked->link, "Where it is done: https address of the profile or conversation");
  command.add_option("--note", asked->note, "The text to send");
  command.add_option("--at", asked->at, "\"2026-11-20 09:30\", or +2h; without: whenever");
  command.add_option("--zone", asked->zone, "IANA zone of --at [the workspace's]");
  command.add_option("--campaign", asked->campaign, "Campaign that it belongs to: name or id");
  act(command, frame, asked, add);
}

void add_import_of(CLI::App& tasks, Frame& frame) {
  CLI::App& command = add_command(tasks, frame, "import", "Make many tasks from a table (CSV)");
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "The table; - reads standard input")->required();
  command.add_flag("--dry-run", asked->dry_run, "Only look: what would become of each row");
  command.add_option("--kind", asked->kind, "Of rows that name none: message, connect or other [message]");
  command.add_option("--zone", asked->zone, "IANA zone of times without one [the workspace's]");
  command.add_option("--campaign", asked->campaign, "Of rows that name none: name or id");
  act(command, frame, asked, import_table);
}

}  // namespace

void add_tasks(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "tasks", "What only a person may do: a list to tick off", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("--state", asked->state, "open, done or skipped [open]");
  command.add_flag("--csv", asked->csv, "All of them as a table, for a spreadsheet or for the import");
  add_add(command, frame);
  add_import_of(command, frame);
  for (const char* verb : {"done", "skip", "reopen"}) {
    CLI::App& sub = add_command(command, frame, verb,
                                verb == std::string_view("reopen") ? "It is open again" : "Tick it off");
    const auto which = std::make_shared<Asked>(Asked{.verb = verb});
    sub.add_option("id", which->id, "Id of the task")->required();
    act(sub, frame, which, settle);
  }
  act(command, frame, asked, list);
}

}  // namespace carillon::cli
