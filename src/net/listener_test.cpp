#include "net/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
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
using testing::RawClient;
using ::testing::StartsWith;

TEST_F(Listeners, AnswerARequest) {
  open();
  EXPECT_EQ(one_for("POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n"
            "Date: Fri, 20 Nov 2026 09:30:00 GMT\r\n\r\nPOST /a?b=c hello");
}

TEST_F(Listeners, TellHeadersAndPeer) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    const auto value = wire::header(exchange.headers(), "x-a").value_or("none");
    co_await exchange.reply({.status = 200, .body = std::string(value) + "|" + std::string(exchange.peer())});
  });
  EXPECT_THAT(one_for("GET / HTTP/1.1\r\nHost: x\r\nX-A:  b c \r\n\r\n"), EndsWith("b c|127.0.0.1"));
}

TEST_F(Listeners, ForgetTheHeadersOfTheRequestBefore) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply({.status = 200, .body = std::to_string(exchange.headers().size())});
  });
  const std::string out = all_for(
      "GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\nB: 2\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: "
      "close\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("\r\n\r\n3HTTP"));
  EXPECT_THAT(out, EndsWith("\r\n\r\n2"));
}

TEST_F(Listeners, AnswerPipelinedRequestsInOrder) {
  open();
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok";
  text += "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  const std::string out = all_for(text);
  size_t at = 0;
  for (int i = 0; i < 50; ++i) {
    at = out.find("POST /" + std::to_string(i) + " ok", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_THAT(out, EndsWith("GET /last "));
}

TEST_F(Listeners, ReadARequestThatArrivesByteByByte) {
  open();
  std::string heard;
  testing::run(io, [](asio::io_context& context, uint16_t port, std::string& out) -> asio::awaitable<void> {
    RawClient client(context, port);
    for (const char c : std::string(
             "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
      co_await client.send(std::string(1, c));
      co_await asio::post(context, asio::use_awaitable);
    }
    out = co_await client.answer();
  }(io, listener->port(), heard));
  EXPECT_THAT(heard, EndsWith("POST /x abc"));
}

TEST_F(Listeners, ServeSixtyFourConnectionsAtOnce) {
  open();
  int answered = 0;
  for (int i = 0; i < 64; ++i) {
    asio::co_spawn(
        io,
        [](asio::io_context& context, uint16_t port, int& count) -> asio::awaitable<void> {
          RawClient client(context, port);
          for (int round = 0; round < 50; ++round) {
            co_await client.send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok");
            const std::string heard = co_await client.answer();
            count += heard.ends_with("POST /x ok") ? 1 : 0;
          }
          if (count == 64 * 50) context.stop();
        }(io, listener->port(), answered),
        asio::detached);
  }
  io.run_for(std::chrono::seconds(60));
  EXPECT_EQ(answered, 64 * 50);
}

// ---- limits on bodies ----

TEST_F(Listeners, RefuseABodyThatIsTooLarge) {
  open();
  for (const std::string& text :
       {post("Content-Length: 1001\r\n", std::string(1001, 'a')), post("Content-Length: 900000000\r\n"),
        post("Transfer-Encoding: chunked\r\n", "3e9\r\n" + std::string(1001, 'a') + "\r\n0\r\n\r\n")}) {
    const std::string out = all_for(text);
    EXPECT_THAT(out, StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(out, HasSubstr("Connection: close"));
    EXPECT_THAT(out, EndsWith("POST / too_large"));
  }
  EXPECT_THAT(one_for(post("Content-Length: 1000\r\n", std::string(1000, 'a'))), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(
      one_for(post("Transfer-Encoding: chunked\r\n", "3e8\r\n" + std::string(1000, 'a') + "\r\n0\r\n\r\n")),
      StartsWith("HTTP/1.1 200 "));
}

TEST_F(Listeners, ALargeUploadRefusedUnreadStillGetsItsAnswer) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply({.status = 403, .body = "no"});
  });
  const std::string out = all_for(post("Content-Length: 500000\r\n", std::string(500000, 'a')));
  EXPECT_THAT(out, StartsWith("HTTP/1.1 403 "));
  EXPECT_THAT(out, EndsWith("no"));
}

TEST_F(Listeners, ASmallBodyLeftUnreadDoesNotCostTheConnection) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply({.status = 200, .body = std::string(exchange.target())});
  });
  const std::string out = all_for(
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nGET GET /b HTTP/1.1\r\nHost: x\r\nConnection: "
      "close\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("/aHTTP/1.1"));
  EXPECT_THAT(out, EndsWith("/b"));
}

TEST_F(Listeners, GiveALargeBodyInPieces) {
  size_t pieces = 0, bytes = 0, largest = 0;
  open([&](Exchange& exchange) -> asio::awaitable<void> {
    while (true) {
      auto piece = co_await exchange.piece();
      if (!piece || piece->empty()) break;
      ++pieces;
      bytes += piece->size();
      largest = std::max(largest, piece->size());
    }
    co_await exchange.reply({.status = 200, .body = std::to_string(exchange.body_length().value_or(0))});
  });
  EXPECT_THAT(one_for(post("Content-Length: 3000000\r\n", std::string(3'000'000, 'v'))),
              EndsWith("\r\n3000000"));
  EXPECT_EQ(bytes, 3'000'000U);
  EXPECT_GT(pieces, 10U);
  EXPECT_LE(largest, 64U << 10);
}

TEST_F(Listeners, SayWhenABodyEndsTooSoon) {
  std::string code;
  open([&](Exchange& exchange) -> asio::awaitable<void> {
    auto body = co_await exchange.body(100);
    code = body ? "fine" : body.error().code;
    co_await exchange.reply({.status = 400});
  });
  testing::run(io, [](asio::io_context& context, uint16_t port) -> asio::awaitable<void> {
    RawClient client(context, port);
    co_await client.send(post("Content-Length: 10\r\n", "half"));
    client.socket().shutdown(asio::socket_base::shutdown_send);
    co_await client.rest();
  }(io, listener->port()));
  EXPECT_EQ(code, "bad_body");
}

TEST_F(Listeners, AskForTheBodyOnlyWhenSomebodyWantsIt) {
  open();
  std::string first, second;
  testing::run(io,
               [](asio::io_context& context, uint16_t port, std::string& interim,
                  std::string& answer) -> asio::awaitable<void> {
                 RawClient client(context, port);
                 co_await client.send(post("Expect: 100-continue\r\nContent-Length: 5\r\n"));
                 interim = co_await client.answer();
                 co_await client.send("hello");
                 answer = co_await client.answer();
               }(io, listener->port(), first, second));
  EXPECT_EQ(first, "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(second, EndsWith("POST / hello"));
}

TEST_F(Listeners, AnExpectedBodyNobodyWantsEndsTheConnection) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply({.status = 401, .body = "who"});
  });
  const std::string out = all_for(post("Expect: 100-continue\r\nContent-Length: 5\r\n"));
  EXPECT_THAT(out, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(out, Not(HasSubstr("100 Continue")));
}

// ---- time ----

ListenLimits short_times() {
  return {.header_time = std::chrono::milliseconds(40), .idle_time = std::chrono::milliseconds(80)};
}

TEST_F(Listeners, CutOffASlowHeader) {
  open(echo, short_times());
  const std::string out = all_for("GET / HTTP/1.1\r\nHost: ");
  EXPECT_THAT(out, StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(out, HasSubstr("took too long"));
}

TEST_F(Listeners, CloseAnIdleConnectionWithoutAWord) {
  open(echo, short_times());
  EXPECT_EQ(all_for(""), "");
  const std::string out = all_for("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(out, EndsWith("GET /x "));
}

TEST_F(Listeners, CutOffASlowBody) {
  std::string code;
  open(
      [&](Exchange& exchange) -> asio::awaitable<void> {
        auto body = co_await exchange.body(100);
        code = body ? "fine" : body.error().code;
        co_await exchange.reply({.status = 408});
      },
      short_times());
  const std::string out = all_for(post("Content-Length: 10\r\n", "half"));
  EXPECT_EQ(code, "too_slow");
  EXPECT_THAT(out, StartsWith("HTTP/1.1 408 "));
}

TEST_F(Listeners, CutOffAClientThatReadsNothing) {
  bool went = true;
  open(
      [&](Exchange& exchange) -> asio::awaitable<void> {
        const std::string much(1 << 20, 'x');
        went = co_await exchange.begin(200, {});
        while (went) went = co_await exchange.write(much);
        exchange.method();
      },
      short_times());
  testing::run(io, [](asio::io_context& context, Listener& l, bool& on) -> asio::awaitable<void> {
    RawClient client(context, l.port());
    co_await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    while (on || l.connections() > 0) co_await asio::post(context, asio::use_awaitable);
  }(io, *listener, went));
  EXPECT_FALSE(went);
}

// ---- connections ----

TEST_F(Listeners, TurnAwayMoreConnectionsThanAnAddressMayHave) {
  open(echo, {.connections_per_address = 3});
  std::string fourth, after;
  testing::run(io,
               [](asio::io_context& context, Listener& l, std::string& busy,
                  std::string& free) -> asio::awaitable<void> {
                 std::vector<std::unique_ptr<RawClient>> held;
                 for (int i = 0; i < 3; ++i) {
                   held.push_back(std::make_unique<RawClient>(context, l.port()));
                   co_await held.back()->send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                   co_await held.back()->answer();
                 }
                 RawClient one_more(context, l.port());
                 busy = co_await one_more.rest();
                 held.clear();
                 while (l.connections() > 0) co_await asio::post(context, asio::use_awaitable);
                 RawClient again(context, l.port());
                 co_await again.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                 free = co_await again.answer();
               }(io, *listener, fourth, after));
  EXPECT_THAT(fourth, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(fourth, HasSubstr("problem+json"));
  EXPECT_THAT(after, StartsWith("HTTP/1.1 200 "));
}

TEST_F(Listeners, TurnAwayMoreConnectionsThanTheyCanHold) {
  open(echo, {.connections = 1});
  std::string second;
  testing::run(io, [](asio::io_context& context, Listener& l, std::string& busy) -> asio::awaitable<void> {
    RawClient first(context, l.port());
    co_await first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    co_await first.answer();
    RawClient other(context, l.port());
    busy = co_await other.rest();
  }(io, *listener, second));
  EXPECT_THAT(second, StartsWith("HTTP/1.1 503 "));
}

TEST_F(Listeners, KeepHttp10ConnectionsOnlyWhenAsked) {
  open();
  EXPECT_THAT(all_for("GET /x HTTP/1.0\r\n\r\n"), HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(one_for("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
              HasSubstr("Connection: keep-alive\r\n"));
}

}  // namespace
}  // namespace carillon::net
