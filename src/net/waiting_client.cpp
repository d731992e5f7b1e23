#include "net/waiting_client.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace carillon::net {
namespace {

namespace asio = boost::asio;

// A named type: a lambda with captures inside an awaiting expression is a trap for some compilers.
struct Start {
  Client& client;
  wire::Request& request;
  Credential& credential;

  template <class Waiter>
  void operator()(Waiter waiter) {
    client.send(
        std::move(request), std::move(credential), [waiter = std::move(waiter)](Outcome outcome) mutable {
          const auto executor = asio::get_associated_executor(waiter);
          asio::dispatch(executor, [waiter = std::move(waiter), outcome = std::move(outcome)]() mutable {
            std::move(waiter)(std::move(outcome));
          });
        });
  }
};

}  // namespace

asio::awaitable<Outcome> ask(Client& client, wire::Request request, Credential credential) {
  Start start{client, request, credential};
  Outcome outcome =
      co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(start, asio::use_awaitable);
  co_return outcome;
}

}  // namespace carillon::net
