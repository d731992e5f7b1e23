#include "run/sandbox_journal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace carillon::run {
namespace {

namespace json = boost::json;

[[noreturn]] void give_up(const std::filesystem::path& path, std::string_view what) {
  throw std::runtime_error(
      fmt::format("The sandbox's journal {} cannot be {}: {}.", path.string(), what, std::strerror(errno)));
}

std::string text(const json::object& from, std::string_view name) {
  const json::value* value = from.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

int64_t number(const json::object& from, std::string_view name) {
  const json::value* value = from.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

// Gives the whole lines to the world; their length in bytes.
off_t restore(const std::filesystem::path& path, sandbox::World& world) {
  std::ifstream in(path, std::ios::binary);
  off_t whole = 0;
  for (std::string line; std::getline(in, line) && !in.eof();) {
    const auto effect = effect_from_line(line);
    if (!effect) break;
    world.restore(*effect);
    whole += static_cast<off_t>(line.size()) + 1;
  }
  return whole;
}

}  // namespace

std::string effect_line(const sandbox::Effect& effect) {
  return json::serialize(json::object{{"network", effect.network},
                                      {"account", effect.account},
                                      {"external_id", effect.external_id},
                                      {"url", effect.url},
                                      {"text", effect.text},
                                      {"reply_to", effect.reply_to},
                                      {"media", effect.media},
                                      {"at", effect.at.us},
                                      {"deleted", effect.deleted}});
}

std::optional<sandbox::Effect> effect_from_line(std::string_view line) {
  boost::system::error_code error;
  const json::value value = json::parse(line, error);
  if (error || !value.is_object()) return std::nullopt;
  const json::object& from = value.get_object();
  const json::value* deleted = from.if_contains("deleted");
  return sandbox::Effect{.network = text(from, "network"),
                         .account = text(from, "account"),
                         .external_id = text(from, "external_id"),
                         .url = text(from, "url"),
                         .text = text(from, "text"),
                         .reply_to = text(from, "reply_to"),
                         .media = static_cast<size_t>(number(from, "media")),
                         .at = Instant{number(from, "at")},
                         .deleted = deleted != nullptr && *deleted == true};
}

SandboxJournal::SandboxJournal(const std::filesystem::path& file, sandbox::World& world) : path_(file) {
  file_ = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) give_up(path_, "opened");
  const off_t whole = restore(file, world);
  if (ftruncate(file_, whole) != 0 || lseek(file_, whole, SEEK_SET) < 0) give_up(path_, "mended");
}

SandboxJournal::~SandboxJournal() {
  close(file_);
}

void SandboxJournal::append(const sandbox::Effect& effect) {
  const std::string line = effect_line(effect) + "\n";
  const bool written = write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (!written || fdatasync(file_) != 0) give_up(path_, "written");
}

}  // namespace carillon::run
