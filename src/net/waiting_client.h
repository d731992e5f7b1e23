// Client::send for coroutines. Resumes on the coroutine's own executor. When the client is destroyed first,
// the coroutine is destroyed where it waits.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "net/client.h"

namespace carillon::net {

boost::asio::awaitable<Outcome> ask(Client& client, wire::Request request, Credential credential);

}  // namespace carillon::net
