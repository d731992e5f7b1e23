// carillon campaigns: list, show, make, enable, disable, stop, resume, end, copy
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/random.h"
#include "cli/command.h"
#include "cli/named.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon campaigns                                      all, with their numbers\n"
    "  carillon campaigns make \"Spring\" --from 2026-03-01 --to 2026-03-31\n"
    "  carillon campaigns enable Spring --to @shop             who may speak for it; --to all\n"
    "  carillon post \"Plum tart\" --to @shop --campaign Spring --at \"2026-03-02 09:30\"\n"
    "  carillon campaigns show Spring                          everything about it\n"
    "  carillon campaigns stop Spring                          nothing of it goes out any more\n"
    "  carillon campaigns resume Spring                        says first what became late meanwhile\n"
    "  carillon campaigns copy Spring \"Spring 2027\" --days 365  its posts as drafts, a year later";

struct Asked {
  std::string campaign, name, notes, colour, from, to, verb;
  std::vector<std::string> accounts;
  int64_t days = 0;
};

std::string number(const json::value& of, std::string_view member) {
  const json::value* found = of.get_object().if_contains(member);
  return found && found->is_number() ? fmt::format("{}", found->to_number<int64_t>()) : "0";
}

// "12 delivered, 3 waiting"
std::string counts(const json::value& tally) {
  std::string text;
  for (const auto& [name, count] : tally.get_object()) {
    if (count.to_number<int64_t>() == 0) continue;
    text +=
        fmt::format("{}{} {}", text.empty() ? "" : ", ", count.to_number<int64_t>(), std::string_view(name));
  }
  return text.empty() ? "none" : text;
}

std::string days_of(const json::value& campaign) {
  const std::string from = text_of(campaign, "from"), to = text_of(campaign, "to");
  return from.empty() && to.empty() ? "" : from + " - " + to;
}

std::string fate(const json::value& campaign) {
  const json::value& resume = campaign.at("resume");
  const json::value& late = resume.at("late");
  return fmt::format("{} on time, {} late: {} wait for a person's word, {} skipped, {} move to the next slot",
                     number(resume, "on_time"),
                     late.at("ask").to_number<int64_t>() + late.at("skip").to_number<int64_t>() +
                         late.at("next_slot").to_number<int64_t>(),
                     number(late, "ask"), number(late, "skip"), number(late, "next_slot"));
}

std::string summary(const json::value& campaign) {
  std::string people =
      fmt::format("{}  {}  {}\n", text_of(campaign, "name"), text_of(campaign, "state"), days_of(campaign));
  people +=
      "posts: " + counts(campaign.at("posts")) + "\ndeliveries: " + counts(campaign.at("deliveries")) + "\n";
  if (text_of(campaign, "state") == "stopped") people += "if it is resumed now: " + fate(campaign) + "\n";
  std::vector<std::vector<std::string>> rows;
  for (const json::value& account : list_of(campaign, "accounts")) {
    const json::value& hindrance = account.at("hindrance");
    const bool enabled = flag_of(account, "enabled");
    rows.push_back({enabled ? "enabled" : "", text_of(account, "network"), text_of(account, "handle"),
                    counts(account.at("deliveries")),
                    hindrance.is_object() ? text_of(hindrance, "text") : ""});
  }
  if (!rows.empty())
    people += table({"", "network", "account", "deliveries", "cannot be enabled because"}, rows);
  for (const json::value& failure : list_of(campaign, "failures")) {
    const json::value& fault = failure.at("fault");
    people += fmt::format("failed: {} {}\n", text_of(failure, "network"),
                          fault.is_object() ? text_of(fault, "text") : "");
  }
  return people;
}

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  const auto found = client.json("GET", "/api/v1/campaigns");
  if (!found) return terminal.fail(found.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& campaign : list_of(*found, "items"))
    rows.push_back({text_of(campaign, "id"), text_of(campaign, "state"), text_of(campaign, "name"),
                    days_of(campaign), counts(campaign.at("posts"))});
  terminal.show(*found,
                rows.empty() ? "No campaigns.\n" : table({"id", "state", "name", "days", "posts"}, rows));
  return Exit::ok;
}

Exit show_at(const Terminal& terminal, net::WaitingClient& client, const std::string& path) {
  const auto campaign = client.json("GET", path);
  if (!campaign) return terminal.fail(campaign.error());
  terminal.show(*campaign, summary(*campaign));
  return Exit::ok;
}

Result<std::string> path_of(net::WaitingClient& client, const Asked& asked) {
  auto id = find_campaign(client, asked.campaign);
  if (!id) return id;
  return "/api/v1/campaigns/" + *id;
}

Exit show(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto path = path_of(client, asked);
  return path ? show_at(terminal, client, *path) : terminal.fail(path.error());
}

Exit make(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::object body{{"name", asked.name}};
  if (!asked.notes.empty()) body["notes"] = asked.notes;
  if (!asked.colour.empty()) body["colour"] = asked.colour;
  if (!asked.from.empty()) body["from"] = asked.from;
  if (!asked.to.empty()) body["to"] = asked.to;
  SystemRandom random;
  const auto made =
      client.json("POST", "/api/v1/campaigns", body, {{"idempotency-key", random_token(random, 16)}});
  if (!made) return terminal.fail(made.error());
  terminal.show(*made, text_of(*made, "id") + "\n");
  return Exit::ok;
}

// Each account by itself: those that cannot be enabled are named with the reason, the others are.
Exit set_accounts(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto path = path_of(client, asked);
  if (!path) return terminal.fail(path.error());
  const auto found = ask_accounts(client, asked.accounts);
  if (!found) return terminal.fail(found.error());
  Exit exit = Exit::ok;
  for (const json::object& account : *found) {
    const auto done =
        client.json("POST", *path + "/" + asked.verb, json::object{{"account", text_of(account, "id")}});
    if (!done) exit = terminal.fail(done.error());
  }
  return exit == Exit::ok ? show_at(terminal, client, *path) : exit;
}

Exit turn(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto path = path_of(client, asked);
  if (!path) return terminal.fail(path.error());
  const auto before = client.json("GET", *path);
  if (!before) return terminal.fail(before.error());
  const auto done = client.json("POST", *path + "/" + asked.verb);
  if (!done) return terminal.fail(done.error());
  const std::string said = asked.verb == "resume" ? fate(*before) + "\n" : "";
  terminal.show(*done, said + summary(*done));
  return Exit::ok;
}

Exit copy(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto path = path_of(client, asked);
  if (!path) return terminal.fail(path.error());
  SystemRandom random;
  const auto made = client.json("POST", *path + "/duplicate",
                                json::object{{"name", asked.name}, {"shift_days", asked.days}},
                                {{"idempotency-key", random_token(random, 16)}});
  if (!made) return terminal.fail(made.error());
  terminal.show(*made, summary(*made));
  return Exit::ok;
}

struct Made {
  CLI::App& command;
  std::shared_ptr<Asked> asked;
};

Made add_verb(CLI::App& campaigns, Frame& frame, const std::string& name, const std::string& what,
              Verb<Asked> verb) {
  CLI::App& command = add_command(campaigns, frame, name, what);
  const auto asked = std::make_shared<Asked>(Asked{.verb = name});
  if (name != "make") command.add_option("campaign", asked->campaign, "Its name or id")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
  return {command, asked};
}

void add_make(CLI::App& campaigns, Frame& frame) {
  const auto [command, asked] = add_verb(campaigns, frame, "make", "Make a campaign", make);
  command.add_option("name", asked->name, "Its name")->required();
  command.add_option("--notes", asked->notes, "What it is for");
  command.add_option("--colour", asked->colour, "#2f6fde");
  command.add_option("--from", asked->from, "First day, 2026-11-20");
  command.add_option("--to", asked->to, "Last day");
}

}  // namespace

void add_campaigns(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "campaigns", "Posts with one aim, and one switch that stops them", examples);
  const auto remote = add_remote(command, frame);
  add_verb(command, frame, "show", "Everything about one", show);
  add_make(command, frame);
  for (const char* verb : {"enable", "disable"}) {
    const auto [sub, asked] = add_verb(command, frame, verb, "Who may speak for it", set_accounts);
    sub.add_option("--to", asked->accounts, "@handle, NETWORK, NETWORK:@handle, id, all")
        ->required()
        ->allow_extra_args(false);
  }
  add_verb(command, frame, "stop", "Nothing of it goes out until it is resumed", turn);
  add_verb(command, frame, "resume", "What waits goes on, each by its late policy", turn);
  add_verb(command, frame, "end", "Nothing more is scheduled for it", turn);
  const auto [sub, asked] = add_verb(command, frame, "copy", "Its accounts, and its posts as drafts", copy);
  sub.add_option("name", asked->name, "Name of the copy")->required();
  sub.add_option("--days", asked->days, "How many days later");
  command.callback([&frame, remote, &command] {
    if (!command.get_subcommands().empty()) return;
    ask_server(frame, remote, [](const Terminal& terminal, net::WaitingClient& client) {
      return list(terminal, client, {});
    });
  });
}

}  // namespace carillon::cli
