#include "net/client.h"

#include <sys/epoll.h>

#include <array>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <mutex>
#include <system_error>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "net/transfer.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
using Descriptor = asio::posix::basic_stream_descriptor<Executor>;
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

constexpr size_t kept_transfers = 256;  // handles with their buffers, for the requests to come

int new_epoll() {
  const int descriptor = epoll_create1(EPOLL_CLOEXEC);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return descriptor;
}

void start_library() {
  static std::once_flag once;
  std::call_once(once, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

uint32_t events_for(int what) {
  switch (what) {
    case CURL_POLL_IN: return EPOLLIN;
    case CURL_POLL_OUT: return EPOLLOUT;
    case CURL_POLL_INOUT: return EPOLLIN | EPOLLOUT;
    default: return 0;
  }
}

// libcurl's sockets sit in an epoll set of their own, which is one descriptor to the io_context: a batch of
// events costs one wake-up. A connection between two requests stays in the set, so using it again costs no
// system call.
class Watch {
 public:
  explicit Watch(asio::io_context& context) : set_(context, new_epoll()) {}

  void opened(int socket) { ours_[socket] = {}; }
  void closed(int socket) { ours_.erase(socket); }  // the kernel takes it out of the set

  void want(int socket, uint32_t events) {
    const auto found = ours_.find(socket);
    if (found == ours_.end()) return want_foreign(socket, events);
    State& state = found->second;
    state.wanted = events;
    if (events != 0 && events != state.watched) change(socket, state, events);
  }

  // false: nobody waits for it any more; it is taken out.
  bool is_wanted(int socket) {
    const auto found = ours_.find(socket);
    if (found == ours_.end()) return foreign_.contains(socket);
    if (found->second.wanted == 0 && found->second.watched != 0) change(socket, found->second, 0);
    return found->second.wanted != 0;
  }

  size_t ready(std::span<epoll_event> into) {
    const int count = epoll_wait(set_.native_handle(), into.data(), static_cast<int>(into.size()), 0);
    return count < 0 ? 0 : static_cast<size_t>(count);
  }

  Descriptor& set() { return set_; }

 private:
  struct State {
    uint32_t wanted = 0, watched = 0;
  };

  void change(int socket, State& state, uint32_t events) {
    control(events == 0 ? EPOLL_CTL_DEL : state.watched == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, events);
    state.watched = events;
  }

  // The resolver's own descriptors: libcurl closes them without a word, so they never stay in the set
  // unwanted.
  void want_foreign(int socket, uint32_t events) {
    const bool known = foreign_.contains(socket);
    if (events == 0 && !known) return;
    control(events == 0 ? EPOLL_CTL_DEL : known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, events);
    events == 0 ? void(foreign_.erase(socket)) : void(foreign_[socket] = events);
  }

  void control(int how, int socket, uint32_t events) {
    epoll_event event{.events = events, .data = {.fd = socket}};
    epoll_ctl(set_.native_handle(), how, socket, &event);
  }

  Descriptor set_;
  std::unordered_map<int, State> ours_;  // opened through the transfer, closed through it
  std::unordered_map<int, uint32_t> foreign_;
};

}  // namespace

struct Client::Engine : std::enable_shared_from_this<Client::Engine>, Sockets {
  Engine(asio::io_context& context, MediaSource* files, ClientOptions how);
  ~Engine() override;
  void start(wire::Request request, Credential credential, Transfer::Done done);
  void close();

  asio::io_context& io;

 private:
  void opened(int socket) override { watch_.opened(socket); }
  void closing(int socket) override { watch_.closed(socket); }
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int on_timer(CURLM*, long milliseconds, void* self);

  std::unique_ptr<Transfer> idle_transfer();
  void wait_for_sockets();
  void on_sockets();
  void wake_in(long milliseconds);
  void arm(Clock::time_point at);
  void on_alarm();
  void kick();
  void act(curl_socket_t socket, int events);
  void finish_all();
  void finish(Transfer& transfer, CURLcode code);

  MediaSource* const media_;
  const ClientOptions options_;
  Watch watch_;
  Timer timer_, measure_;
  CURLM* multi_;
  std::unordered_map<Transfer*, std::unique_ptr<Transfer>> busy_;
  std::vector<std::unique_ptr<Transfer>> idle_;
  std::optional<Clock::time_point> alarm_;  // when libcurl wants to be woken
  std::optional<Clock::time_point> armed_;  // when the timer fires: at alarm_ or before
  bool waiting_ = false, kicked_ = false, closed_ = false;
};

Client::Engine::Engine(asio::io_context& context, MediaSource* files, ClientOptions how)
    : io(context),
      media_(files),
      options_(std::move(how)),
      watch_(context),
      timer_(context),
      measure_(context) {
  start_library();
  multi_ = curl_multi_init();
  if (multi_ == nullptr) throw std::bad_alloc();
  const auto set = [this](CURLMoption option, auto value) { curl_multi_setopt(multi_, option, value); };
  set(CURLMOPT_SOCKETFUNCTION, &Engine::on_socket);
  set(CURLMOPT_SOCKETDATA, this);
  set(CURLMOPT_TIMERFUNCTION, &Engine::on_timer);
  set(CURLMOPT_TIMERDATA, this);
  set(CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options_.per_host));
  set(CURLMOPT_MAXCONNECTS, static_cast<long>(options_.per_host) * 4);
  set(CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
}

Client::Engine::~Engine() {
  close();
}

void Client::Engine::close() {
  if (std::exchange(closed_, true)) return;
  for (const auto& [transfer, owned] : busy_) curl_multi_remove_handle(multi_, transfer->handle());
  busy_.clear();
  idle_.clear();
  curl_multi_cleanup(multi_);
  timer_.cancel();
  boost::system::error_code ignored;
  watch_.set().close(ignored);
}

std::unique_ptr<Transfer> Client::Engine::idle_transfer() {
  if (idle_.empty()) return std::make_unique<Transfer>(options_, *this);
  auto transfer = std::move(idle_.back());
  idle_.pop_back();
  return transfer;
}

void Client::Engine::start(wire::Request request, Credential credential, Transfer::Done done) {
  if (closed_) return;
  auto transfer = idle_transfer();
  const auto loaded = transfer->load(std::move(request), std::move(credential), media_, std::move(done));
  if (!loaded) {
    Transfer::Done told = transfer->unload();
    idle_.push_back(std::move(transfer));
    return told(NotSent{loaded.error().text});
  }
  Transfer& started = *transfer;
  busy_.emplace(&started, std::move(transfer));
  curl_multi_add_handle(multi_, started.handle());
  wait_for_sockets();
}

int Client::Engine::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  static_cast<Engine*>(self)->watch_.want(socket, events_for(what));
  return 0;
}

// Waits only while something is under way: an idle client does not keep its io_context running.
void Client::Engine::wait_for_sockets() {
  if (waiting_ || closed_ || busy_.empty()) return;
  waiting_ = true;
  watch_.set().async_wait(Descriptor::wait_read, [self = weak_from_this()](boost::system::error_code error) {
    const auto engine = self.lock();
    if (!engine) return;
    engine->waiting_ = false;
    if (!error) engine->on_sockets();
    engine->wait_for_sockets();
  });
}

void Client::Engine::on_sockets() {
  std::array<epoll_event, 128> events;
  const size_t count = watch_.ready(events);
  for (size_t i = 0; i < count && !closed_; ++i) {
    const int socket = events[i].data.fd;
    if (!watch_.is_wanted(socket)) continue;
    const uint32_t seen = events[i].events;
    const int in = (seen & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0,
              out = (seen & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0;
    const int broken = (seen & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0;
    act(socket, in | out | broken);
  }
  finish_all();
}

void Client::Engine::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, events, &running);
}

int Client::Engine::on_timer(CURLM*, long milliseconds, void* self) {
  static_cast<Engine*>(self)->wake_in(milliseconds);
  return 0;
}

void Client::Engine::wake_in(long milliseconds) {
  if (milliseconds < 0) return alarm_.reset();
  if (milliseconds == 0) return kick();
  measure_.expires_after(
      std::chrono::milliseconds(milliseconds));  // never waited for: it only says when that is
  alarm_ = measure_.expiry();
  if (!armed_ || *alarm_ < *armed_) arm(*alarm_);
}

// libcurl moves its alarm with every request. The timer is moved only towards earlier; when it fires too
// early it is set again.
void Client::Engine::arm(Clock::time_point at) {
  armed_ = at;
  timer_.expires_at(at);
  timer_.async_wait([self = weak_from_this()](boost::system::error_code error) {
    const auto engine = self.lock();
    if (engine && !error && !engine->closed_) engine->on_alarm();
  });
}

void Client::Engine::on_alarm() {
  const auto fired = std::exchange(armed_, std::nullopt);
  if (!alarm_) return;
  if (*alarm_ > *fired) return arm(*alarm_);
  alarm_.reset();
  act(CURL_SOCKET_TIMEOUT, 0);
  finish_all();
}

void Client::Engine::kick() {
  if (std::exchange(kicked_, true)) return;
  asio::post(io, [self = weak_from_this()] {
    const auto engine = self.lock();
    if (!engine) return;
    engine->kicked_ = false;
    if (engine->closed_) return;
    engine->act(CURL_SOCKET_TIMEOUT, 0);
    engine->finish_all();
  });
}

void Client::Engine::finish_all() {
  const auto self = shared_from_this();  // a `done` may destroy the client
  int left = 0;
  while (!closed_) {
    const CURLMsg* message = curl_multi_info_read(multi_, &left);
    if (message == nullptr) break;
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    Transfer* transfer = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
    finish(*transfer, code);
  }
  if (!closed_ && busy_.empty()) {
    boost::system::error_code ignored;
    if (waiting_) watch_.set().cancel(ignored);
    if (std::exchange(armed_, std::nullopt)) timer_.cancel();
    alarm_.reset();
  }
}

void Client::Engine::finish(Transfer& transfer, CURLcode code) {
  curl_multi_remove_handle(multi_, transfer.handle());
  Outcome outcome = transfer.outcome(code);
  Transfer::Done done = transfer.unload();
  const auto found = busy_.find(&transfer);
  if (idle_.size() < kept_transfers) idle_.push_back(std::move(found->second));
  busy_.erase(found);
  done(std::move(outcome));
}

Client::Client(asio::io_context& context, MediaSource* media, ClientOptions options)
    : engine_(std::make_shared<Engine>(context, media, std::move(options))) {}

Client::~Client() {
  engine_->close();
}

void Client::send(wire::Request request, Credential credential, std::move_only_function<void(Outcome)> done) {
  asio::post(engine_->io, [engine = engine_, request = std::move(request), credential = std::move(credential),
                           done = std::move(done)]() mutable {
    engine->start(std::move(request), std::move(credential), std::move(done));
  });
}

}  // namespace carillon::net
