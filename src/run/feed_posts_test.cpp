#include "run/feed_posts.h"

#include <gtest/gtest.h>

namespace carillon::run {
namespace {

FeedAnswer answered(const std::string& type) {
  const std::string body = "<rss><channel><item><title>Fr\xfchling</title></item></channel></rss>";
  return read_feed_answer(wire::Response{.status = 200, .headers = {{"Content-Type", type}}, .body = body},
                          "https://bells.example/feed.xml");
}

TEST(FeedAnswers, AreReadInTheEncodingThatTheServerNames) {
  for (const char* type :
       {"text/xml; charset=windows-1252", "application/rss+xml;charset=\"ISO-8859-1\"; v=2"}) {
    const FeedAnswer answer = answered(type);
    ASSERT_TRUE(answer.file) << answer.trouble;
    EXPECT_EQ(answer.file->items.at(0).title, "Frühling") << type;
  }
}

TEST(FeedAnswers, InNoKnownEncodingSayWhatIsWrong) {
  for (const char* type : {"text/xml", "text/xml; charset=", "text/xml; charset=klingon"}) {
    const FeedAnswer answer = answered(type);
    EXPECT_FALSE(answer.file);
    EXPECT_NE(answer.trouble.find("UTF-8"), std::string::npos) << answer.trouble;
  }
}

}  // namespace
}  // namespace carillon::run
