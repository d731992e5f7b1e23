// How answers leave, and how it ends.
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
using testing::RawClient;
using ::testing::StartsWith;

TEST_F(Listeners, GiveNoBodyToHead) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply({.status = 200, .body = "secret"});
  });
  const std::string out = all_for("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("Content-Length: 6\r\n"));
  EXPECT_THAT(out, EndsWith("\r\n\r\n"));
}

TEST_F(Listeners, GiveNoLengthToNoContent) {
  open([](Exchange& exchange) -> asio::awaitable<void> { co_await exchange.reply({.status = 204}); });
  EXPECT_THAT(one_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), Not(HasSubstr("Content-Length")));
}

TEST_F(Listeners, KeepHeaderValuesOnOneLine) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply(
        {.status = 200, .headers = {{"X-Name", "a\r\nX-Evil: b"}, {"Content-Length", "99"}}, .body = "ok"});
  });
  const std::string out = one_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("X-Name: a  X-Evil: b\r\n"));
  EXPECT_THAT(out, HasSubstr("Content-Length: 2\r\n"));
  EXPECT_THAT(out, Not(HasSubstr("99")));
}

TEST_F(Listeners, SendLargeAndStaticBodiesWhole) {
  static const std::string large(5'000'000, 'z');
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.reply_static(200, {{"ETag", "\"1\""}}, std::as_bytes(std::span(large)));
  });
  const std::string out = one_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(out, StartsWith("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 5000000\r\n"));
  EXPECT_TRUE(out.ends_with("\r\n\r\n" + large));
}

TEST_F(Listeners, StreamInChunks) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.begin(200, {{"Content-Type", "text/event-stream"}});
    co_await exchange.write("data: 1\n\n");
    co_await exchange.write("");
    co_await exchange.write("data: 2\n\n");
  });
  const std::string out =
      all_for("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(out, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(out, HasSubstr("\r\n\r\n9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\nHTTP/1.1 200"));
  EXPECT_THAT(out, EndsWith("0\r\n\r\n"));
}

TEST_F(Listeners, StreamWithAKnownLength) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.begin(200, {{"Content-Length", "6"}});
    co_await exchange.write("abc");
    co_await exchange.write("def");
  });
  const std::string out = one_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(out, EndsWith("\r\n\r\nabcdef"));
  EXPECT_THAT(out, Not(HasSubstr("chunked")));
}

TEST_F(Listeners, AnIncompleteStreamLooksIncomplete) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.begin(200, {});
    co_await exchange.write("abc");
    throw std::runtime_error("the disk is gone");
  });
  EXPECT_THAT(all_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), EndsWith("3\r\nabc\r\n"));
  EXPECT_THAT(logged, ElementsAre("While answering GET /: the disk is gone"));
}

TEST_F(Listeners, NoticeThatAStreamsReaderLeft) {
  for (const bool rudely : {false, true}) {
    bool begun = false, alive = true, waits = true;
    open([&](Exchange& exchange) -> asio::awaitable<void> {
      begun = co_await exchange.begin(200, {});
      while (waits) co_await asio::post(io, asio::use_awaitable);
      alive = co_await exchange.write(": ping\n\n");
    });
    testing::run(io,
                 [](asio::io_context& context, Listener& l, bool rude, bool& wait) -> asio::awaitable<void> {
                   RawClient client(context, l.port());
                   co_await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                   co_await client.until("\r\n\r\n");
                   rude ? client.reset() : client.close();
                   wait = false;
                   while (l.connections() > 0) co_await asio::post(context, asio::use_awaitable);
                 }(io, *listener, rudely, waits));
    EXPECT_TRUE(begun);
    EXPECT_FALSE(alive);
  }
}

TEST_F(Listeners, TurnWhatAHandlerThrowsIntoAnAnswerWithoutDetails) {
  open([](Exchange&) -> asio::awaitable<void> {
    throw std::runtime_error("no such table: secrets");
    co_return;
  });
  const std::string out = one_for("GET /a?token=abc HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(out, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(out, Not(HasSubstr("secrets")));
  EXPECT_THAT(logged, ElementsAre("While answering GET /a: no such table: secrets"));
}

TEST_F(Listeners, TurnAHandlerThatForgotToAnswerIntoAnAnswer) {
  open([](Exchange&) -> asio::awaitable<void> { co_return; });
  EXPECT_THAT(one_for("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), StartsWith("HTTP/1.1 500 "));
}

TEST_F(Listeners, CutOffAsRudelyAsAsked) {
  open([](Exchange& exchange) -> asio::awaitable<void> {
    co_await exchange.cut(exchange.target() == "/half" ? "HTTP/1.1 200 OK\r\nCont" : "");
  });
  EXPECT_EQ(all_for("GET /half HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 200 OK\r\nCont");
  EXPECT_EQ(all_for("GET /none HTTP/1.1\r\nHost: x\r\n\r\n"), "");
}

// ---- the end ----

TEST_F(Listeners, StopFinishesWhatIsBeingAnsweredAndClosesTheRest) {
  bool go_on = false;
  open([&](Exchange& exchange) -> asio::awaitable<void> {
    while (!go_on) co_await asio::post(io, asio::use_awaitable);
    co_await exchange.reply({.status = 200, .body = "finished"});
  });
  std::string idle_got = "?", busy_got;
  testing::run(io,
               [](asio::io_context& context, Listener& l, bool& go, std::string& idle,
                  std::string& busy) -> asio::awaitable<void> {
                 RawClient one(context, l.port()), other(context, l.port());
                 co_await other.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                 while (l.connections() < 2) co_await asio::post(context, asio::use_awaitable);
                 for (int turn = 0; turn < 20; ++turn) co_await asio::post(context, asio::use_awaitable);
                 l.stop();
                 idle = co_await one.rest();
                 go = true;
                 busy = co_await other.rest();
                 while (l.connections() > 0) co_await asio::post(context, asio::use_awaitable);
                 boost::system::error_code error;
                 asio::ip::tcp::socket late(context);
                 late.connect({asio::ip::make_address("127.0.0.1"), l.port()}, error);
                 EXPECT_EQ(error, asio::error::connection_refused);
               }(io, *listener, go_on, idle_got, busy_got));
  EXPECT_EQ(idle_got, "");
  EXPECT_THAT(busy_got, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(busy_got, EndsWith("finished"));
}

TEST_F(Listeners, CutEndsAStreamThatWouldNotEnd) {
  open([&](Exchange& exchange) -> asio::awaitable<void> {
    bool on = co_await exchange.begin(200, {});
    while (on) {
      on = co_await exchange.write("x");
      co_await asio::post(io, asio::use_awaitable);
    }
  });
  testing::run(io, [](asio::io_context& context, Listener& l) -> asio::awaitable<void> {
    RawClient client(context, l.port());
    co_await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    co_await client.until("x");
    l.cut();
    while (l.connections() > 0) co_await asio::post(context, asio::use_awaitable);
    co_await client.rest();
  }(io, *listener));
  EXPECT_EQ(listener->connections(), 0U);
}

TEST_F(Listeners, SayWhatIsWrongWithAnAddress) {
  for (const char* address :
       {"", "nonsense", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "example.org:80"}) {
    EXPECT_THROW(Listener(io, address, echo, {}), std::runtime_error) << address;
  }
  const Listener& taken = open();
  try {
    Listener second(io, "127.0.0.1:" + std::to_string(taken.port()), echo, {});
    ADD_FAILURE() << "two listeners on one port";
  } catch (const std::runtime_error& thrown) {
    EXPECT_THAT(thrown.what(), StartsWith("Cannot listen on 127.0.0.1:"));
  }
}

TEST_F(Listeners, ListenOnIpv6) {
  Listener six(io, "[::1]:0", echo, {});
  EXPECT_GT(six.port(), 0);
}

}  // namespace
}  // namespace carillon::net
