// For tests: runs one coroutine on an io_context until it ends. Nothing here sleeps; the time given is only
// how long a hanging test is allowed to hang. Thread: the test's.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace carillon::net::testing {

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> what) {
  bool ended = false;
  boost::asio::co_spawn(io, std::move(what), [&](std::exception_ptr thrown) {
    ended = true;
    io.stop();
    if (thrown) std::rethrow_exception(thrown);
  });
  io.restart();
  io.run_for(std::chrono::seconds(60));
  io.restart();
  EXPECT_TRUE(ended) << "the test hangs";
}

}  // namespace carillon::net::testing
