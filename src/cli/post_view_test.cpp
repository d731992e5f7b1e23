#include "cli/post_view.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace carillon::cli {
namespace {

boost::json::value post(const std::string& tally, const std::string& deliveries) {
  return boost::json::parse(R"({"tally":{)" + tally + R"(},"deliveries":[)" + deliveries + "]}");
}

struct Case {
  const char* tally;
  const char* deliveries;
  bool over;
  Exit exit;
};

TEST(PostView, KnowsWhenNothingMoreHappensByItself) {
  const Case cases[] = {
      {R"("delivered":1)", R"({"state":"delivered"})", true, Exit::ok},
      {R"("delivered":1,"failed":1)", R"({"state":"delivered"},{"state":"failed"})", true, Exit::failure},
      {R"("waiting":1)", R"({"state":"waiting","reason":"scheduled"})", false, Exit::temporary},
      {R"("waiting":1)", R"({"state":"waiting","reason":"late"})", true, Exit::temporary},
      {R"("waiting":1)", R"({"state":"waiting","reason":"account_held"})", true, Exit::temporary},
      {R"("uncertain":1)", R"({"state":"uncertain","reason":"checking"})", false, Exit::temporary},
      {R"("delivered":1,"uncertain":1)", R"({"state":"delivered"},{"state":"uncertain","reason":"unknown"})",
       true, Exit::temporary},
      {R"("delivered":1)", R"({"state":"failed","superseded":true},{"state":"delivered"})", true, Exit::ok},
      {"", "", true, Exit::temporary},  // it waits for an approval: there are no deliveries
  };
  for (const Case& one : cases) {
    const auto shown = post(one.tally, one.deliveries);
    EXPECT_EQ(is_over(shown), one.over) << one.deliveries;
    EXPECT_EQ(outcome(shown), one.exit) << one.deliveries;
  }
}

}  // namespace
}  // namespace carillon::cli
