#include "net/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace carillon::net {
namespace {

namespace asio = boost::asio;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

constexpr size_t small_room = 4 << 10, large_room = 64 << 10;
constexpr size_t skippable = 64 << 10;    // unread body that is read and dropped to keep a connection
constexpr size_t linger_bytes = 1 << 20;  // read and dropped so that the last answer arrives
constexpr Duration linger_time = std::chrono::seconds(2);

using Parts = std::array<std::string_view, 3>;

ssize_t send_now(int socket, const Parts& parts) {
  std::array<iovec, 3> vectors;
  size_t count = 0;
  for (const auto part : parts) {
    if (!part.empty()) vectors[count++] = {const_cast<char*>(part.data()), part.size()};
  }
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

// Drops what has been sent. true: nothing is left.
bool take_off(Parts& parts, size_t sent) {
  bool empty = true;
  for (auto& part : parts) {
    const size_t here = std::min(sent, part.size());
    part.remove_prefix(here);
    sent -= here;
    empty = empty && part.empty();
  }
  return empty;
}

}  // namespace

Connection::Connection(std::shared_ptr<Listener::Door> door, Socket socket, std::string peer)
    : door_(std::move(door)), socket_(std::move(socket)), peer_(std::move(peer)), in_(small_room) {
  door_->enter(*this, peer_);
}

Connection::~Connection() {
  door_->leave(*this, peer_);
}

void Connection::expire() {
  expired_ = true;
  deadline_ = Duration::max();
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

void Connection::retire() {
  boost::system::error_code ignored;
  if (idle_) socket_.cancel(ignored);
}

void Connection::cut_off() {
  gone_ = close_ = true;
  boost::system::error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_both, ignored);
  socket_.cancel(ignored);
}

asio::awaitable<void> Connection::run() {
  while (!close_) {
    const bool read = co_await next_head();
    if (!read) break;
    co_await answer();
    first_ = false;
    if (door_->stopping && buffered().empty()) break;
  }
  if (lingers_) co_await linger();
}

asio::awaitable<bool> Connection::next_head() {
  HeadScan scan;
  const Duration start = door_->now();
  Duration deadline = start + (first_ ? door_->limits.header_time : door_->limits.idle_time);
  bool begun = false;
  while (true) {
    if (!begun && !buffered().empty()) {
      begun = true;
      deadline = door_->now() + door_->limits.header_time;
    }
    const HeadScan::Found found = scan.look(buffered(), door_->limits);
    std::optional<Refusal> refusal;
    if (found == HeadScan::Found::fault) refusal = scan.refusal();
    if (found == HeadScan::Found::head) {
      refusal = take_head(scan);
      if (!refusal) co_return true;
    }
    if (!refusal) {
      idle_ = !begun;
      const bool more = co_await fill(deadline);
      idle_ = false;
      if (more) continue;
      if (!begun || !expired_) co_return false;
      refusal = Refusal{408, "The headers of the request took too long to arrive."};
    }
    co_await turn_away(*refusal);
    co_return false;
  }
}

std::optional<Refusal> Connection::take_head(const HeadScan& scan) {
  const auto refusal =
      read_head(buffered().substr(scan.begin(), scan.end() - scan.begin()), door_->limits, head_);
  if (refusal) return refusal;
  begin_ += scan.end();
  body_left_ = head_.chunked ? 0 : head_.length;
  body_seen_ = 0;
  body_waited_ = Duration(0);
  if (head_.chunked) chunks_ = Chunks();
  return std::nullopt;
}

void Connection::make_room() {
  if (begin_ == end_) {
    begin_ = end_ = 0;
    const bool keeps_reading = !idle_ && body_left_ > small_room;
    if (keeps_reading && in_.size() < large_room) in_.resize(large_room);
    if (idle_ && in_.size() > 4 * small_room) std::vector<char>(small_room).swap(in_);
  }
  if (end_ < in_.size()) return;
  if (begin_ > 0) {
    std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  } else {
    in_.resize(in_.size() * 2);
  }
}

// false: the other side is gone, or its time is up (expired_).
asio::awaitable<bool> Connection::fill(Duration deadline) {
  make_room();
  expired_ = false;
  deadline_ = deadline;
  const auto room = asio::buffer(in_.data() + end_, in_.size() - end_);
  const auto got = co_await socket_.async_read_some(room, as_values);
  deadline_ = Duration::max();
  if (std::get<0>(got)) co_return false;
  expired_ = false;
  end_ += std::get<1>(got);
  co_return true;
}

asio::awaitable<void> Connection::answer() {
  answer_ = Answer::none;
  failure_.clear();
  co_await call_handler();
  if (!failure_.empty()) {
    const std::string path = head_.target.substr(0, head_.target.find('?'));
    door_->log("While answering " + head_.method + " " + path + ": " + failure_);
  }
  co_await end_answer();
}

asio::awaitable<void> Connection::call_handler() {
  try {
    co_await door_->handler(*this);
    if (answer_ == Answer::none) failure_ = "the handler gave no answer";
  } catch (const std::exception& thrown) {
    failure_ = thrown.what();
    if (failure_.empty()) failure_ = "an exception without a text";
  } catch (...) {
    failure_ = "an exception of an unknown type";
  }
}

asio::awaitable<void> Connection::end_answer() {
  if (answer_ == Answer::none) {
    const wire::Response sorry =
        problem(500, "Something broke while answering. The log of the server says what.");
    co_await whole(sorry.status, sorry.headers, sorry.body);
  }
  if (answer_ == Answer::streaming) co_await end_stream();
  if (!close_ && !body_done()) {
    const bool skipped = co_await skip_body();
    if (!skipped) close_ = true;
  }
}

// An incomplete body must look incomplete.
asio::awaitable<void> Connection::end_stream() {
  const bool complete = failure_.empty() && !gone_ && promised_.value_or(0) == 0;
  if (!complete || (!stream_chunked_ && !promised_)) close_ = true;
  if (complete && stream_chunked_ && !bodiless_) co_await send("0\r\n\r\n");
}

asio::awaitable<void> Connection::turn_away(Refusal refusal) {
  head_.method.clear();
  close_ = lingers_ = true;
  const wire::Response said = problem(refusal.status, refusal.sentence);
  out_.clear();
  write_head(out_, said.status, said.headers, {.length = said.body.size(), .close = true}, door_->date());
  co_await send(out_, said.body);
}

// Decides here whether the connection lives on, because the head must say so.
void Connection::start_answer(Answer kind) {
  if (answer_ != Answer::none) throw std::logic_error("a second answer to one request");
  answer_ = kind;
  if (!head_.keep_alive || door_->stopping) close_ = true;
  if (body_done()) return;
  const bool unread = head_.chunked || head_.expects_continue || body_left_ > skippable;
  if (unread) close_ = lingers_ = true;
}

Framing Connection::framing_for(int status, std::optional<uint64_t> length) {
  bodiless_ = head_.method == "HEAD" || status == 204 || status == 304 || status < 200;
  if (status == 204 || status < 200 || (status == 304 && length.value_or(0) == 0)) length.reset();
  return {.length = length, .close = close_, .http10_keep = !head_.http11 && !close_};
}

asio::awaitable<void> Connection::whole(int status, const wire::Headers& headers, std::string_view body) {
  start_answer(Answer::whole);
  const Framing framing = framing_for(status, body.size());
  if (bodiless_) body = {};
  out_.clear();
  write_head(out_, status, headers, framing, door_->date());
  if (body.size() <= small_room) {  // copying is cheaper than a second buffer in the call
    out_ += body;
    body = {};
  }
  co_await send(out_, body);
}

asio::awaitable<void> Connection::reply(wire::Response response) {
  co_await whole(response.status, response.headers, response.body);
}

asio::awaitable<void> Connection::reply_static(int status, wire::Headers headers,
                                               std::span<const std::byte> body) {
  const std::string_view text(reinterpret_cast<const char*>(body.data()), body.size());
  co_await whole(status, headers, text);
}

asio::awaitable<bool> Connection::begin(int status, wire::Headers headers) {
  start_answer(Answer::streaming);
  promised_.reset();
  if (const auto length = wire::header(headers, "content-length"))
    promised_ = std::stoull(std::string(*length));
  stream_chunked_ = !promised_ && head_.http11;
  if (!promised_ && !stream_chunked_) close_ = true;
  Framing framing = framing_for(status, promised_);
  framing.chunked = stream_chunked_ && !bodiless_;
  if (bodiless_) promised_ = 0;
  out_.clear();
  write_head(out_, status, headers, framing, door_->date());
  const bool sent = co_await send(out_);
  co_return sent;
}

asio::awaitable<bool> Connection::write(std::string_view bytes) {
  if (answer_ != Answer::streaming) throw std::logic_error("write() without begin()");
  if (gone_ || peer_is_gone()) {
    gone_ = close_ = true;
    co_return false;
  }
  if (bodiless_ || bytes.empty()) co_return true;
  if (promised_) {
    if (bytes.size() > *promised_) throw std::logic_error("more bytes than the Content-Length named");
    *promised_ -= bytes.size();
  }
  std::string size_line;
  if (stream_chunked_) {
    char digits[24];
    size_line.assign(digits,
                     static_cast<size_t>(std::snprintf(digits, sizeof digits, "%zx\r\n", bytes.size())));
  }
  const bool sent = co_await send(size_line, bytes, stream_chunked_ ? "\r\n" : "");
  co_return sent;
}

asio::awaitable<void> Connection::cut(std::string_view raw) {
  if (answer_ == Answer::none) answer_ = Answer::cut;
  close_ = true;
  lingers_ = false;
  if (!raw.empty()) co_await send(raw);
}

// An event stream may be silent for long: a peer that hung up is seen by looking, not by writing.
bool Connection::peer_is_gone() {
  char byte = 0;
  const auto seen = ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return seen == 0 || (seen < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// Writes at once what the socket takes; most answers never wait. false: the other side is gone, and stays it.
asio::awaitable<bool> Connection::send(std::string_view first, std::string_view second,
                                       std::string_view third) {
  Parts parts = {first, second, third};
  while (!gone_) {
    const ssize_t sent = send_now(socket_.native_handle(), parts);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) break;
    if (take_off(parts, sent < 0 ? 0 : static_cast<size_t>(sent))) co_return true;
    const bool ready = co_await writable();
    if (!ready) break;
  }
  gone_ = close_ = true;
  co_return false;
}

// A client that reads nothing for idle_time is cut off.
asio::awaitable<bool> Connection::writable() {
  expired_ = false;
  deadline_ = door_->now() + door_->limits.idle_time;
  const auto got = co_await socket_.async_wait(asio::socket_base::wait_write, as_values);
  deadline_ = Duration::max();
  co_return !std::get<0>(got) && !expired_;
}

// Closing at once while bytes are still arriving would reset the connection and tear the answer out of the
// client's hands: say that nothing more comes, and read to the end for a moment.
asio::awaitable<void> Connection::linger() {
  boost::system::error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
  const Duration deadline = door_->now() + std::min(linger_time, door_->limits.idle_time);
  for (size_t dropped = 0; dropped < linger_bytes;) {
    begin_ = end_ = 0;
    const bool more = co_await fill(deadline);
    if (!more) co_return;
    dropped += end_;
  }
}

}  // namespace carillon::net
