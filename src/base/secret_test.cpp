#include "base/secret.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <concepts>
#include <cstring>
#include <new>
#include <ostream>
#include <string>

namespace carillon {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(fmt::is_formattable<std::string>::value && Streamable<std::string>,
              "the probes see what can be printed");
static_assert(!fmt::is_formattable<Secret>::value, "a secret has no formatter");
static_assert(!Streamable<Secret>, "a secret has no stream operator");
static_assert(!std::equality_comparable<Secret>, "secrets are compared by same_secret only");
static_assert(!std::convertible_to<Secret, std::string_view> && !std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<std::string, Secret>, "becoming a secret is said by name");

TEST(Secret, RevealsWhatItWasGiven) {
  const Secret secret("hunter2");
  EXPECT_EQ(secret.reveal(), "hunter2");
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(Secret().empty());
}

TEST(Secret, CopiesStandOnTheirOwn) {
  Secret first("a");
  Secret second(first);
  first = Secret("another, longer than any short string is kept in place");
  EXPECT_EQ(second.reveal(), "a");
  second = first;
  EXPECT_EQ(second.reveal(), first.reveal());
  const Secret& same = second;
  second = same;
  EXPECT_EQ(second.reveal(), first.reveal());
}

bool contains(const std::array<char, sizeof(Secret)>& storage, std::string_view text) {
  return std::string_view(storage.data(), storage.size()).find(text) != std::string_view::npos;
}

TEST(Secret, LeavesNothingBehindWhenItDies) {
  alignas(Secret) std::array<char, sizeof(Secret)> storage{};
  auto* secret = new (storage.data()) Secret("hunter2");
  ASSERT_TRUE(contains(storage, "hunter2"));
  secret->~Secret();
  EXPECT_FALSE(contains(storage, "unter2"));
}

TEST(Secret, LeavesNothingBehindInTheTextItWasMadeFrom) {
  std::string text = "hunter2";
  const char* place = text.data();
  const Secret secret(std::move(text));
  EXPECT_EQ(secret.reveal(), "hunter2");
  std::array<char, sizeof(Secret)> storage{};
  auto* moved_from = new (storage.data()) Secret("hunter3");
  const Secret taken(std::move(*moved_from));
  moved_from->~Secret();
  EXPECT_FALSE(contains(storage, "unter3"));
  EXPECT_NE(place, secret.reveal().data());
}

}  // namespace
}  // namespace carillon
