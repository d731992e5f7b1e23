// carillon plan, carillon apply: posts as a file describes them
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/digest.h"
#include "cli/command.h"
#include "cli/remote.h"
#include "cli/upload.h"
#include "plan/plan_file.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

constexpr const char* plan_examples =
    "  carillon plan spring.yaml                 what the file would change\n"
    "  carillon plan spring.yaml --json          the same for programs\n"
    "  carillon plan --export > now.yaml         everything that waits, as a file\n"
    "  carillon plan --export --name spring      what the plan \"spring\" made\n"
    "\n"
    "Exit codes: 0 nothing to do, 2 what is scheduled differs from the file, 1 something is wrong.";
constexpr const char* apply_examples =
    "  carillon apply spring.yaml                make it so; twice changes nothing\n"
    "  carillon apply spring.yaml --overwrite    also what a person changed since";

struct Asked {
  std::string file, name;
  bool overwrite = false, export_all = false, plain = false;
};

Result<std::string> read_file(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(name, std::ios::binary);
  if (in && !fs::is_directory(name)) return std::string(std::istreambuf_iterator<char>(in), {});
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_file",
                 .text = fmt::format("{} cannot be read.", name),
                 .field = "file",
                 .remedy = "Give the path of a YAML file, or - for standard input."});
}

fs::path beside(const Asked& asked, const std::string& path) {
  return (asked.file == "-" ? fs::path(".") : fs::path(asked.file).parent_path()) / path;
}

Result<std::string> sha256_of(const fs::path& file, const std::string& named) {
  std::ifstream in(file, std::ios::binary);
  Sha256Stream stream;
  std::string piece(size_t{1} << 20, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0)
    stream.feed(std::string_view(piece).substr(0, static_cast<size_t>(in.gcount())));
  if (in.eof() && !fs::is_directory(file)) return to_hex(stream.finish());
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_file",
                 .text = fmt::format("The plan names \"{}\", but {} cannot be read.", named, file.string()),
                 .field = "media",
                 .remedy = "Files are looked for beside the plan and in folders below it."});
}

// The plan, and the files that it names. They are read from the plan here: a server cannot ask for others.
Result<json::object> order_of(const Asked& asked) {
  auto yaml = read_file(asked.file);
  if (!yaml) return refuse(yaml.error());
  json::array files;
  for (const plan::NamedFile& file : plan::read_plan(*yaml, {}).files) {
    auto sha256 = sha256_of(beside(asked, file.path), file.path);
    if (!sha256) return refuse(sha256.error());
    files.push_back(json::object{{"path", file.path}, {"sha256", std::move(*sha256)}});
  }
  return json::object{
      {"yaml", std::move(*yaml)}, {"overwrite", asked.overwrite}, {"files", std::move(files)}};
}

// Green, yellow and red on a terminal; signs everywhere.
class Diff {
 public:
  explicit Diff(bool colours) : colours_(colours) {}
  std::string of(const json::value& result);

 private:
  std::string painted(std::string_view text, std::string_view colour) const {
    return colours_ ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : std::string(text);
  }
  void step(const json::value& step);
  void change(const json::value& change, std::string_view state);
  void troubles(const json::value& of, std::string_view indent);
  std::string counts(const json::value& result) const;

  bool colours_;
  std::string out_;
};

struct Look {
  std::string_view state, sign, colour, said;
};
constexpr std::array<Look, 8> looks = {{{"added", "+", "32", "to add"},
                                        {"changed", "~", "33", "to change"},
                                        {"removed", "-", "31", "to remove"},
                                        {"drifted", "!", "35", "changed by hand"},
                                        {"foreign", "?", "35", "not of this plan"},
                                        {"wrong", "x", "31", "wrong"},
                                        {"settled", "=", "2", "out already"},
                                        {"unchanged", "=", "2", "unchanged"}}};

const Look& look_of(std::string_view state) {
  return *std::ranges::find(looks, state, &Look::state);
}

// One line of a text that may have many.
std::string one_line(std::string text) {
  for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at))
    text.replace(at, 1, " / ");
  return printable(text);
}

void Diff::change(const json::value& change, std::string_view state) {
  const std::string before = one_line(text_of(change, "before")), after = one_line(text_of(change, "after"));
  const std::string name = printable(text_of(change, "field"));
  const std::string by_hand = flag_of(change, "drifted") ? painted(" (by hand)", "35") : "";
  if (state == "added") {
    out_ += fmt::format("    {}: {}\n", name, after);
  } else if (before.empty() || after.empty()) {
    out_ += fmt::format("    {}: {}{}\n", name,
                        before.empty() ? painted("+ " + after, "32") : painted("- " + before, "31"), by_hand);
  } else {
    out_ += fmt::format("    {}: {} -> {}{}\n", name, painted(before, "31"), painted(after, "32"), by_hand);
  }
}

void Diff::troubles(const json::value& of, std::string_view indent) {
  for (const json::value& each : list_of(of, "troubles")) {
    out_ += fmt::format("{}{} {} {}\n", indent,
                        painted(fmt::format("line {}, column {}:", each.at("line").to_number<int64_t>(),
                                            each.at("column").to_number<int64_t>()),
                                "31"),
                        printable(text_of(each, "text")), printable(text_of(each, "fix")));
  }
}

void Diff::step(const json::value& step) {
  const std::string state = text_of(step, "state"), note = text_of(step, "note");
  if (state == "unchanged" || (state == "settled" && list_of(step, "changes").empty())) return;
  const Look& look = look_of(state);
  out_ += painted(fmt::format("{} {}", look.sign, printable(text_of(step, "key"))), look.colour);
  out_ += note.empty() ? "\n" : "  " + note + "\n";
  for (const json::value& each : list_of(step, "changes")) change(each, state);
  troubles(step, "    ");
  for (const json::value& warning : list_of(step, "warnings"))
    out_ +=
        fmt::format("    {} {}\n", painted("note:", "33"), printable(std::string_view(warning.get_string())));
}

std::string Diff::counts(const json::value& result) const {
  std::string text;
  for (const Look& look : looks) {
    const int64_t n = result.at("counts").at(look.state).to_number<int64_t>();
    if (n > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, look.said);
  }
  return text.empty() ? "Nothing is planned." : text + ".";
}

std::string Diff::of(const json::value& result) {
  troubles(result, "");
  for (const json::value& each : list_of(result, "steps")) step(each);
  if (list_of(result, "troubles").empty())
    out_ += fmt::format("{}{}\n", flag_of(result, "applied") ? "Applied: " : "", counts(result));
  return std::move(out_);
}

int64_t count(const json::value& result, std::initializer_list<std::string_view> states) {
  int64_t n = 0;
  for (const std::string_view state : states) n += result.at("counts").at(state).to_number<int64_t>();
  return n;
}

Exit told(const Terminal& terminal, const json::value& result, const Asked& asked) {
  const bool colours = !asked.plain && isatty(STDOUT_FILENO) != 0;
  terminal.show(result, Diff(colours).of(result));
  if (!list_of(result, "troubles").empty() || count(result, {"wrong"}) > 0) return Exit::failure;
  if (flag_of(result, "applied")) return Exit::ok;
  return count(result, {"added", "changed", "removed", "drifted", "foreign"}) > 0 ? Exit::changes : Exit::ok;
}

Exit show_plan(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto order = order_of(asked);
  if (!order) return terminal.fail(order.error());
  const auto result = client.json("POST", "/api/v1/plans/preview", *order);
  return result ? told(terminal, *result, asked) : terminal.fail(result.error());
}

Exit export_plan(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  wire::Fields query;
  if (!asked.name.empty()) query.emplace_back("plan", asked.name);
  const net::Outcome outcome = client.send({.url = wire::with_query("/api/v1/plans/export", query)});
  const auto* response = std::get_if<wire::Response>(&outcome);
  if (response == nullptr || response->status != 200) {
    const auto said = client.json("GET", "/api/v1/plans");  // the same trouble, as a fault
    if (!said) return terminal.fail(said.error());
    return terminal.fail(
        {.kind = FaultKind::unavailable, .code = "no_export", .text = "The server did not give the file."});
  }
  terminal.show(json::object{{"yaml", response->body}}, response->body);
  return Exit::ok;
}

// Empty: the server does not have this file.
std::string id_of(const json::value& seen, const std::string& path) {
  for (const json::value& file : list_of(seen, "files")) {
    if (text_of(file, "path") == path) return text_of(file, "media");
  }
  return {};
}

// Uploads what is not there yet; the order then names files by their ids.
Result<void> upload_missing(net::WaitingClient& client, OneFile& source, const Asked& asked,
                            const json::value& seen, json::object& order) {
  json::array files;
  for (const json::value& file : order.at("files").as_array()) {
    const std::string path = text_of(file, "path");
    std::string id = id_of(seen, path);
    if (id.empty()) {
      const auto stored = upload(client, source, {.file = beside(asked, path)});
      if (!stored) return refuse(stored.error());
      id = text_of(*stored, "id");
    }
    files.push_back(json::object{{"path", path}, {"media", id}});
  }
  order["files"] = std::move(files);
  return {};
}

Exit apply(Frame& frame, const RemoteOptions& remote, const Asked& asked) {
  OneFile source;
  const Terminal& terminal = frame.terminal;
  const auto client = reach(frame, remote, &source);
  if (!client) return terminal.fail(client.error());
  auto order = order_of(asked);
  if (!order) return terminal.fail(order.error());
  const auto seen = (*client)->json("POST", "/api/v1/plans/preview", *order);
  if (!seen) return terminal.fail(seen.error());
  if (!list_of(*seen, "troubles").empty() || count(*seen, {"wrong"}) > 0) return told(terminal, *seen, asked);
  if (const auto up = upload_missing(**client, source, asked, *seen, *order); !up)
    return terminal.fail(up.error());
  const auto result = (*client)->json("POST", "/api/v1/plans/apply", *order);
  return result ? told(terminal, *result, asked) : terminal.fail(result.error());
}

}  // namespace

void add_plan(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "plan",
                                  "What a file of posts (YAML) would change on the schedule", plan_examples);
  const auto asked = std::make_shared<Asked>();
  CLI::Option* file = command.add_option("file", asked->file, "The plan; - reads standard input");
  CLI::Option* all =
      command.add_flag("--export", asked->export_all, "Write what waits as such a file")->excludes(file);
  command.add_option("--name", asked->name, "With --export: only what this plan made")->needs(all);
  command.add_flag("--overwrite", asked->overwrite, "As if what people changed by hand were overwritten");
  command.add_flag("--plain", asked->plain, "No colours");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] {
    if (asked->file.empty() && !asked->export_all) throw CLI::RequiredError("file");
    ask_server(frame, remote, [asked](const Terminal& terminal, net::WaitingClient& client) {
      return asked->export_all ? export_plan(terminal, client, *asked) : show_plan(terminal, client, *asked);
    });
  });
}

void add_apply(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "apply", "Make posts as a file (YAML) describes them", apply_examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "The plan; - reads standard input")->required();
  command.add_flag("--overwrite", asked->overwrite, "Also what people changed by hand since");
  command.add_flag("--plain", asked->plain, "No colours");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] {
    frame.action = [&frame, remote, asked] { return apply(frame, *remote, *asked); };
  });
}

}  // namespace carillon::cli
