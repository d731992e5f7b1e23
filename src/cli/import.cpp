// carillon import: bulk scheduling from a table
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/import_view.h"
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

Result<json::object> order_of(net::WaitingClient& client, const Asked& asked) {
  auto csv = read_table_file(asked.file);
  if (!csv) return refuse(csv.error());
  json::object order{{"csv", std::move(*csv)}, {"fill", asked.fill}, {"dry_run", asked.dry_run}};
  if (!asked.zone.empty()) order["zone"] = asked.zone;
  if (asked.to.empty()) return order;
  const auto ids = ask_account_ids(client, asked.to);
  if (!ids) return refuse(ids.error());
  order["accounts"] = json::array(ids->begin(), ids->end());
  return order;
}

std::string time_of(const json::value& row) {
  if (flag_of(row, "draft")) return "draft";
  const json::value& at = row.at("at");
  if (!at.is_object()) return "";
  return text_of(at, "local") + (flag_of(row, "queued") ? " (slot)" : "");
}

Exit import_table(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto order = order_of(client, asked);
  if (!order) return terminal.fail(order.error());
  const auto result = client.json("POST", "/api/v1/posts/import", *order);
  if (!result) return terminal.fail(result.error());
  const auto words_of = [](const json::value& row) { return RowWords{time_of(row), text_of(row, "text")}; };
  terminal.show(*result, rows_text(*result, asked.dry_run, words_of) + import_summary(*result));
  return is_any_wrong(*result) ? Exit::failure : Exit::ok;
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
