// An open file of the operating system, closed when its owner goes, and what is said when a disk refuses.
// Refuses to know paths: whoever opens knows how. Any thread; one File, one owner.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace carillon {

class File {
 public:
  File() = default;
  explicit File(int number) : number_(number) {}  // what open() gave; below zero: none
  File(File&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  File& operator=(File&& other) noexcept;
  ~File() { close(); }

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  void close();

 private:
  int number_ = -1;
};

// All of it, where the file stands. false: errno says why.
bool write_all(const File& file, std::string_view bytes);
// Fewer bytes than asked for only at the end; below zero: errno says why.
int64_t read_at(const File& file, uint64_t offset, char* into, size_t size);
// Hexadecimal, of the whole file. Empty: it cannot be read, and errno says why.
std::string sha256_of(const std::filesystem::path& path);

// To be thrown at once: errno, and where.
std::system_error disk_error(const std::filesystem::path& path);

}  // namespace carillon
