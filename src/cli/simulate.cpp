// carillon simulate
#include "proof/simulate.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "cli/command.h"

namespace carillon::cli {
namespace {

constexpr const char* examples =
    "  carillon simulate                           1000 worlds\n"
    "  carillon simulate --worlds 20000 --threads 2\n"
    "  carillon simulate --seed 4711 --story       one world again, told line by line\n"
    "  carillon simulate --mutants                 deliberate bugs must be caught (needs a build with "
    "mutants)";

struct Asked {
  proof::SimulateOptions options;
  bool story = false, mutants = false;
};

boost::json::object to_json(const proof::Violation& violation) {
  return {{"seed", violation.seed}, {"invariant", violation.invariant}, {"text", violation.text}};
}

boost::json::object to_json(const proof::SimulateReport& report) {
  boost::json::array violations;
  for (const auto& violation : report.violations) violations.push_back(to_json(violation));
  return {{"worlds", report.worlds},
          {"deliveries", report.deliveries},
          {"delivered", report.delivered},
          {"failed", report.failed},
          {"canceled", report.canceled},
          {"skipped", report.skipped},
          {"requests", report.requests},
          {"lost_answers", report.lost_answers},
          {"crashes", report.crashes},
          {"take_overs", report.take_overs},
          {"clock_steps", report.clock_steps},
          {"person_verdicts", report.person_verdicts},
          {"trace", fmt::format("{:016x}", report.trace)},
          {"violations", violations}};
}

std::string sentences(const proof::SimulateReport& report) {
  std::string out = fmt::format(
      "{} worlds: {} deliveries, {} requests, {} lost answers, {} crashes, {} take-overs, {} clock steps\n"
      "delivered {}, failed {}, canceled {}, skipped {}; verdicts by a person {}; trace {:016x}\n",
      report.worlds, report.deliveries, report.requests, report.lost_answers, report.crashes,
      report.take_overs, report.clock_steps, report.delivered, report.failed, report.canceled, report.skipped,
      report.person_verdicts, report.trace);
  for (const auto& violation : report.violations) {
    out += fmt::format("VIOLATION {} in world {}: {}\n  see it again: carillon simulate --seed {} --story\n",
                       violation.invariant, violation.seed, violation.text, violation.seed);
  }
  return out + fmt::format("{} violations\n", report.violations.size());
}

Exit verdict(const proof::SimulateReport& report) {
  return report.violations.empty() ? Exit::ok : Exit::failure;
}

Exit tell_story(const Terminal& terminal, uint64_t seed) {
  const auto report = proof::replay(seed, [](const std::string& line) { fmt::print("{}\n", line); });
  terminal.show(to_json(report), sentences(report));
  return verdict(report);
}

Exit hunt(const Terminal& terminal, const proof::SimulateOptions& options) {
  const auto hunts = proof::hunt_mutants(options.seed, options.worlds);
  if (hunts.empty()) {
    return terminal.fail(
        {.kind = FaultKind::closed,
         .code = "no_mutants",
         .text = "This build has no mutants in it.",
         .remedy = "Build it with them: scripts/build dev, then build/dev/carillon simulate --mutants"});
  }
  boost::json::array machine;
  std::string people;
  size_t caught = 0;
  for (const proof::Hunt& one : hunts) {
    caught += one.caught ? 1 : 0;
    machine.push_back(boost::json::object{{"mutant", one.mutant},
                                          {"what", one.what},
                                          {"caught", one.caught},
                                          {"worlds", one.worlds},
                                          {"by", to_json(one.by)}});
    people += fmt::format(
        "{:6} {:28} {}\n", one.caught ? "caught" : "ALIVE", one.mutant,
        one.caught ? fmt::format("world {}, {}: {}", one.worlds, one.by.invariant, one.what) : one.what);
  }
  people += fmt::format("{} passed, {} failed\n", caught, hunts.size() - caught);
  terminal.show(machine, people);
  return caught == hunts.size() ? Exit::ok : Exit::failure;
}

Exit simulate(Terminal& terminal, Asked asked) {
  if (asked.story) return tell_story(terminal, asked.options.seed);
  if (asked.mutants) return hunt(terminal, asked.options);
  std::mutex drawing;
  asked.options.progress = [&](int64_t done) {
    const std::lock_guard hold(drawing);
    terminal.progress("worlds", static_cast<double>(done), static_cast<double>(asked.options.worlds));
  };
  const auto report = proof::simulate(asked.options);
  terminal.progress_done();
  terminal.show(to_json(report), sentences(report));
  return verdict(report);
}

}  // namespace

void add_simulate(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "simulate", "Try the delivery engine in worlds of virtual time", examples);
  const auto asked = std::make_shared<Asked>();
  const auto worlds = std::make_shared<int64_t>(0);
  command.add_option("--worlds", *worlds, "How many [1000; with --mutants 200 for each]")
      ->check(CLI::Range(1, 100'000'000));
  command.add_option("--seed", asked->options.seed, "Of the first world; the others count up [1]");
  command.add_option("--threads", asked->options.threads, "How many worlds at a time [1]")
      ->check(CLI::Range(1, 256));
  command.add_flag("--story", asked->story, "Tell the world of --seed line by line");
  command.add_flag("--mutants", asked->mutants, "Hunt each deliberate bug until it is caught")
      ->excludes("--story");
  command.callback([&frame, asked, worlds] {
    asked->options.worlds = *worlds > 0 ? *worlds : asked->mutants ? 200 : 1000;
    frame.action = [&frame, asked] { return simulate(frame.terminal, *asked); };
  });
}

}  // namespace carillon::cli
