#include "base/fault.h"

#include <gtest/gtest.h>

#include <set>

namespace carillon {
namespace {

TEST(Fault, EveryKindHasANameOfItsOwnThatLeadsBack) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(FaultKind::closed); ++i) {
    const auto kind = static_cast<FaultKind>(i);
    names.insert(to_text(kind));
    EXPECT_EQ(fault_kind_from(to_text(kind)), kind);
  }
  EXPECT_EQ(names.size(), 8U);
  EXPECT_EQ(to_text(FaultKind::unauthorized), "unauthorized");
  EXPECT_EQ(to_text(FaultKind::closed), "closed");
}

TEST(Fault, UnknownNamesAreNoKind) {
  EXPECT_EQ(fault_kind_from(""), std::nullopt);
  EXPECT_EQ(fault_kind_from("Invalid"), std::nullopt);
}

}  // namespace
}  // namespace carillon
