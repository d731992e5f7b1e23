#include "base/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/digest.h"

namespace carillon {
namespace {

class FileTest : public testing::Test {
 protected:
  FileTest() : path_(testing::TempDir() + "file_test_" + std::to_string(::getpid())) {}
  ~FileTest() override { std::filesystem::remove(path_); }

  File made() const { return File(::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)); }
  const std::filesystem::path path_;
};

TEST_F(FileTest, IsClosedWhenItsOwnerGoes) {
  int number = -1;
  {
    File file = made();
    File moved = std::move(file);
    EXPECT_FALSE(file.is_open());  // NOLINT(bugprone-use-after-move): that is what is asked
    number = moved.number();
    EXPECT_NE(::fcntl(number, F_GETFD), -1);
  }
  EXPECT_EQ(::fcntl(number, F_GETFD), -1);
}

TEST_F(FileTest, WhatIsMovedOverIsClosed) {
  File file = made();
  const int before = file.number();
  file = File();
  EXPECT_EQ(::fcntl(before, F_GETFD), -1);
}

TEST_F(FileTest, ReadsWhatWasWrittenAndLessAtTheEnd) {
  const File file = made();
  ASSERT_TRUE(write_all(file, "ding dong"));
  char into[8] = {};
  EXPECT_EQ(read_at(file, 5, into, sizeof into), 4);
  EXPECT_EQ(std::string_view(into, 4), "dong");
  EXPECT_EQ(read_at(file, 100, into, sizeof into), 0);
}

TEST_F(FileTest, HashesAFileOfManyPieces) {
  const std::string bytes(700'001, 'b');
  ASSERT_TRUE(write_all(made(), bytes));
  EXPECT_EQ(sha256_of(path_), to_hex(sha256(bytes)));
}

TEST_F(FileTest, SaysWhyTheDiskRefuses) {
  EXPECT_EQ(sha256_of(path_ / "nowhere"), "");
  const std::system_error why = disk_error(path_);
  EXPECT_EQ(why.code(), std::errc::no_such_file_or_directory);
  EXPECT_NE(std::string(why.what()).find(path_.string()), std::string::npos);
}

}  // namespace
}  // namespace carillon
