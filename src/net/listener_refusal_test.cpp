// What is refused before anybody sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "net/testing/listener_fixture.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;
using testing::echo;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Listeners;
using ::testing::Not;
using testing::post;
using ::testing::StartsWith;

struct Bad {
  const char* name;
  std::string text;
  int status;
};

class BadRequests : public Listeners, public ::testing::WithParamInterface<Bad> {};

TEST_P(BadRequests, AreRefusedAndTheConnectionEnds) {
  bool asked = false;
  open([&](Exchange& exchange) -> asio::awaitable<void> {
    asked = true;
    auto body = co_await exchange.body(1 << 20);
    co_await exchange.reply({.status = body ? 200 : 400, .body = body ? "fine" : body.error().text});
  });
  const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string out = all_for(GetParam().text + smuggled);
  EXPECT_THAT(out, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
  EXPECT_THAT(out, HasSubstr("Connection: close\r\n"));
  EXPECT_EQ(out.find("HTTP/1.1", 5), std::string::npos) << "something was answered after it";
  EXPECT_THAT(out, Not(HasSubstr("fine")));
  if (!asked) EXPECT_THAT(out, HasSubstr("application/problem+json"));
}

INSTANTIATE_TEST_SUITE_P(
    Smuggling, BadRequests,
    ::testing::Values(
        Bad{"LengthAndChunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400},
        Bad{"ChunkedAndLength", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
            400},
        Bad{"TwoLengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400},
        Bad{"TwoEqualLengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400},
        Bad{"LengthList", post("Content-Length: 5, 5\r\n", "hello"), 400},
        Bad{"SignedLength", post("Content-Length: +5\r\n", "hello"), 400},
        Bad{"NegativeLength", post("Content-Length: -5\r\n", "hello"), 400},
        Bad{"HexLength", post("Content-Length: 0x5\r\n", "hello"), 400},
        Bad{"EmptyLength", post("Content-Length: \r\n", "hello"), 400},
        Bad{"GiantLength", post("Content-Length: 99999999999999999999\r\n", "hello"), 400},
        Bad{"TwoCodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400},
        Bad{"OtherCoding", post("Transfer-Encoding: gzip\r\n"), 501},
        Bad{"CodingList", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        Bad{"DoubleChunked", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501},
        Bad{"CodingWithTab",
            post("Transfer-Encoding: \x0b"
                 "chunked\r\n",
                 "0\r\n\r\n"),
            400},
        Bad{"SpaceBeforeColon", post("Content-Length : 5\r\n", "hello"), 400},
        Bad{"FoldedHeader", post("X-A: b\r\n c\r\n"), 400},
        Bad{"FoldedWithTab", post("X-A: b\r\n\tc\r\n"), 400},
        Bad{"FirstHeaderFolded", "GET / HTTP/1.1\r\n Host: x\r\nHost: x\r\n\r\n", 400},
        Bad{"BareLineFeed", "GET / HTTP/1.1\nHost: x\n\n", 400},
        Bad{"BareLineFeedInHeader", post("X-A: b\nX-C: d\r\n"), 400},
        Bad{"BareCarriageReturn", post("X-A: b\rX-C: d\r\n"), 400},
        Bad{"NulInHeader", post(std::string("X-A: b\0c\r\n", 10)), 400},
        Bad{"ChunkedInHttp10", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        Bad{"BadChunkSize", post("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n"), 400},
        Bad{"EmptyChunkSize", post("Transfer-Encoding: chunked\r\n", "\r\nabc\r\n0\r\n\r\n"), 400},
        Bad{"GiantChunkSize", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff1\r\n"), 400},
        Bad{"SpaceInChunkSize", post("Transfer-Encoding: chunked\r\n", "3 \r\nabc\r\n0\r\n\r\n"), 400},
        Bad{"ChunkTooLong", post("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"), 400},
        Bad{"BareLineFeedInChunk", post("Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n"), 400},
        Bad{"LongExtension",
            post("Transfer-Encoding: chunked\r\n", "3;" + std::string(300, 'e') + "\r\nabc\r\n0\r\n\r\n"),
            400},
        Bad{"EndlessTrailers", post("Transfer-Encoding: chunked\r\n", "0\r\nX: " + std::string(5000, 't')),
            400}),
    [](const auto& each) { return each.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Malformed, BadRequests,
    ::testing::Values(
        Bad{"Garbage", "\x16\x03\x01 hello\r\n\r\n", 400}, Bad{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Bad{"TwoHosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Bad{"OldVersion", "GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505},
        Bad{"NewVersion", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        Bad{"NoVersion", "GET /\r\nHost: x\r\n\r\n", 400},
        Bad{"EmptyLines", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        Bad{"HeaderWithoutColon", post("X-A\r\n"), 400}, Bad{"EmptyHeaderName", post(": a\r\n"), 400},
        Bad{"OtherExpectation", post("Expect: cake\r\n"), 417},
        Bad{"LongTarget", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        Bad{"EndlessTarget", "GET /" + std::string(20000, 'a'), 414},
        Bad{"LongHeader", post("X-A: " + std::string(17000, 'a') + "\r\n"), 431},
        Bad{"EndlessHeader", "GET / HTTP/1.1\r\nHost: x\r\nX-A: " + std::string(30000, 'a'), 431},
        Bad{"ManyHeaders", post([] {
              std::string all;
              for (int i = 0; i < 100; ++i) all += "A: b\r\n";
              return all;
            }()),
            431}),
    [](const auto& each) { return each.param.name; });

TEST_F(Listeners, TakeExactlyTheHeadersTheyPromise) {
  open();
  std::string headers;
  for (int i = 0; i < 99; ++i) headers += "A: b\r\n";
  EXPECT_THAT(one_for(post(headers + "", "")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Listeners, ForgiveOneEmptyLineBeforeARequest) {
  open();
  EXPECT_THAT(one_for("\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n"), EndsWith("GET /x "));
}

TEST_F(Listeners, ReadChunkedBodiesWithExtensionsAndTrailers) {
  open();
  const std::string body = "3;a=b\r\nabc\r\n0A\r\n0123456789\r\n0\r\nX-Sum: 1\r\n\r\n";
  const std::string out = all_for(post("Transfer-Encoding: Chunked\r\n", body) +
                                  "GET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("POST / abc0123456789HTTP/1.1 200"));
  EXPECT_THAT(out, EndsWith("GET /next "));
}

}  // namespace
}  // namespace carillon::net
