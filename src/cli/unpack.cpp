// The reading side of archive.h. What it reads may have been made by somebody else: no name leads out of the
// folder.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>
#include <map>
#include <sstream>
#include <stdexcept>

#include "base/digest.h"
#include "cli/archive.h"
#include "cli/remote.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr size_t block = 512;
constexpr size_t chunk = 1 << 18;
constexpr std::string_view manifest_name = "manifest.json";
using Block = std::array<char, block>;

std::unexpected<Fault> damaged(const std::filesystem::path& file, std::string what) {
  return refuse({.kind = FaultKind::invalid,
                 .code = "archive",
                 .text = fmt::format("{} is not a whole backup: {}.", file.string(), what),
                 .remedy = "Use another copy of the backup."});
}

bool checksum_fits(Block head) {
  unsigned long said = 0;
  const char* const digits = head.data() + 148;
  const auto [end, error] = std::from_chars(digits, digits + 6, said, 8);
  std::fill_n(head.begin() + 148, 8, ' ');
  unsigned long sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  return error == std::errc() && sum == said;
}

uint64_t size_in(const Block& head) {
  uint64_t bytes = 0;
  if (head[124] == static_cast<char>(0x80)) {
    for (size_t i = 128; i < 136; ++i) bytes = bytes << 8 | static_cast<unsigned char>(head[i]);
    return bytes;
  }
  std::from_chars(head.data() + 124, head.data() + 135, bytes, 8);
  return bytes;
}

std::string name_in(const Block& head) {
  return {head.data(), std::find(head.data(), head.data() + 100, '\0')};
}

bool is_ours(const std::string& name) {
  if (name == "carillon.db" || name == manifest_name || name == "keys/master.key") return true;
  if (!name.starts_with("media/")) return false;
  const auto parts = std::filesystem::path(name);
  return std::ranges::none_of(parts,
                              [](const auto& part) { return part == ".." || part == "." || part.empty(); });
}

// Copies one entry out of the archive; its hash. Empty: the archive ends too early.
std::string copy_entry(std::ifstream& in, uint64_t bytes, const std::filesystem::path& to) {
  std::filesystem::create_directories(to.parent_path());
  std::ofstream out(to, std::ios::binary);
  std::filesystem::permissions(to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  Sha256Stream sum;
  std::string piece(chunk, '\0');
  for (uint64_t left = bytes; left > 0;) {
    const auto want = static_cast<std::streamsize>(std::min<uint64_t>(left, chunk));
    if (!in.read(piece.data(), want)) return "";
    sum.feed(std::string_view(piece).substr(0, static_cast<size_t>(want)));
    out.write(piece.data(), want);
    left -= static_cast<uint64_t>(want);
  }
  in.ignore(static_cast<std::streamsize>((block - bytes % block) % block));
  if (!out.flush()) throw std::runtime_error(fmt::format("{} cannot be written.", to.string()));
  return to_hex(sum.finish());
}

Result<json::object> read_manifest(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::ifstream in(folder / manifest_name, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  boost::system::error_code error;
  const json::value value = json::parse(text.str(), error);
  if (error || !value.is_object()) return damaged(file, "its manifest cannot be read");
  return value.get_object();
}

}  // namespace

Result<json::object> unpack_archive(const std::filesystem::path& file, const std::filesystem::path& folder) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return damaged(file, "it cannot be read");
  std::map<std::string, std::string> found;
  for (Block head{}; !found.contains(std::string(manifest_name));) {
    if (!in.read(head.data(), block) || !checksum_fits(head))
      return damaged(file, "it ends too early or a header is broken");
    const std::string name = name_in(head);
    const bool plain_file = head[156] == '0';
    if (!plain_file || !is_ours(name))
      return damaged(file, fmt::format("\"{}\" does not belong into a backup", name));
    const std::string sum = copy_entry(in, size_in(head), folder / name);
    if (sum.empty()) return damaged(file, fmt::format("it ends in the middle of {}", name));
    found[name] = sum;
  }
  auto manifest = read_manifest(file, folder);
  if (!manifest) return manifest;
  const auto& files = list_of(*manifest, "files");
  for (const json::value& one : files) {
    const auto entry = found.find(text_of(one, "name"));
    if (entry == found.end()) return damaged(file, text_of(one, "name") + " is missing");
    if (entry->second != text_of(one, "sha256")) return damaged(file, text_of(one, "name") + " is damaged");
  }
  if (files.size() + 1 != found.size()) return damaged(file, "it has files that its manifest does not know");
  return manifest;
}

}  // namespace carillon::cli
