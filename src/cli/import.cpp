// carillon import: bulk scheduling from a table
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

#include "cli/command.h"
#include "cli/remote.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon import spring.csv --dry-run                       look first\n"
    "  carillon import spring.csv                                 make the good rows; the same file twice "
    "makes "
    "no doubles\n"
    "  carillon import spring.csv --fill slots --to @shop         rows without a time take the next free "
    "slots\n"
    "\n"
    "Columns: text, accounts, at (or date and time), zone, title, link, media, alt, tags, late, state, key.";

struct Asked {
  std::string file, fill = "refuse", zone;
  std::vector<std::string> to;
  bool dry_run = false;
};

Result<std::string> read_file(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(name, std::ios::binary);
  if (in) return std::string(std::istreambuf_iterator<char>(in), {});
  return refuse({.kind = FaultKind::invalid,
                 .code = "usage",
                 .text = fmt::format("{} cannot be read.", name),
                 .field = "file",
                 .remedy = "Give the path of a CSV file, or - for standard input."});
}

Result<json::object> order_of(net::WaitingClient& client, const Asked& asked) {
  auto csv = read_file(asked.file);
  if (!csv) return refuse(csv.error());
  json::object order{{"csv", std::move(*csv)}, {"fill", asked.fill}, {"dry_run", asked.dry_run}};
  if (!asked.zone.empty()) order["zone"] = asked.zone;
  if (asked.to.empty()) return order;
  const auto ids = ask_account_ids(client, asked.to);
  if (!ids) return refuse(ids.error());
  order["accounts"] = json::array(ids->begin(), ids->end());
  return order;
}

std::string number_text(const json::value& value) {
  return value.is_int64() ? std::to_string(value.get_int64()) : "";
}

std::string time_of(const json::value& row) {
  if (flag_of(row, "draft")) return "draft";
  const json::value& at = row.at("at");
  if (!at.is_object()) return "";
  return text_of(at, "local") + (flag_of(row, "queued") ? " (slot)" : "");
}

// Each trouble in a line of its own; good rows only when the file is looked at.
std::string rows_text(const json::value& result, bool all) {
  std::vector<std::vector<std::string>> rows;
  for (const json::value& row : list_of(result, "rows")) {
    const std::string line = number_text(row.at("line")), state = text_of(row, "state");
    const auto& troubles = list_of(row, "troubles");
    if (troubles.empty() && all) rows.push_back({line, state, time_of(row), "", text_of(row, "text")});
    for (const json::value& trouble : troubles) {
      rows.push_back({line, state, time_of(row), text_of(trouble, "column"),
                      text_of(trouble, "text") + " " + text_of(trouble, "fix")});
    }
  }
  return rows.empty() ? "" : table({"line", "state", "time", "column", ""}, rows);
}

std::string summary(const json::value& result) {
  const json::value& counts = result.at("counts");
  std::string text;
  for (const char* state : {"imported", "ready", "there", "wrong"}) {
    if (const std::string n = number_text(counts.at(state)); n != "0")
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n,
                          state == std::string("there") ? "there already" : state);
  }
  for (const json::value& column : list_of(result, "ignored"))
    text += fmt::format("\nColumn \"{}\" is not known here and was left out.",
                        std::string_view(column.get_string()));
  return (text.empty() ? "No rows." : text) + "\n";
}

Exit import_table(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto order = order_of(client, asked);
  if (!order) return terminal.fail(order.error());
  const auto result = client.json("POST", "/api/v1/posts/import", *order);
  if (!result) return terminal.fail(result.error());
  terminal.show(*result, rows_text(*result, asked.dry_run) + summary(*result));
  return number_text(result->at("counts").at("wrong")) == "0" ? Exit::ok : Exit::failure;
}

}  // namespace

void add_import(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "import", "Schedule many posts from a table (CSV)", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "The table; - reads standard input")->required();
  command.add_flag("--dry-run", asked->dry_run, "Only look: what would become of each row");
  command.add_option("--fill", asked->fill, "Rows without a time: refuse, slots or drafts [refuse]")
      ->check(CLI::IsMember({"refuse", "slots", "drafts"}));
  command.add_option("--to", asked->to, "Accounts of rows that name none")->allow_extra_args(false);
  command.add_option("--zone", asked->zone, "IANA zone of times without one [the workspace's]");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] {
    ask_server(frame, remote, [asked](const Terminal& terminal, net::WaitingClient& client) {
      return import_table(terminal, client, *asked);
    });
  });
}

}  // namespace carillon::cli
