// What the readers of heads and chunks decide must not depend on how the bytes happened to arrive, and no
// bytes may confuse them.
#include "net/head_reader.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "net/chunks.h"
#include "net/head_writer.h"

namespace carillon::net {
namespace {

// Mutates a text that makes sense: pure noise is refused in its first byte.
std::string damaged(std::string text, Random& random) {
  static constexpr std::string_view spice = "\r\n\t :;,=0159afAF\0\x80\xff";
  for (uint64_t i = random.below(4); i > 0; --i) {
    const size_t at = random.below(text.size());
    switch (random.below(3)) {
      case 0: text[at] = spice[random.below(spice.size())]; break;
      case 1: text.erase(at, random.below(4)); break;
      default: text.insert(at, 1, spice[random.below(spice.size())]);
    }
    if (text.empty()) text = "x";
  }
  return text;
}

struct Decision {
  HeadScan::Found found = HeadScan::Found::nothing_yet;
  size_t end = 0;
  int status = 0;
  std::string target;
  uint64_t length = 0;
  bool chunked = false;
  bool operator==(const Decision&) const = default;
};

Decision decide(std::string_view text, size_t step) {
  const ListenLimits limits;
  HeadScan scan;
  Decision decision;
  for (size_t size = 0; size < text.size() && decision.found == HeadScan::Found::nothing_yet;) {
    size = std::min(text.size(), size + step);
    decision.found = scan.look(text.substr(0, size), limits);
  }
  decision.status = decision.found == HeadScan::Found::fault ? scan.refusal().status : 0;
  if (decision.found != HeadScan::Found::head) return decision;
  decision.end = scan.end();
  RequestHead head;
  const auto refusal = read_head(text.substr(scan.begin(), scan.end() - scan.begin()), limits, head);
  if (refusal) {
    decision.status = refusal->status;
  } else {
    decision.target = head.target;
    decision.length = head.length;
    decision.chunked = head.chunked;
  }
  return decision;
}

TEST(Heads, AreReadTheSameHoweverTheyArrive) {
  SeededRandom random(1);
  const std::string good =
      "POST /a/b?c=d HTTP/1.1\r\nHost: example.org\r\nContent-Length: 15\r\nX-Y: z, \"q\"\r\nAccept: "
      "*/*\r\n\r\nbody of it";
  int read = 0, refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = damaged(good, random);
    const Decision at_once = decide(text, text.size());
    ASSERT_EQ(decide(text, 1), at_once) << text;
    ASSERT_EQ(decide(text, 1 + random.below(30)), at_once) << text;
    ++(at_once.status == 0 ? read : refused);
  }
  EXPECT_GT(read, 1000);
  EXPECT_GT(refused, 1000);
}

std::pair<Chunks::State, std::string> decode(std::string_view text, size_t step, size_t room) {
  Chunks chunks;
  std::string out;
  while (!text.empty() && chunks.state() == Chunks::State::reading) {
    std::string_view piece = text.substr(0, step);
    const size_t offered = piece.size();
    chunks.take(piece, out, room);
    text.remove_prefix(offered - piece.size());
  }
  return {chunks.state(), out};
}

TEST(ChunkedBodies, AreReadTheSameHoweverTheyArrive) {
  SeededRandom random(2);
  const std::string good =
      "5;name=\"v\"\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nX-Trailer: yes\r\n\r\n";
  EXPECT_EQ(decode(good, 1000, 1000),
            std::pair(Chunks::State::done, std::string("helloabcdefghijklmnopqrstuvwxyz")));
  int done = 0, broken = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = damaged(good, random);
    const auto at_once = decode(text, text.size(), 1000);
    ASSERT_EQ(decode(text, 1, 1000), at_once) << text;
    ASSERT_EQ(decode(text, 1 + random.below(20), 1 + random.below(20)), at_once) << text;
    done += at_once.first == Chunks::State::done ? 1 : 0;
    broken += at_once.first == Chunks::State::broken ? 1 : 0;
  }
  EXPECT_GT(done, 1000);
  EXPECT_GT(broken, 1000);
}

TEST(ChunkedBodies, LeaveWhatComesAfterThem) {
  Chunks chunks;
  std::string out;
  std::string_view raw = "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n";
  EXPECT_EQ(chunks.take(raw, out, 100), Chunks::State::done);
  EXPECT_EQ(out, "a");
  EXPECT_EQ(raw, "GET / HTTP/1.1\r\n");
}

TEST(Dates, AreWrittenAsHttpWantsThem) {
  EXPECT_EQ(http_date(Instant::from_seconds(784'111'777)),
            "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 section 5.6.7
  EXPECT_EQ(http_date(Instant::from_seconds(1'709'164'800)), "Thu, 29 Feb 2024 00:00:00 GMT");
}

}  // namespace
}  // namespace carillon::net
