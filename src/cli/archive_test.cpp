#include "cli/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/remote.h"

namespace carillon::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class ArchiveTest : public testing::Test {
 protected:
  ArchiveTest()
      : folder_(fs::path(testing::TempDir()) / "archive_test" /
                testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "out");
  }
  ~ArchiveTest() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  std::string content(const fs::path& path) const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  fs::path packed() const {
    ArchiveWriter archive(folder_ / "b.tar");
    archive.add("carillon.db", file("db", std::string(1000, 'd')));
    archive.add("media/aa/one.jpg", file("one", std::string(512, 'j')));
    archive.add("media/aa/empty", file("empty", ""));
    archive.finish({{"version", "1"}});
    return folder_ / "b.tar";
  }
  // Changes bytes of the archive, keeping its length.
  void damage(size_t at, const std::string& bytes) const {
    std::fstream io(folder_ / "b.tar", std::ios::binary | std::ios::in | std::ios::out);
    io.seekp(static_cast<std::streamoff>(at));
    io << bytes;
  }

  fs::path folder_;
};

TEST_F(ArchiveTest, WhatWasPackedComesOutAgain) {
  const auto manifest = unpack_archive(packed(), folder_ / "out");
  ASSERT_TRUE(manifest) << manifest.error().text;
  EXPECT_EQ(text_of(*manifest, "version"), "1");
  EXPECT_EQ(list_of(*manifest, "files").size(), 3U);
  EXPECT_EQ(content(folder_ / "out/carillon.db"), std::string(1000, 'd'));
  EXPECT_EQ(content(folder_ / "out/media/aa/one.jpg"), std::string(512, 'j'));
  EXPECT_TRUE(fs::exists(folder_ / "out/media/aa/empty"));
}

TEST_F(ArchiveTest, AnyTarCanReadIt) {
  const fs::path listing = folder_ / "listing";
  ASSERT_EQ(std::system(("tar tf " + packed().string() + " > " + listing.string()).c_str()), 0);
  EXPECT_EQ(content(listing), "carillon.db\nmedia/aa/one.jpg\nmedia/aa/empty\nmanifest.json\n");
}

TEST_F(ArchiveTest, ChangedByteIsFoundByItsHash) {
  packed();
  damage(512 + 10, "X");
  const auto manifest = unpack_archive(folder_ / "b.tar", folder_ / "out");
  ASSERT_FALSE(manifest);
  EXPECT_THAT(manifest.error().text, HasSubstr("carillon.db is damaged"));
}

TEST_F(ArchiveTest, CutArchiveIsRefusedWhereverItWasCut) {
  const auto whole = fs::file_size(packed());
  for (const uint64_t length :
       {uint64_t{0}, uint64_t{100}, uint64_t{512}, uint64_t{900}, uint64_t{1536}, whole - 2048}) {
    fs::resize_file(folder_ / "b.tar", length);
    EXPECT_FALSE(unpack_archive(folder_ / "b.tar", folder_ / "out")) << length;
    fs::remove(folder_ / "b.tar");
    packed();
  }
}

TEST_F(ArchiveTest, NameThatLeadsElsewhereIsRefused) {
  for (const char* name : {"/etc/passwd", "media/../../x", "../x", "other.db"}) {
    {
      ArchiveWriter archive(folder_ / "b.tar");
      archive.add(name, file("x", "x"));
      archive.finish({});
    }
    const auto manifest = unpack_archive(folder_ / "b.tar", folder_ / "out");
    ASSERT_FALSE(manifest) << name;
    EXPECT_THAT(manifest.error().text, HasSubstr("does not belong into a backup"));
    fs::remove(folder_ / "b.tar");
  }
}

TEST_F(ArchiveTest, UnfinishedArchiveLeavesNothingBehindAndAFinishedOneIsNotOverwritten) {
  {
    ArchiveWriter archive(folder_ / "b.tar");
    archive.add("carillon.db", file("db", "d"));
  }
  EXPECT_FALSE(fs::exists(folder_ / "b.tar"));
  EXPECT_FALSE(fs::exists(folder_ / "b.tar.part"));
  packed();
  EXPECT_THROW(ArchiveWriter(folder_ / "b.tar"), std::runtime_error);
}

}  // namespace
}  // namespace carillon::cli
