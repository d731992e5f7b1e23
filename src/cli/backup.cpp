// carillon backup
#include <fmt/format.h>

#include <boost/json/object.hpp>

#include "base/version.h"
#include "cli/archive.h"
#include "cli/command.h"
#include "cli/store_access.h"
#include "media/backup_mark.h"
#include "media/folder.h"
#include "net/bucket.h"
#include "run/clock.h"
#include "store/sqlite.h"

namespace carillon::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* examples =
    "  carillon backup carillon-2026-11-20.tar            while the server runs or not\n"
    "  carillon backup --with-keys safe/everything.tar    also the keys that open the credentials in it: "
    "guard it\n"
    "  carillon restore carillon-2026-11-20.tar --data new-folder";

struct Asked {
  std::string file;
  bool with_keys = false;
};

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden && at->is_directory()) at.disable_recursion_pending();  // not whole yet, or notes of the server
    if (at->is_regular_file()) files.push_back(at->path());
  }
  return files;
}

// The bucket has its own copies of what it has; only what it surely lacks goes into the backup.
void leave_out_stored(const run::Config& config, std::vector<fs::path>& files) {
  if (config.bucket.name.empty()) return;
  net::Bucket bucket(config.bucket, run::wall_clock);
  bool answers = bucket.check(to_text(run::wall_clock())).has_value();
  std::erase_if(files, [&](const fs::path& file) {
    const auto object =
        answers ? bucket.look(fs::relative(file, config.data / "media").generic_string()) : refuse(Fault{});
    answers = answers && (object || object.error().code != "storage_unreachable");
    return object && object->bytes == fs::file_size(file) && !object->sha256.empty();
  });
}

std::string words_for_media(const run::Config& config) {
  if (config.bucket.name.empty()) return "";
  return fmt::format(
      "Pictures and films lie in {}; what is there is not in this file. Have your vendor keep versions of it,\n"
      "or copy it with its own tools.\n",
      config.bucket.shown());
}

// The database first: what it refers to is then already there, for files never change.
void pack(Terminal& terminal, ArchiveWriter& archive, const run::Config& config, const fs::path& database,
          bool with_keys) {
  archive.add("carillon.db", database);
  if (with_keys) archive.add("keys/master.key", config.master_key_file);
  auto media = files_below(config.data / "media");
  leave_out_stored(config, media);
  for (size_t i = 0; i < media.size(); ++i) {
    terminal.progress("media files", static_cast<double>(i), static_cast<double>(media.size()));
    archive.add(fs::relative(media[i], config.data).generic_string(), media[i]);
  }
  terminal.progress_done();
}

Exit backup(Terminal& terminal, const Frame& frame, const Asked& asked) {
  const auto config = frame.config();
  if (!config) return terminal.fail(config.error());
  const auto database = database_file(*config);
  if (!database) return terminal.fail(database.error());
  ArchiveWriter archive(asked.file);
  const Copy copy(*database, asked.file + ".db.part");
  if (const std::string broken = store::quick_check(copy.file()); !broken.empty()) {
    return terminal.fail({.kind = FaultKind::invalid,
                          .code = "database_damaged",
                          .text = fmt::format("The database is damaged: {}", broken),
                          .remedy = "Keep the backups you have and restore the last good one."});
  }
  pack(terminal, archive, *config, copy.file(), asked.with_keys);
  const Instant now = run::wall_clock();
  archive.finish({{"format", 1}, {"version", version}, {"created", to_text(now)}});
  media::mark_backup(config->data, now);
  uint64_t bytes = 0;
  for (const ArchiveEntry& entry : archive.entries()) bytes += entry.bytes;
  terminal.show(
      boost::json::object{{"file", asked.file},
                          {"files", archive.entries().size()},
                          {"bytes", bytes},
                          {"with_keys", asked.with_keys},
                          {"media", config->bucket.name.empty() ? "" : config->bucket.shown()}},
      fmt::format("Backup {}: {} files, {:.1f} MB.\n{}{}", asked.file, archive.entries().size(),
                  static_cast<double>(bytes) / 1e6, words_for_media(*config),
                  asked.with_keys ? "It contains the keys: who has it can post as you.\n"
                                  : fmt::format("Without the keys: keep {} in another safe place.\n",
                                                config->master_key_file.string())));
  return Exit::ok;
}

}  // namespace

void add_backup(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "backup",
                                  "Copy database and media into one file, while the server runs", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("file", asked->file, "The backup to write; must not exist yet")->required();
  command.add_flag("--with-keys", asked->with_keys, "Put the master keys in too");
  add_settings(command, frame, {"data", "database", "master-key-file"});
  command.callback(
      [&frame, asked] { frame.action = [&frame, asked] { return backup(frame.terminal, frame, *asked); }; });
}

}  // namespace carillon::cli
