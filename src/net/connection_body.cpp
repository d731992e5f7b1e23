// The body of a request: in pieces or whole, within its limits.
#include <algorithm>
#include <boost/asio/buffer.hpp>

#include "net/connection.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;
constexpr size_t large_room = 64 << 10;

}  // namespace

std::optional<uint64_t> Connection::body_length() const {
  return head_.chunked ? std::nullopt : std::optional<uint64_t>(head_.length);
}

bool Connection::body_done() const {
  return head_.chunked ? chunks_.state() != Chunks::State::reading : body_left_ == 0;
}

size_t Connection::take_buffered(std::string& into, size_t room) {
  const size_t before = into.size();
  std::string_view raw = buffered();
  if (head_.chunked) {
    const size_t offered = raw.size();
    chunks_.take(raw, into, room);
    begin_ += offered - raw.size();
  } else {
    const size_t size = std::min({raw.size(), room, static_cast<size_t>(body_left_)});
    into.append(raw.substr(0, size));
    begin_ += size;
    body_left_ -= size;
  }
  body_seen_ += into.size() - before;
  return into.size() - before;
}

// A body may take header_time, and after that a second for each body_rate bytes. Only time spent waiting for
// the client counts: a slow disk is not its fault.
Duration Connection::body_patience() const {
  const auto earned =
      std::chrono::seconds(static_cast<int64_t>(body_seen_ / std::max<size_t>(1, door_->limits.body_rate)));
  return door_->limits.header_time + earned - body_waited_;
}

Fault Connection::broken_body() {
  close_ = true;
  if (expired_) {
    lingers_ = true;
    return {.code = "too_slow",
            .text = "The body of the request took too long to arrive.",
            .remedy = "Send it again over a faster connection."};
  }
  return {.code = "bad_body",
          .text = "The body of the request ended before it was complete, or is not framed as HTTP asks.",
          .remedy = "Send the request again."};
}

Fault Connection::too_large(size_t limit) {
  close_ = lingers_ = true;
  return {
      .code = "too_large",
      .text = "The body of the request is larger than the " + std::to_string(limit) + " bytes accepted here.",
      .remedy = "Send less."};
}

// Adds at least one byte, unless the body ends here.
asio::awaitable<Result<void>> Connection::more_body(std::string& into, size_t room) {
  while (take_buffered(into, room) == 0 && !body_done()) {
    const Duration since = door_->now();
    const bool more = co_await fill(since + body_patience());
    body_waited_ += door_->now() - since;
    if (!more) co_return refuse(broken_body());
  }
  if (head_.chunked && chunks_.state() == Chunks::State::broken) co_return refuse(broken_body());
  co_return Result<void>();
}

asio::awaitable<void> Connection::allow_body() {
  if (!head_.expects_continue) co_return;
  head_.expects_continue = false;
  if (buffered().empty() && !body_done()) {
    co_await send("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

asio::awaitable<Result<std::string>> Connection::body(size_t limit) {
  if (!head_.chunked && head_.length > limit) co_return refuse(too_large(limit));
  co_await allow_body();
  std::string whole;
  if (!head_.chunked) whole.reserve(std::min<size_t>(body_left_, large_room));
  while (!body_done()) {
    const auto more = co_await more_body(whole, limit + 1 - whole.size());
    if (!more) co_return refuse(more.error());
    if (whole.size() > limit) co_return refuse(too_large(limit));
  }
  co_return whole;
}

asio::awaitable<Result<std::string>> Connection::piece() {
  co_await allow_body();
  std::string some;
  if (!body_done()) {
    const auto more = co_await more_body(some, large_room);
    if (!more) co_return refuse(more.error());
  }
  co_return some;
}

// What the handler did not read. false: too much to be worth the connection.
asio::awaitable<bool> Connection::skip_body() {
  std::string dropped;
  while (!body_done()) {
    dropped.clear();
    const auto more = co_await more_body(dropped, large_room);
    if (!more) co_return false;
  }
  co_return true;
}

}  // namespace carillon::net
