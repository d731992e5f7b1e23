// carillon hashtags: list, put, remove, suggest
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon hashtags                            the groups\n"
    "  carillon hashtags put Bakery bread sourdough make a group, or change it\n"
    "  carillon hashtags remove Bakery\n"
    "  carillon hashtags suggest --beside bread     your own tags, counted in what you published";

struct Asked {
  std::string name;
  std::vector<std::string> tags, networks, beside;
  std::string beginning;
};

std::string tags_of(const json::value& group) {
  std::vector<std::string> tags;
  for (const json::value& tag : list_of(group, "tags")) tags.push_back("#" + std::string(tag.get_string()));
  return fmt::format("{}", fmt::join(tags, " "));
}

// The id of the group of that name; empty: there is none.
Result<std::string> id_of(net::WaitingClient& client, const std::string& name) {
  const auto groups = client.json("GET", "/api/v1/hashtags");
  if (!groups) return refuse(groups.error());
  for (const json::value& group : list_of(*groups, "items")) {
    if (text_of(group, "name") == name) return text_of(group, "id");
  }
  return std::string();
}

Exit show(const Terminal& terminal, net::WaitingClient& client) {
  const auto groups = client.json("GET", "/api/v1/hashtags");
  if (!groups) return terminal.fail(groups.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& group : list_of(*groups, "items"))
    rows.push_back({text_of(group, "name"), tags_of(group)});
  terminal.show(*groups, rows.empty() ? "No groups. Make one: carillon hashtags put NAME TAG...\n"
                                      : table({"group", "hashtags"}, rows));
  return Exit::ok;
}

Exit put(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto id = id_of(client, asked.name);
  if (!id) return terminal.fail(id.error());
  const json::object body{{"name", asked.name}, {"tags", json::array(asked.tags.begin(), asked.tags.end())}};
  const auto kept = id->empty() ? client.json("POST", "/api/v1/hashtags", body)
                                : client.json("PUT", "/api/v1/hashtags/" + *id, body);
  if (!kept) return terminal.fail(kept.error());
  terminal.show(*kept, fmt::format("{}: {}\n", text_of(*kept, "name"), tags_of(*kept)));
  return Exit::ok;
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto id = id_of(client, asked.name);
  if (!id) return terminal.fail(id.error());
  if (id->empty()) {
    return terminal.fail({.kind = FaultKind::invalid,
                          .code = "usage",
                          .text = fmt::format("There is no group called “{}”.", asked.name),
                          .remedy = "See carillon hashtags."});
  }
  const auto done = client.json("DELETE", "/api/v1/hashtags/" + *id);
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, "Removed.\n");
  return Exit::ok;
}

Exit suggest(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  wire::Fields query;
  if (!asked.networks.empty())
    query.emplace_back("networks", fmt::format("{}", fmt::join(asked.networks, ",")));
  if (!asked.beside.empty()) query.emplace_back("beside", fmt::format("{}", fmt::join(asked.beside, ",")));
  if (!asked.beginning.empty()) query.emplace_back("beginning", asked.beginning);
  const auto found = client.json("GET", wire::with_query("/api/v1/hashtags/suggestions", query));
  if (!found) return terminal.fail(found.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& one : list_of(*found, "items")) {
    const auto count = [&](const char* name) { return std::to_string(one.at(name).to_number<int64_t>()); };
    rows.push_back({"#" + text_of(one, "tag"), count("uses"), count("together")});
  }
  terminal.show(*found, rows.empty() ? "Nothing published here has hashtags yet.\n"
                                     : table({"hashtag", "posts", "together"}, rows));
  return Exit::ok;
}

void add_changes(CLI::App& hashtags, Frame& frame) {
  CLI::App& make = add_command(hashtags, frame, "put", "Make a group, or change it");
  const auto asked = std::make_shared<Asked>();
  make.add_option("name", asked->name, "Name of the group")->required();
  make.add_option("tags", asked->tags, "Its hashtags, with or without #")->required();
  const auto remote = add_remote(make, frame);
  make.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, put)); });

  CLI::App& forget = add_command(hashtags, frame, "remove", "Remove a group");
  const auto named = std::make_shared<Asked>();
  forget.add_option("name", named->name, "Name of the group")->required();
  const auto there = add_remote(forget, frame);
  forget.callback([&frame, there, named] { ask_server(frame, there, with(named, remove)); });
}

void add_suggest(CLI::App& hashtags, Frame& frame) {
  CLI::App& command = add_command(hashtags, frame, "suggest", "Your own hashtags, the likely ones first");
  const auto asked = std::make_shared<Asked>();
  command.add_option("--network", asked->networks, "Count only posts to this network")
      ->allow_extra_args(false);
  command.add_option("--beside", asked->beside, "A tag that stands there already")->allow_extra_args(false);
  command.add_option("--beginning", asked->beginning, "Only tags that begin with it");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, suggest)); });
}

}  // namespace

void add_hashtags(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "hashtags", "Sets of hashtags, and which ones you use", examples);
  const auto remote = add_remote(command, frame);
  add_changes(command, frame);
  add_suggest(command, frame);
  command.callback([&frame, remote, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, show);
  });
}

}  // namespace carillon::cli
