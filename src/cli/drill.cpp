// carillon drill
#include "proof/drill.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command.h"
#include "run/clock.h"

namespace carillon::cli {
namespace {

constexpr const char* examples =
    "  carillon drill                              200 posts, 50 kills, a few minutes\n"
    "  carillon drill --posts 20 --kills 5 --seed 7\n"
    "  carillon drill --database postgres://postgres@/drill?host=/run/postgresql    an empty database";

boost::json::object to_json(const proof::DrillReport& report) {
  return {{"posts", report.posts},
          {"targets", report.targets},
          {"kills", report.kills},
          {"delivered", report.delivered},
          {"told", report.told},
          {"uncertain", report.uncertain},
          {"doubles", report.doubles},
          {"losses", report.losses},
          {"seconds", report.seconds},
          {"findings", boost::json::array(report.findings.begin(), report.findings.end())}};
}

std::string sentences(const proof::DrillReport& report) {
  std::string out;
  for (const std::string& finding : report.findings) out += printable(finding) + "\n";
  if (!report.findings.empty()) out += fmt::format("What happened is kept in {}\n", report.folder.string());
  return out + fmt::format(
                   "posts {}, targets {}, kills {}, delivered {} (told by a person: {}), uncertain {}, "
                   "doubles {}, losses {}  "
                   "({:.0f} s)\n",
                   report.posts, report.targets, report.kills, report.delivered, report.told,
                   report.uncertain, report.doubles, report.losses, report.seconds);
}

Exit drill(Terminal& terminal, proof::DrillOptions options) {
  options.program = std::filesystem::canonical("/proc/self/exe");
  options.now = run::wall_clock;
  options.progress = [&](std::string_view what, double done, double total) {
    terminal.progress(what, done, total);
  };
  const proof::DrillReport report = proof::drill(options);
  terminal.progress_done();
  terminal.show(to_json(report), sentences(report));
  return report.passed() ? Exit::ok : Exit::failure;
}

}  // namespace

void add_drill(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(
      app, frame, "drill",
      "Kill the real server again and again while it publishes to the sandbox, then count", examples);
  const auto options = std::make_shared<proof::DrillOptions>();
  command.add_option("--posts", options->posts, "How many [200]")->check(CLI::Range(1, 100'000));
  command.add_option("--kills", options->kills, "How often the server dies [50]")
      ->check(CLI::Range(0, 10'000));
  command.add_option("--seed", options->seed, "Of the dice [1]");
  command.add_option("--database", options->database,
                     "An empty PostgreSQL database; without: SQLite in a temporary folder");
  command.add_flag("--keep", options->keep, "Keep the folder with data and logs");
  command.callback(
      [&frame, options] { frame.action = [&frame, options] { return drill(frame.terminal, *options); }; });
}

}  // namespace carillon::cli
