#include "media/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace carillon::media {
namespace {

using ::testing::HasSubstr;

TEST(Children, GiveOutputErrorsAndCode) {
  const auto end = run_child({"sh", "-c", "echo out; echo err >&2; exit 3"}, {});
  ASSERT_TRUE(end.has_value());
  EXPECT_EQ(end->output, "out\n");
  EXPECT_EQ(end->errors, "err\n");
  EXPECT_EQ(end->code, 3);
}

TEST(Children, InheritNothing) {
  ::setenv("A_SECRET", "visible", 1);
  const auto end = run_child({"sh", "-c", "env; ls /proc/self/fd | wc -l; cat"}, {});
  ::unsetenv("A_SECRET");
  ASSERT_TRUE(end.has_value());
  EXPECT_THAT(end->output, ::testing::Not(HasSubstr("A_SECRET")));
  EXPECT_THAT(end->output, ::testing::EndsWith("\n4\n"));  // 0, 1, 2 and the folder that ls reads
}

TEST(Children, AreEndedByTheirLimits) {
  EXPECT_THAT(run_child({"sleep", "1000"}, {.time = std::chrono::milliseconds(50)}).error().text,
              HasSubstr("it was not done"));
  EXPECT_THAT(run_child({"sh", "-c", "cat /dev/zero"}, {.output = 1000}).error().text,
              HasSubstr("more to say"));
  const auto memory = run_child({"sh", "-c", "until [ $(ulimit -v) = 65536 ]; do :; done; echo limited"},
                                {.memory = 64 << 20});
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->output, "limited\n");
  const auto busy = run_child({"sh", "-c", "while :; do :; done"}, {.cpu_seconds = 1});
  ASSERT_TRUE(busy.has_value());
  EXPECT_EQ(busy->code, -1) << "killed for the time it computed";
  EXPECT_EQ(run_child({"no-such-program-here"}, {}).error().code, "media_tool_missing");
}

}  // namespace
}  // namespace carillon::media
