#include "base/instant.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace carillon {
namespace {

TEST(Instant, IsWrittenWithTheDigitsItNeeds) {
  EXPECT_EQ(to_text(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_text(Instant::from_seconds(1'795'167'000)), "2026-11-20T09:30:00Z");
  EXPECT_EQ(to_text(Instant::from_millis(1'795'167'000'250)), "2026-11-20T09:30:00.250Z");
  EXPECT_EQ(to_text(Instant{1'795'167'000'000'001}), "2026-11-20T09:30:00.000001Z");
  EXPECT_EQ(to_text(Instant{-1}), "1969-12-31T23:59:59.999999Z");
}

struct Example {
  const char* text;
  const char* utc;
};

TEST(Instant, ReadsEveryFormOfRfc3339) {
  const Example examples[] = {
      {"2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"},
      {"2026-11-20t09:30:00z", "2026-11-20T09:30:00Z"},
      {"2026-11-20T09:30:00+01:00", "2026-11-20T08:30:00Z"},
      {"2026-11-20T09:30:00-05:30", "2026-11-20T15:00:00Z"},
      {"2026-11-20T09:30:00-00:00", "2026-11-20T09:30:00Z"},
      {"2026-01-01T00:30:00+14:00", "2025-12-31T10:30:00Z"},
      {"2025-12-31T23:30:00-01:00", "2026-01-01T00:30:00Z"},
      {"2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"},
      {"2000-02-29T23:59:59.999999+00:00", "2000-02-29T23:59:59.999999Z"},
      {"2024-02-28T23:30:00-01:00", "2024-02-29T00:30:00Z"},
      {"2026-11-20T09:30:00.5Z", "2026-11-20T09:30:00.500Z"},
      {"2026-11-20T09:30:00.000250Z", "2026-11-20T09:30:00.000250Z"},
      {"2026-11-20T09:30:00.123456789Z", "2026-11-20T09:30:00.123456Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z"},
      {"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
  };
  for (const auto& [text, utc] : examples) {
    const auto at = parse_instant(text);
    ASSERT_TRUE(at) << text << ": " << at.error().text;
    EXPECT_EQ(to_text(*at), utc) << text;
  }
}

TEST(Instant, RefusesWhatIsNoTime) {
  for (const char* text : {"",
                           "now",
                           "1795167000",
                           "2026-11-20",
                           "2026-11-20T09:30Z",
                           "2026-11-20T09:30:00",
                           "2026-11-20 09:30:00Z",
                           "2026-11-20T9:30:00Z",
                           "2026-1-20T09:30:00Z",
                           "26-11-20T09:30:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-11-31T00:00:00Z",
                           "2026-11-00T00:00:00Z",
                           "2025-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "2026-11-20T24:00:00Z",
                           "2026-11-20T09:60:00Z",
                           "2026-11-20T09:30:61Z",
                           "2026-11-20T09:30:60Z",
                           "2016-12-31T23:59:60+01:00",
                           "2026-11-20T09:30:00.Z",
                           "2026-11-20T09:30:00,5Z",
                           "2026-11-20T09:30:00.1234567890Z",
                           "2026-11-20T09:30:00+0100",
                           "2026-11-20T09:30:00+1:00",
                           "2026-11-20T09:30:00+24:00",
                           "2026-11-20T09:30:00+01:60",
                           "2026-11-20T09:30:00 01:00",
                           "2026-11-20T09:30:00ZZ",
                           "2026-11-20T09:30:00Z ",
                           " 2026-11-20T09:30:00Z",
                           "+2026-11-20T09:30:00Z",
                           "-026-11-20T09:30:00Z"}) {
    EXPECT_FALSE(parse_instant(text)) << text;
  }
}

TEST(Instant, RefusalSaysWhatWasSeenAndShowsAnExample) {
  const auto at = parse_instant("tomorrow at nine");
  ASSERT_FALSE(at);
  EXPECT_EQ(at.error().kind, FaultKind::invalid);
  EXPECT_EQ(at.error().code, "bad_time");
  EXPECT_NE(at.error().text.find("\"tomorrow at nine\""), std::string::npos);
  EXPECT_NE(at.error().remedy.find("2026-11-20T09:30:00Z"), std::string::npos);
  EXPECT_LT(parse_instant(std::string(100'000, 'x')).error().text.size(), 300U);
}

TEST(Instant, EveryMicrosecondComesBack) {
  SeededRandom random(9);
  for (int i = 0; i < 20'000; ++i) {
    const Instant at{static_cast<int64_t>(random.below(253'402'300'800'000'000)) - 1'000'000'000'000'000};
    const auto back = parse_instant(to_text(at));
    ASSERT_TRUE(back) << to_text(at);
    EXPECT_EQ(*back, at);
  }
}

TEST(Instant, ArithmeticIsInMicroseconds) {
  const Instant at = Instant::from_seconds(10);
  EXPECT_EQ((at + 250ms).us, 10'250'000);
  EXPECT_EQ((at - 1s).seconds(), 9);
  EXPECT_EQ(at + 1min - at, Duration(60'000'000));
  EXPECT_LT(at, Instant::never());
}

}  // namespace
}  // namespace carillon
