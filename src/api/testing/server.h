// A whole reception for tests: a real store, a real listener on loopback, a clock that tests move, and a
// client that checks every answer against the contract and for secrets that must not be seen.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/events.h"
#include "api/meters.h"
#include "api/reception.h"
#include "model/people.h"
#include "run/depot.h"
#include "run/workshop.h"

namespace carillon::api {

struct Reply {
  int status = 0;
  wire::Headers headers;
  std::string body;
  std::string header(std::string_view name) const {
    return std::string(wire::header(headers, name).value_or(""));
  }
  boost::json::value json() const;
  std::string text(std::string_view pointer) const;  // "/items/0/id"; a text, or the JSON of something else
};

struct Ask {
  std::string method = "GET", path;
  std::string body;
  wire::Headers headers;  // over the usual ones
  std::string as;         // a session's token; empty: nobody
  std::string key;        // an API key
  std::string type = "application/json";
};

// Remembers what it was told.
class QuietDispatcher final : public run::Dispatcher {
 public:
  struct Expected {
    AccountId account;
    Line line;
    Instant due;
  };
  void expect(WorkspaceId, AccountId account, Line line, Instant due) override;
  void account_changed(const Account& account) override;
  void hold_all(bool held) override;
  void refresh(WorkspaceId, AccountId, std::move_only_function<void(Result<void>)> done) override;

  std::vector<Expected> expected();
  std::vector<AccountId> changed();
  std::atomic<int> refreshed = 0;
  std::atomic<bool> held = false;
  Result<void> refresh_says;

 private:
  std::mutex mutex_;
  std::vector<Expected> expected_;
  std::vector<AccountId> changed_;
};

// One workspace with a person of each role, signed in.
struct Household {
  WorkspaceId id;
  UserId owner, editor, viewer;
  std::string as_owner, as_editor, as_viewer;  // session tokens
  const std::string& as(Role role) const;
};

class TestServer {
 public:
  // sandbox_url: empty: none.
  // bucket: without a name media lie in the folder alone.
  explicit TestServer(std::string sandbox_url = "", const BucketPlace& bucket = {},
                      uint64_t media_cache = 1'000'000'000);
  ~TestServer();

  Reply ask(const Ask& ask);
  Reply get(const std::string& path, const std::string& as) { return ask({.path = path, .as = as}); }
  Reply post(const std::string& path, const std::string& body, const std::string& as) {
    return ask({.method = "POST", .path = path, .body = body, .as = as});
  }
  // Sends bytes as they are; gives everything that comes back within the time, or until the other side
  // closes.
  std::string raw(const std::string& bytes, Duration patience);

  Household add_household(const std::string& name);
  Account add_account(const Household& household, const std::string& network, const std::string& name);
  Delivery change_delivery(WorkspaceId workspace, DeliveryId id, DeliveryState state,
                           const std::string& reason);

  Instant now() const { return {now_.load()}; }
  void move(Duration span) { now_ += span.count(); }
  store::Store& store() { return *store_; }
  Desk& desk() { return *desk_; }
  run::Log& log() { return log_; }
  const std::filesystem::path& data() const { return folder_path_; }  // where everything is kept
  const Keyring& keyring() const { return keyring_; }
  uint16_t port() const { return port_; }
  media::MediaFolder& folder() { return folder_; }
  run::Depot& depot() { return depot_; }
  media::Parts& parts() { return parts_; }

  Settings settings;
  QuietDispatcher dispatcher;
  Events events{"test"};
  SystemRandom random;
  // Secrets that are stored somewhere; no answer may contain one.
  std::vector<std::string> markers;

 private:
  void check(const Ask& ask, const Reply& reply);

  std::filesystem::path folder_path_;
  std::atomic<int64_t> now_;
  Keyring keyring_;
  run::Log log_{"error", "human"};
  boost::asio::io_context context_{1};
  std::unique_ptr<store::Store> store_;
  boost::asio::thread_pool threads_{2};
  net::Client client_, guarded_;
  media::MediaFolder folder_;
  run::Depot depot_;
  media::Parts parts_{folder_};
  Meters meters_;
  run::Workshop workshop_{{*store_, folder_, depot_, random, [this] { return now(); }},
                          [this](const run::Conversion& conversion) {
                            events.publish(conversion.workspace,
                                           {"conversion", conversion.id.text(), "", std::string(to_text(conversion.state))});
                          }};
  std::unique_ptr<Desk> desk_;
  std::unique_ptr<Reception> reception_;
  std::unique_ptr<net::Listener> listener_;
  uint16_t port_ = 0;
  std::thread thread_;
};

// A red picture of one pixel (PNG), and as many bytes after it as a test likes.
std::string small_picture(size_t more = 0);

// Sends bytes to a port of this machine; gives what comes back within the time, or until the other side
// closes.
std::string exchange_bytes(uint16_t port, const std::string& bytes, Duration patience);
Reply parse_reply(const std::string& all);

// A post for these accounts, as JSON; `more` is put in: ", \"now\": true".
std::string post_json(const std::vector<AccountId>& accounts, const std::string& text,
                      const std::string& more = "");

}  // namespace carillon::api
