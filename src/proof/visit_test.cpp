#include "proof/visit.h"

#include <gtest/gtest.h>

namespace carillon::proof {
namespace {

TEST(Visit, FormGivesItsHiddenFieldsUnescapedAndWhereItGoes) {
  const Form form = first_form(
      R"(<p>x</p><form class="ask" method="post" action="/x/authorize?a=1&amp;b=2"><input type="hidden" name="state" value="a&quot;b">)"
      R"(<input type="radio" name="person" value="0" checked><button name="decision" value="allow">Yes</button></form>)"
      R"(<form action="/other"><input type="hidden" name="no" value="no"></form>)");
  EXPECT_EQ(form.action, "/x/authorize?a=1&b=2");
  ASSERT_EQ(form.fields.size(), 1U);
  EXPECT_EQ(form.fields[0].first, "state");
  EXPECT_EQ(form.fields[0].second, "a\"b");
}

TEST(Visit, PageWithoutAFormGivesNothing) {
  const Form form = first_form("<p>Something went wrong</p>");
  EXPECT_EQ(form.action, "");
  EXPECT_TRUE(form.fields.empty());
}

}  // namespace
}  // namespace carillon::proof
