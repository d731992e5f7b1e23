#include "api/reader.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "api/json.h"
#include "api/problem.h"

namespace carillon::api {
namespace {

std::optional<Fault> read(const char* text, const std::function<void(Reader&)>& how) {
  std::optional<Fault> fault;
  const boost::json::value value = boost::json::parse(text);
  {
    Reader reader(value, fault);
    how(reader);
  }
  return fault;
}

TEST(Reader, ReadsWhatIsThere) {
  const auto fault =
      read(R"({"name":"a","on":true,"size":7,"words":["x","y"],"inner":{"deep":"z"},"nothing":null})",
           [](Reader& in) {
             EXPECT_EQ(in.text("name", {1, 5}), "a");
             EXPECT_EQ(in.maybe_flag("on"), true);
             EXPECT_EQ(in.maybe_integer("size", 0, 10), 7);
             EXPECT_EQ(in.maybe_texts("words", 2, {1, 1}), (std::vector<std::string>{"x", "y"}));
             EXPECT_TRUE(in.object("inner", [](Reader& inner) { EXPECT_EQ(inner.text("deep", {}), "z"); }));
             EXPECT_TRUE(in.null("nothing"));
             EXPECT_FALSE(in.maybe_text("nothing", {}));
             EXPECT_FALSE(in.maybe_text("absent", {}));
           });
  EXPECT_FALSE(fault);
}

TEST(Reader, NamesTheOffender) {
  const auto in_lists = [](Reader& in) {
    in.objects("parts", 3, [](Reader& part) { part.text("text", {1, 3}); });
  };
  EXPECT_EQ(read(R"({"parts":[{"text":"a"},{"text":""}]})", in_lists)->field, "parts[1].text");
  EXPECT_EQ(read(R"({"parts":[{"text":"long"}]})", in_lists)->code, "too_long");
  EXPECT_EQ(read(R"({"parts":[{"text":"a","b":1}]})", in_lists)->field, "parts[0].b");
  EXPECT_EQ(read(R"({"parts":[7]})", in_lists)->field, "parts[0]");
  EXPECT_EQ(read(R"({"parts":7})", in_lists)->code, "wrong_type");
  EXPECT_EQ(read(R"({"parts":[{"text":"a"},{"text":"a"},{"text":"a"},{"text":"a"}]})", in_lists)->code,
            "too_many");
  EXPECT_EQ(read(R"({"part":[]})", in_lists)->code, "unknown_member");
  EXPECT_EQ(read("[]", in_lists)->code, "wrong_type");
}

TEST(Reader, KeepsTheFirstFault) {
  const auto fault = read(R"({"a":1,"b":2})", [](Reader& in) {
    in.text("a", {});
    in.text("b", {});
  });
  EXPECT_EQ(fault->field, "a");
}

TEST(Reader, TakesWholeNumbersInRangeOnly) {
  const auto number = [](Reader& in) { in.maybe_integer("n", 1, 10); };
  EXPECT_FALSE(read(R"({"n":1e1})", number));
  EXPECT_EQ(read(R"({"n":1.5})", number)->code, "wrong_type");
  EXPECT_EQ(read(R"({"n":11})", number)->code, "out_of_range");
  EXPECT_EQ(read(R"({"n":"1"})", number)->code, "wrong_type");
  EXPECT_EQ(read(R"({"n":99999999999999999999})", number)->code, "wrong_type");
}

TEST(Json, WritesNestedValuesAndEscapes) {
  Json json;
  json.begin().field("a", "q\"\\\n\x01ü").field("b", 7).field("c", true).key("d").list().value(1).value("x");
  json.begin().end().end_list().field("e", std::optional<std::string>()).field("f", 0.5).end();
  EXPECT_EQ(json.take(),
            "{\"a\":\"q\\\"\\\\\\n\\u0001ü\",\"b\":7,\"c\":true,\"d\":[1,\"x\",{}],\"e\":null,\"f\":0.5}");
}

TEST(Problem, SaysWhatToDoAndWhen) {
  const auto response = problem({.kind = FaultKind::throttled,
                                 .code = "slow_down",
                                 .text = "Too fast.",
                                 .remedy = "Wait.",
                                 .retry_after = std::chrono::milliseconds(1500)},
                                "r1");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(wire::header(response.headers, "retry-after"), "2");
  EXPECT_NE(response.body.find("\"request_id\":\"r1\""), std::string::npos);
  EXPECT_EQ(status_of({.kind = FaultKind::closed, .code = "revision"}), 412);
  EXPECT_EQ(status_of({.kind = FaultKind::closed, .code = "other"}), 409);
  EXPECT_EQ(status_of(not_found("post")), 404);
}

}  // namespace
}  // namespace carillon::api
