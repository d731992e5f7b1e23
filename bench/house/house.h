// A house for a measurement: a store on a file, people in it, the engine's driver as the server wires it, and
// the client that speaks HTTP. Nothing is replaced by something faster: only the network is one of ours
// (ring.h).
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/seal.h"
#include "bench/house/ring.h"
#include "run/log.h"
#include "run/pump.h"
#include "store/posts.h"
#include "store/store.h"

namespace carillon::bench {

// Who speaks: accounts of one workspace, each with a sealed credential.
struct Cast {
  WorkspaceId workspace;
  std::vector<Account> accounts;
};

class Archive {  // the store and the keys of its credentials
 public:
  explicit Archive(const std::filesystem::path& file);

  Cast engage(size_t accounts, const std::string& network, const std::string& api_base);
  Cast engaged();  // who was engaged in this file before

  // Post number i goes to `targets(i)` at `due(i)`. Committed in portions.
  void schedule(const Cast& cast, size_t posts, const std::function<std::vector<Target>(size_t)>& targets,
                const std::function<Instant(size_t)>& due);

  store::Store& store() { return *store_; }
  const Keyring& keyring() const { return keyring_; }

 private:
  Keyring keyring_;
  SystemRandom random_;
  std::unique_ptr<store::Store> store_;
};

class Works {  // the machine room: client thread, engine thread
 public:
  // settled: called on a storage thread for every delivery that reached its end. Exits when something fails.
  Works(Archive& archive, std::function<void(const Delivery&)> settled);
  ~Works();
  void start();
  run::Pump& pump() { return pump_; }

 private:
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_{context_.get_executor()};
  net::Client client_;
  run::Log log_{"warning", "human"};
  run::Vault vault_;
  RingTower tower_;
  run::Pump pump_;
  std::thread thread_;
};

// GET or DELETE /lateness of the local server: what it saw, as it says it.
std::string lateness(const std::string& server, const std::string& method);

}  // namespace carillon::bench
