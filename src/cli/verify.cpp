// carillon verify
#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <memory>

#include "base/file.h"
#include "cli/command.h"
#include "cli/store_access.h"
#include "net/bucket.h"
#include "run/clock.h"
#include "store/people.h"
#include "store/records.h"
#include "store/sqlite.h"

namespace carillon::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* examples =
    "  carillon verify                             of the data in ./data, while the server runs or not\n"
    "  carillon verify --mend                      write the true counts; the server must be stopped\n"
    "  carillon verify --data restored             before you release a restored backup";

constexpr size_t page = 200;

struct Findings {
  std::vector<std::pair<std::string, std::string>> lines;  // check, what was found
  int64_t media_files = 0, audit_chains = 0;
  void add(std::string check, std::string what) { lines.emplace_back(std::move(check), std::move(what)); }
};

void check_counts(store::Unit& unit, bool mend, Findings& findings) {
  for (const store::Discrepancy& one : store::recount(unit, mend)) {
    findings.add("counts", fmt::format("post {}: {}{}", one.post.text(), one.text, mend ? " (mended)" : ""));
  }
}

void check_audit(store::Unit& unit, WorkspaceId workspace, Findings& findings) {
  ++findings.audit_chains;
  if (const auto number = store::Audit(unit).broken_at(workspace)) {
    findings.add("audit", fmt::format("entry {} was changed, or one before it was removed", *number));
  }
}

std::vector<store::MediaFile> all_media(store::Store& store, WorkspaceId workspace) {
  std::vector<store::MediaFile> all;
  store.read_now([&](store::Unit& unit) {
    std::optional<store::MediaPlace> after;
    for (auto files = store::MediaShelf(unit).list(workspace, after, page); !files.empty();
         files = store::MediaShelf(unit).list(workspace, after, page)) {
      after = store::MediaShelf::place_of(files.back());
      all.insert(all.end(), files.begin(), files.end());
    }
  });
  return all;
}

// What is wrong with a file of the folder, and in the bucket, if there is one; empty: nothing. With a bucket
// the folder may lack it.
std::string trouble_with(const store::MediaFile& file, const fs::path& folder, net::Bucket* bucket) {
  const std::string hash = sha256_of(folder / file.path);
  if (!hash.empty() && hash != file.facts.sha256) return "is not what was uploaded";
  if (bucket == nullptr) return hash.empty() ? "is missing" : "";
  const auto object = bucket->look(file.path);
  if (!object) {
    const bool gone = object.error().kind == FaultKind::gone;
    return !gone          ? object.error().text
           : hash.empty() ? "is missing, also in the bucket"
                          : "is not in the bucket yet";
  }
  const bool same = object->bytes == file.facts.bytes && object->sha256 == file.facts.sha256;
  return same ? "" : "is not what was uploaded, in the bucket";
}

void check_media(Terminal& terminal, const run::Config& config, const std::vector<store::MediaFile>& files,
                 Findings& findings) {
  std::unique_ptr<net::Bucket> bucket;
  if (!config.bucket.name.empty()) bucket = std::make_unique<net::Bucket>(config.bucket, run::wall_clock);
  const auto answers = bucket ? bucket->look(".carillon") : net::Bucket::Object{};
  if (!answers && answers.error().kind != FaultKind::gone)
    return findings.add("media", answers.error().text + " " + answers.error().remedy);
  for (const store::MediaFile& file : files) {
    terminal.progress("media files", static_cast<double>(++findings.media_files),
                      static_cast<double>(files.size()));
    const std::string trouble = trouble_with(file, config.data / "media", bucket.get());
    if (!trouble.empty()) findings.add("media", fmt::format("{} ({}) {}", file.path, file.name, trouble));
  }
  terminal.progress_done();
}

Findings look(Terminal& terminal, store::Store& store, const run::Config& config, bool mend) {
  Findings findings;
  std::vector<Workspace> workspaces;
  store.write_now([&](store::Unit& unit) {
    check_counts(unit, mend, findings);
    workspaces = store::People(unit).workspaces();
    for (const Workspace& workspace : workspaces) check_audit(unit, workspace.id, findings);
  });
  for (const Workspace& workspace : workspaces) {
    check_media(terminal, config, all_media(store, workspace.id), findings);
  }
  return findings;
}

Exit report(const Terminal& terminal, const Findings& findings) {
  boost::json::array machine;
  std::string people;
  for (const auto& [check, what] : findings.lines) {
    machine.push_back(boost::json::object{{"check", check}, {"what", what}});
    people += fmt::format("{:8} {}\n", check, printable(what));
  }
  people += fmt::format("Counts, {} audit chains and {} media files checked: {} findings.\n",
                        findings.audit_chains, findings.media_files, findings.lines.size());
  terminal.show(boost::json::object{{"findings", machine}, {"media_files", findings.media_files}}, people);
  return findings.lines.empty() ? Exit::ok : Exit::failure;
}

// A SQLite database is looked at in a copy, so that the server may go on; mending needs the database itself.
Findings look_at(Terminal& terminal, const run::Config& config, bool mend) {
  const auto file = database_file(config);
  if (mend || !file)
    return look(terminal, *store::Store::open({.url = config.database, .readers = 1}), config, mend);
  const Copy copy(*file, file->string() + ".verify");
  Findings findings;
  if (const std::string broken = store::quick_check(copy.file()); !broken.empty()) {
    findings.add("database", broken);
    return findings;
  }
  return look(terminal, *store::Store::open({.url = "sqlite:" + copy.file().string(), .readers = 1}), config,
              false);
}

Exit verify(Terminal& terminal, const Frame& frame, bool mend) {
  const auto config = frame.config();
  if (!config) return terminal.fail(config.error());
  if (const auto file = database_file(*config); !file && file.error().code == "no_database")
    return terminal.fail(file.error());
  return report(terminal, look_at(terminal, *config, mend));
}

}  // namespace

void add_verify(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(
      app, frame, "verify", "Recount what is counted, check the audit chain and the media files", examples);
  const auto mend = std::make_shared<bool>(false);
  command.add_flag("--mend", *mend, "Write the true counts");
  add_settings(command, frame, {"data", "database"});
  command.callback(
      [&frame, mend] { frame.action = [&frame, mend] { return verify(frame.terminal, frame, *mend); }; });
}

}  // namespace carillon::cli
