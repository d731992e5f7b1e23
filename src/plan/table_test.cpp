#include "plan/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace carillon::plan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::vector<std::string>> rows(std::string_view text) {
  std::vector<std::vector<std::string>> all;
  const auto table = parse_table(text);
  if (!table) return {{"fault: " + table.error().code}};
  all.push_back(table->header);
  for (const auto& record : table->records) all.push_back(record.fields);
  return all;
}

using Row = std::vector<std::string>;

TEST(Table, ReadsRecordsWithEitherLineEndAndWithoutALastOne) {
  const std::vector<Row> wanted = {{"a", "b"}, {"1", "2"}, {"3", ""}};
  EXPECT_EQ(rows("a,b\n1,2\n3,\n"), wanted);
  EXPECT_EQ(rows("a,b\r\n1,2\r\n3,\r\n"), wanted);
  EXPECT_EQ(rows("a,b\r1,2\r3,"), wanted);
  EXPECT_EQ(rows("a,b\n1,2\n3,"), wanted);
}

TEST(Table, KeepsQuotesSeparatorsAndLineEndsInsideOfQuotes) {
  EXPECT_EQ(rows("text,n\n\"He said \"\"no\"\",\r\nand left\",1\n\"\",2\n"),
            (std::vector<Row>{{"text", "n"}, {"He said \"no\",\r\nand left", "1"}, {"", "2"}}));
}

TEST(Table, AQuoteInTheMiddleOfAFieldIsAQuote) {
  EXPECT_EQ(rows("a,b\n5\" pan,\"x\" y\n"), (std::vector<Row>{{"a", "b"}, {"5\" pan", "x y"}}));
}

TEST(Table, TakesAByteOrderMarkAway) {
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a,b\n1,2\n"),
            (std::vector<Row>{{"a", "b"}, {"1", "2"}}));
}

TEST(Table, TellsWhatSeparatesByItsFirstLine) {
  EXPECT_EQ(rows("a;b;c\n1,5;2;3\n"), (std::vector<Row>{{"a", "b", "c"}, {"1,5", "2", "3"}}));
  EXPECT_EQ(rows("a\tb\n1\t2;3\n"), (std::vector<Row>{{"a", "b"}, {"1", "2;3"}}));
  EXPECT_EQ(rows("\"a;b\",c\n1,2\n"), (std::vector<Row>{{"a;b", "c"}, {"1", "2"}}));
}

TEST(Table, KnowsInWhichLineARecordBegins) {
  const auto table = parse_table("a\n\"one\ntwo\"\n\n\nthree\n").value();
  ASSERT_EQ(table.records.size(), 2U);
  EXPECT_EQ(table.records[0].line, 2U);
  EXPECT_EQ(table.records[1].line, 6U);
}

TEST(Table, LeavesEmptyLinesOutAndRowsOfOtherLengthsAsTheyAre) {
  EXPECT_EQ(rows("a,b\n\n , \n1\n1,2,3\n"), (std::vector<Row>{{"a", "b"}, {"1"}, {"1", "2", "3"}}));
}

TEST(Table, RefusesWhatIsNoTable) {
  EXPECT_EQ(rows(""), (std::vector<Row>{{"fault: empty_table"}}));
  EXPECT_EQ(rows("\n\n"), (std::vector<Row>{{"fault: empty_table"}}));
  EXPECT_EQ(rows("a,b\nx,\xFF\n"), (std::vector<Row>{{"fault: not_utf8"}}));
  const auto open = parse_table("a,b\n1,2\n3,\"never\n\n");
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().code, "quote_open");
  EXPECT_THAT(open.error().text, HasSubstr("line 3"));
}

TEST(Table, OfAHeaderAloneHasNoRecords) {
  EXPECT_THAT(parse_table("a,b").value().records, IsEmpty());
  EXPECT_THAT(parse_table("a,b").value().header, ElementsAre("a", "b"));
}

}  // namespace
}  // namespace carillon::plan
