#include "cli/archive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "base/digest.h"

namespace carillon::cli {
namespace {

constexpr size_t block = 512;
constexpr size_t chunk = 1 << 18;
using Block = std::array<char, block>;

[[noreturn]] void give_up(const std::filesystem::path& file, std::string_view what) {
  throw std::runtime_error(fmt::format("{} cannot be {}: {}.", file.string(), what, std::strerror(errno)));
}

void put(Block& into, size_t offset, std::string_view text) {
  std::memcpy(into.data() + offset, text.data(), text.size());
}

// Sizes of 8 GiB and more do not fit 11 octal digits: then base 256, as GNU tar writes them.
void put_size(Block& into, uint64_t bytes) {
  if (bytes < (uint64_t{1} << 33)) return put(into, 124, fmt::format("{:011o}", bytes));
  into[124] = static_cast<char>(0x80);
  for (size_t i = 0; i < 8; ++i) into[135 - i] = static_cast<char>(bytes >> (8 * i));
}

void put_checksum(Block& into) {
  put(into, 148, "        ");
  unsigned sum = 0;
  for (const char c : into) sum += static_cast<unsigned char>(c);
  put(into, 148, fmt::format("{:06o}", sum));
  into[154] = '\0';
}

void make_durable(const std::filesystem::path& path) {
  const int handle = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = handle >= 0 && fsync(handle) == 0;
  if (handle >= 0) close(handle);
  if (!done) give_up(path, "made durable");
}

}  // namespace

ArchiveWriter::ArchiveWriter(std::filesystem::path file)
    : file_(std::move(file)), part_(file_.string() + ".part") {
  if (std::filesystem::exists(file_))
    throw std::runtime_error(fmt::format("{} is there already.", file_.string()));
  const int handle =
      open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // only its owner may read it
  if (handle < 0) give_up(part_, "written");
  close(handle);
  out_.open(part_, std::ios::binary);
}

ArchiveWriter::~ArchiveWriter() {
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void ArchiveWriter::header(const std::string& name, uint64_t bytes) {
  if (name.size() > 100) throw std::runtime_error(fmt::format("The name {} is too long for a backup.", name));
  Block head{};
  put(head, 0, name);
  put(head, 100, "0000600");
  put(head, 108, "0000000");
  put(head, 116, "0000000");
  put_size(head, bytes);
  put(head, 136, "00000000000");
  head[156] = '0';
  put(head, 257, std::string_view("ustar\00000", 8));
  put_checksum(head);
  out_.write(head.data(), block);
}

void ArchiveWriter::pad(uint64_t bytes) {
  constexpr Block zero{};
  const size_t rest = bytes % block;
  if (rest > 0) out_.write(zero.data(), static_cast<std::streamsize>(block - rest));
}

void ArchiveWriter::add(const std::string& name, const std::filesystem::path& from) {
  std::ifstream in(from, std::ios::binary);
  if (!in) give_up(from, "read");
  ArchiveEntry entry{.name = name, .bytes = std::filesystem::file_size(from)};
  header(name, entry.bytes);
  Sha256Stream sum;
  std::string piece(chunk, '\0');
  for (uint64_t left = entry.bytes; left > 0;) {
    const auto want = static_cast<std::streamsize>(std::min<uint64_t>(left, chunk));
    if (!in.read(piece.data(), want)) give_up(from, "read to its end");
    sum.feed(std::string_view(piece).substr(0, static_cast<size_t>(want)));
    out_.write(piece.data(), want);
    left -= static_cast<uint64_t>(want);
  }
  pad(entry.bytes);
  if (!out_) give_up(part_, "written");
  entry.sha256 = to_hex(sum.finish());
  entries_.push_back(std::move(entry));
}

void ArchiveWriter::finish(boost::json::object about) {
  boost::json::array files;
  for (const ArchiveEntry& entry : entries_) {
    files.push_back(
        boost::json::object{{"name", entry.name}, {"bytes", entry.bytes}, {"sha256", entry.sha256}});
  }
  about["files"] = std::move(files);
  const std::string text = boost::json::serialize(about) + "\n";
  header("manifest.json", text.size());
  out_.write(text.data(), static_cast<std::streamsize>(text.size()));
  pad(text.size());
  constexpr Block zero{};
  out_.write(zero.data(), block);
  out_.write(zero.data(), block);
  out_.close();
  if (!out_) give_up(part_, "written");
  make_durable(part_);
  std::filesystem::rename(part_, file_);
  make_durable(file_.has_parent_path() ? file_.parent_path() : ".");
}

}  // namespace carillon::cli
