// One client at the door: reads its requests one after the other, lends itself to the handler as the
// Exchange, and writes the answers. Pipelined requests wait in the buffer. Thread: its io_context's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "net/chunks.h"
#include "net/door.h"
#include "net/head_reader.h"
#include "net/head_writer.h"

namespace carillon::net {

class Connection final : public Exchange {
 public:
  Connection(std::shared_ptr<Listener::Door> door, Socket socket, std::string peer);
  ~Connection() override;
  boost::asio::awaitable<void> run();

  // The sweep's view.
  Duration deadline() const { return deadline_; }
  void expire();   // its time is up: whatever it waits for ends
  void retire();   // the listener stops: leaves now when idle, else after this answer
  void cut_off();  // leaves now

  std::string_view method() const override { return head_.method; }
  std::string_view target() const override { return head_.target; }
  const wire::Headers& headers() const override { return head_.headers; }
  std::string_view peer() const override { return peer_; }
  std::optional<uint64_t> body_length() const override;

  boost::asio::awaitable<Result<std::string>> body(size_t limit) override;
  boost::asio::awaitable<Result<std::string>> piece() override;
  boost::asio::awaitable<void> reply(wire::Response response) override;
  boost::asio::awaitable<void> reply_static(int status, wire::Headers headers,
                                            std::span<const std::byte> body) override;
  boost::asio::awaitable<bool> begin(int status, wire::Headers headers) override;
  boost::asio::awaitable<bool> write(std::string_view bytes) override;
  boost::asio::awaitable<void> cut(std::string_view raw) override;

 private:
  enum class Answer { none, whole, streaming, cut };

  // Reading.
  boost::asio::awaitable<bool> next_head();
  boost::asio::awaitable<bool> fill(Duration deadline);
  boost::asio::awaitable<Result<void>> more_body(std::string& into, size_t room);
  boost::asio::awaitable<void> allow_body();
  boost::asio::awaitable<bool> skip_body();
  bool body_done() const;
  size_t take_buffered(std::string& into, size_t room);
  Fault broken_body();
  Fault too_large(size_t limit);
  Duration body_patience() const;
  std::optional<Refusal> take_head(const HeadScan& scan);
  void make_room();
  std::string_view buffered() const { return {in_.data() + begin_, end_ - begin_}; }

  // Answering.
  boost::asio::awaitable<void> answer();
  boost::asio::awaitable<void> turn_away(Refusal refusal);
  boost::asio::awaitable<void> call_handler();
  boost::asio::awaitable<void> end_answer();
  boost::asio::awaitable<void> end_stream();
  boost::asio::awaitable<void> whole(int status, const wire::Headers& headers, std::string_view body);
  boost::asio::awaitable<bool> send(std::string_view first, std::string_view second = {},
                                    std::string_view third = {});
  boost::asio::awaitable<bool> writable();
  boost::asio::awaitable<void> linger();
  bool peer_is_gone();
  void start_answer(Answer kind);
  Framing framing_for(int status, std::optional<uint64_t> length);

  std::shared_ptr<Listener::Door> door_;
  Socket socket_;
  const std::string peer_;

  std::vector<char> in_;  // received, not yet used: [begin_, end_)
  size_t begin_ = 0, end_ = 0;
  std::string out_;  // heads and small answers, reused
  RequestHead head_;
  Chunks chunks_;
  uint64_t body_left_ = 0, body_seen_ = 0;
  Duration body_waited_{0};
  Duration deadline_ = Duration::max();
  std::string failure_;  // what the handler threw
  Answer answer_ = Answer::none;
  std::optional<uint64_t> promised_;  // bytes still to come of a streamed answer that named its length
  bool first_ = true, idle_ = false, expired_ = false, close_ = false, lingers_ = false;
  bool stream_chunked_ = false, bodiless_ = false, gone_ = false;
};

}  // namespace carillon::net
