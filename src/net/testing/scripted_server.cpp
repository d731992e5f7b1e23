#include "net/testing/scripted_server.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <list>

#include "base/text.h"

namespace carillon::net::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto as_values = asio::as_tuple(asio::use_awaitable);

size_t length_in(const std::string& head) {
  const std::string low = lowered(head);
  const auto at = low.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::stoull(low.substr(at + 17));
}

}  // namespace

struct ScriptedServer::Stage {
  Stage(asio::io_context& context, std::vector<Scene> what)
      : io(context), acceptor(context, {asio::ip::make_address("127.0.0.1"), 0}), scenes(std::move(what)) {
    port = acceptor.local_endpoint().port();
  }

  static asio::awaitable<void> accept_all(std::shared_ptr<Stage> stage) {
    while (true) {
      auto got = co_await stage->acceptor.async_accept(as_values);
      if (std::get<0>(got)) co_return;
      asio::co_spawn(stage->io, begin(stage, std::move(std::get<1>(got))), asio::detached);
    }
  }

  static asio::awaitable<void> begin(std::shared_ptr<Stage> stage, tcp::socket socket) {
    co_await stage->play(std::move(socket), ++stage->connections);
  }

  // One connection.
  asio::awaitable<void> play(tcp::socket socket, int number) {
    const Entry entry{open, open.insert(open.end(), &socket)};
    std::string buffer;
    bool on = true;
    while (on) {
      const auto read =
          co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n", as_values);
      if (std::get<0>(read)) co_return;
      SeenRequest request{.connection = number, .head = buffer.substr(0, std::get<1>(read))};
      buffer.erase(0, std::get<1>(read));
      const Scene& scene = scenes[std::min(seen.size(), scenes.size() - 1)];
      const size_t length = scene.act == Act::rude ? 0 : length_in(request.head);
      if (buffer.size() < length) {
        const auto rest = asio::transfer_exactly(length - buffer.size());
        const auto more = co_await asio::async_read(socket, asio::dynamic_buffer(buffer), rest, as_values);
        if (std::get<0>(more)) co_return;
      }
      request.body = buffer.substr(0, length);
      buffer.erase(0, length);
      seen.push_back(std::move(request));
      on = co_await perform(socket, scene);
    }
  }

  asio::awaitable<bool> perform(tcp::socket& socket, Scene scene) {
    switch (scene.act) {
      case Act::drop: co_return false;
      case Act::reset: socket.set_option(asio::socket_base::linger(true, 0)); co_return false;
      case Act::never: kept.push_back(std::move(socket)); co_return false;
      case Act::drip: co_await drip(socket, scene.text); co_return true;
      default: break;
    }
    co_await asio::async_write(socket, asio::buffer(scene.text), as_values);
    co_return scene.act == Act::answer;
  }

  asio::awaitable<void> drip(tcp::socket& socket, const std::string& text) {
    socket.set_option(tcp::no_delay(true));
    for (const char c : text) {
      const auto wrote = co_await asio::async_write(socket, asio::buffer(&c, 1), as_values);
      if (std::get<0>(wrote)) co_return;
      co_await asio::post(io, asio::use_awaitable);
    }
  }

  struct Entry {
    std::list<tcp::socket*>& all;
    std::list<tcp::socket*>::iterator at;
    ~Entry() { all.erase(at); }
  };

  asio::io_context& io;
  tcp::acceptor acceptor;
  std::list<tcp::socket*> open;
  std::vector<Scene> scenes;
  std::vector<SeenRequest> seen;
  std::vector<tcp::socket> kept;
  uint16_t port = 0;
  int connections = 0;
};

ScriptedServer::ScriptedServer(asio::io_context& io, std::vector<Scene> scenes)
    : stage_(std::make_shared<Stage>(io, std::move(scenes))) {
  asio::co_spawn(io, Stage::accept_all(stage_), asio::detached);
}

ScriptedServer::~ScriptedServer() {
  boost::system::error_code ignored;
  stage_->acceptor.close(ignored);
  stage_->kept.clear();
  for (tcp::socket* socket : stage_->open) socket->close(ignored);
}

std::string ScriptedServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(stage_->port) + path;
}
uint16_t ScriptedServer::port() const {
  return stage_->port;
}
const std::vector<SeenRequest>& ScriptedServer::seen() const {
  return stage_->seen;
}
int ScriptedServer::connections() const {
  return stage_->connections;
}

}  // namespace carillon::net::testing
