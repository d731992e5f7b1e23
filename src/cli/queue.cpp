// carillon queue: show, move, swap
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <array>

#include "cli/command.h"
#include "cli/composition.h"
#include "cli/post_view.h"
#include "cli/remote.h"
#include "run/clock.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon queue                              the next 14 days, gaps shown\n"
    "  carillon queue --to @shop --days 7          one account's\n"
    "  carillon queue move ID                      to the next free slot\n"
    "  carillon queue move ID --at \"2026-11-20 09:30\"\n"
    "  carillon queue swap ID ID                   two posts change places\n"
    "  carillon queue slots --to @shop             when its queue publishes\n"
    "  carillon queue slots --to @shop --on weekdays --times 09:00,17:30";

struct Asked {
  std::vector<std::string> to;
  int days = 14;
  std::string id, with, at, zone, on, times;
};

constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

std::vector<std::vector<std::string>> rows_of(const json::value& account) {
  std::vector<std::vector<std::string>> rows;
  for (const json::value& entry : list_of(account, "entries")) {
    const std::string time = text_of(entry, "local");
    const auto& posts = list_of(entry, "posts");
    if (posts.empty()) rows.push_back({time, "free", "", ""});
    for (const json::value& post : posts) {
      const std::string title = text_of(post, "title");
      rows.push_back({time, flag_of(entry, "slot") ? "slot" : "by hand", text_of(post, "id"),
                      title.empty() ? text_of(post, "text") : title});
    }
  }
  return rows;
}

std::string whose(const json::value& account) {
  const std::string handle = text_of(account, "handle");
  const std::string hold = text_of(account, "hold");
  return fmt::format("{} {} ({}){}{}\n", text_of(account, "network"),
                     handle.empty() ? text_of(account, "name") : handle, text_of(account, "zone"),
                     flag_of(account, "usual") ? ", usual slots" : "",
                     hold == "none" ? "" : ", paused: " + text_of(account, "hold_text"));
}

Exit show(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto ids = ask_account_ids(client, asked.to);
  if (!ids) return terminal.fail(ids.error());
  wire::Fields query = {{"days", std::to_string(asked.days)}};
  if (!ids->empty()) query.emplace_back("accounts", fmt::format("{}", fmt::join(*ids, ",")));
  const auto view = client.json("GET", wire::with_query("/api/v1/queue", query));
  if (!view) return terminal.fail(view.error());
  std::string people;
  for (const json::value& account : list_of(*view, "accounts")) {
    const auto rows = rows_of(account);
    people +=
        whose(account) + (rows.empty() ? "  no slots\n" : table({"time", "", "post", "text"}, rows)) + "\n";
  }
  terminal.show(*view, people.empty() ? "No accounts.\n" : people);
  return Exit::ok;
}

Exit move(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::object body{{"queue", "next"}};
  if (!asked.at.empty()) {
    auto at = when(asked.at, asked.zone, run::wall_clock());
    if (!at) return terminal.fail(at.error());
    body = {{"at", std::move(*at)}};
  }
  const auto done =
      client.json("POST", "/api/v1/posts/" + wire::percent_encode(asked.id) + "/reschedule", body);
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, post_summary(*done));
  return Exit::ok;
}

Exit swap(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const json::object body{{"post", asked.id}, {"with", asked.with}};
  const auto done = client.json("POST", "/api/v1/queue/swap", body);
  if (!done) return terminal.fail(done.error());
  std::string people;
  for (const json::value& post : list_of(*done, "items")) people += post_summary(post);
  terminal.show(*done, people);
  return Exit::ok;
}

bool is_on(std::string_view on, size_t weekday) {
  if (on == "weekdays") return weekday < 5;
  if (on == "weekends") return weekday >= 5;
  return on.empty() || on == "all" || on == weekdays[weekday];
}

json::array list_from(const std::string& commas) {
  json::array list;
  if (commas == "none") return list;
  for (size_t from = 0; from <= commas.size();) {
    const size_t end = std::min(commas.find(',', from), commas.size());
    if (end > from) list.emplace_back(commas.substr(from, end - from));
    from = end + 1;
  }
  return list;
}

// The days that are named get these times, the others keep theirs.
Result<json::value> set_slots(net::WaitingClient& client, const std::string& path, const Asked& asked) {
  auto now = client.json("GET", path);
  if (!now) return now;
  json::array days = list_of(*now, "days");
  for (size_t i = 0; i < days.size() && i < weekdays.size(); ++i) {
    if (is_on(asked.on, i)) days[i].get_object()["times"] = list_from(asked.times);
  }
  return client.json("PUT", path, json::object{{"days", std::move(days)}});
}

Exit slots(const Terminal& terminal, net::WaitingClient& client, const Asked& asked, bool change) {
  const auto ids = ask_account_ids(client, asked.to);
  if (!ids) return terminal.fail(ids.error());
  json::array all;
  std::string people;
  for (const std::string& id : *ids) {
    const std::string path = "/api/v1/accounts/" + id + "/slots";
    const auto found = change ? set_slots(client, path, asked) : client.json("GET", path);
    if (!found) return terminal.fail(found.error());
    std::vector<std::vector<std::string>> rows;
    for (const json::value& day : list_of(*found, "days")) {
      std::vector<std::string> times;
      for (const json::value& time : list_of(day, "times")) times.emplace_back(time.get_string());
      rows.push_back({text_of(day, "weekday"), fmt::format("{}", fmt::join(times, " "))});
    }
    people += table({"day", text_of(*found, "zone")}, rows) + "\n";
    all.push_back(*found);
  }
  terminal.show(all, people);
  return Exit::ok;
}

Exit get_slots(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return slots(terminal, client, asked, false);
}

Exit put_slots(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return slots(terminal, client, asked, true);
}

void add_move(CLI::App& queue, Frame& frame) {
  CLI::App& command = add_command(queue, frame, "move", "Move a post to the next free slot, or to a time");
  const auto asked = std::make_shared<Asked>();
  command.add_option("id", asked->id, "Id of the post")->required();
  command.add_option("--at", asked->at, "\"2026-11-20 09:30\" instead of the next free slot");
  command.add_option("--zone", asked->zone, "IANA zone of --at [the workspace's]");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, move)); });
}

void add_swap(CLI::App& queue, Frame& frame) {
  CLI::App& command = add_command(queue, frame, "swap", "Two posts change places");
  const auto asked = std::make_shared<Asked>();
  command.add_option("id", asked->id, "Id of the one post")->required();
  command.add_option("with", asked->with, "Id of the other")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, swap)); });
}

void add_slots(CLI::App& queue, Frame& frame) {
  CLI::App& command = add_command(queue, frame, "slots", "When a queue publishes; --times changes it");
  const auto asked = std::make_shared<Asked>();
  command.add_option("--to", asked->to, "Whose")->required()->allow_extra_args(false);
  command.add_option("--on", asked->on, "monday to sunday, weekdays, weekends or all [all]")
      ->check(CLI::IsMember({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
                             "weekdays", "weekends", "all"}));
  CLI::Option* times = command.add_option("--times", asked->times, "09:00,17:30; none for no slot");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, times] {
    ask_server(frame, remote, with(asked, times->count() > 0 ? put_slots : get_slots));
  });
}

}  // namespace

void add_queue(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "queue",
                                  "What goes out when, with the gaps; move posts between slots", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("--to", asked->to, "Whose queue: @handle, NETWORK, NETWORK:@handle, id [all]")
      ->allow_extra_args(false);
  command.add_option("--days", asked->days, "How many days [14]")->check(CLI::Range(1, 60));
  const auto remote = add_remote(command, frame);
  add_move(command, frame);
  add_swap(command, frame);
  add_slots(command, frame);
  command.callback([&frame, remote, asked, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, with(asked, show));
  });
}

}  // namespace carillon::cli
