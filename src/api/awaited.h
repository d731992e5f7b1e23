// Waiting for other threads from a coroutine: the store, the HTTP client, the hashing threads. The coroutine
// goes on where it was, on its own io_context. What it waits for may refer to the coroutine's locals: they
// live until it goes on. (At the end of the program the store and the clients end before the io_context
// does.)
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/result.h"
#include "store/store.h"

namespace carillon::api {

template <class T>
using Awaitable = boost::asio::awaitable<T>;

// start(resume): begins the work; calls resume() exactly once, from any thread.
template <class Start>
Awaitable<void> awaited(Start start) {
  namespace asio = boost::asio;
  const auto executor = co_await asio::this_coro::executor;
  auto begin = [&start, &executor](auto handler) {
    start([executor, handler = std::move(handler)]() mutable { asio::post(executor, std::move(handler)); });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(begin, asio::use_awaitable);
}

// Runs work() on a pool's thread; gives what it gave, throws what it threw.
template <class Work>
auto on_threads(boost::asio::thread_pool& threads, Work work) -> Awaitable<std::invoke_result_t<Work&>> {
  std::optional<std::invoke_result_t<Work&>> out;
  std::exception_ptr broken;
  auto start = [&](auto resume) {
    boost::asio::post(threads, [&, resume = std::move(resume)]() mutable {
      try {
        out.emplace(work());
      } catch (...) {
        broken = std::current_exception();
      }
      resume();
    });
  };
  co_await awaited(std::move(start));
  if (broken) std::rethrow_exception(broken);
  co_return std::move(*out);
}

// Thrown inside a unit of work so that what a refusal leaves behind is undone; never seen outside.
struct RolledBack {};

template <class T>
constexpr bool is_result = false;
template <class T>
constexpr bool is_result<Result<T>> = true;

// Runs work(unit) in a transaction of the writer and gives what it gave once that is durable. A refusal
// (Result without a value) rolls back. The work may run more than once (after a deadlock): it must not use
// itself up. Throws what the work or the store threw.
template <class Work>
auto written(store::Store& store, Work work) -> Awaitable<std::invoke_result_t<Work&, store::Unit&>> {
  using Out = std::invoke_result_t<Work&, store::Unit&>;
  static_assert(is_result<Out>, "work says whether it was refused");
  std::optional<Out> out;
  std::exception_ptr broken;
  auto start = [&](auto resume) {
    store.write(
        [&](store::Unit& unit) {
          out.emplace(work(unit));
          if (!*out) throw RolledBack{};
        },
        [&, resume = std::move(resume)](std::exception_ptr failed) mutable {
          if (failed && !(out && !*out)) broken = failed;
          resume();
        });
  };
  co_await awaited(std::move(start));
  if (broken) std::rethrow_exception(broken);
  co_return std::move(*out);
}

// The same on a reader's snapshot.
template <class Work>
auto seen(store::Store& store, Work work) -> Awaitable<std::invoke_result_t<Work&, store::Unit&>> {
  using Out = std::invoke_result_t<Work&, store::Unit&>;
  std::optional<Out> out;
  std::exception_ptr broken;
  auto start = [&](auto resume) {
    store.read([&](store::Unit& unit) { out.emplace(work(unit)); },
               [&, resume = std::move(resume)](std::exception_ptr failed) mutable {
                 broken = failed;
                 resume();
               });
  };
  co_await awaited(std::move(start));
  if (broken) std::rethrow_exception(broken);
  co_return std::move(*out);
}

}  // namespace carillon::api
