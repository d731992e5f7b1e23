// carillon networks: what each takes, and what connecting asks for. Needs no server.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "channels/network_table.h"
#include "cli/command.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon networks                                what each takes, and what connecting asks for\n"
    "  carillon networks --json | jq '.items[].network'\n"
    "  carillon networks --markdown                     the tables of docs/networks/README.md";

json::object shown(const channels::Traits& traits) {
  json::array kinds, fields;
  for (const auto& rule : traits.kinds)
    kinds.emplace_back(
        json::object{{"kind", channels::kind_names[static_cast<size_t>(rule.kind)]}, {"note", rule.note}});
  for (const auto& field : traits.connect_fields)
    fields.emplace_back(json::object{{"name", field.name}, {"label", field.label}, {"secret", field.secret}});
  return {{"network", traits.network},
          {"label", traits.label},
          {"max_text", traits.max_text},
          {"unit", traits.unit},
          {"kinds", std::move(kinds)},
          {"connect_by", traits.connect_by == channels::ConnectBy::token ? "token" : "oauth"},
          {"fields", std::move(fields)},
          {"can_look_up", traits.can_look_up},
          {"recovery", traits.recovery}};
}

std::vector<std::string> row_of(const channels::Traits& traits) {
  std::vector<std::string> kinds, fields;
  for (const auto& rule : traits.kinds)
    kinds.emplace_back(channels::kind_names[static_cast<size_t>(rule.kind)]);
  for (const auto& field : traits.connect_fields)
    fields.push_back(fmt::format("--{} {}=…", field.secret ? "file" : "set", field.name));
  const std::string connect = fields.empty() ? "on the page" : fmt::format("{}", fmt::join(fields, " "));
  return {traits.network, traits.max_text > 0 ? fmt::format("{} {}", traits.max_text, traits.unit) : "",
          fmt::format("{}", fmt::join(kinds, " ")), connect};
}

void list(const Terminal& terminal) {
  json::array items;
  std::vector<std::vector<std::string>> rows;
  for (const channels::Entry& entry : channels::shipped().all()) {
    items.emplace_back(shown(entry.channel->traits()));
    rows.push_back(row_of(entry.channel->traits()));
  }
  terminal.show(json::object{{"items", std::move(items)}},
                table({"network", "text", "what can be published", "connected"}, rows));
}

}  // namespace

void add_networks(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "networks", "See what each network takes", examples);
  const auto markdown = std::make_shared<bool>(false);
  command.add_flag("--markdown", *markdown, "The tables of docs/networks/README.md");
  command.callback([&frame, markdown] {
    frame.action = [&frame, markdown] {
      if (*markdown)
        fmt::print("{}", channels::network_tables(channels::shipped()));
      else
        list(frame.terminal);
      return Exit::ok;
    };
  });
}

}  // namespace carillon::cli
