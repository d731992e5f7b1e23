// What the reception works with: references to the rooms below and what was configured. One desk per server;
// it outlives every request. The random source must be usable from any thread (SystemRandom is).
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/seal.h"
#include "channels/registry.h"
#include "media/folder.h"
#include "model/mail.h"
#include "media/parts.h"
#include "net/client.h"
#include "run/config.h"
#include "run/dispatcher.h"
#include "run/log.h"
#include "store/store.h"

namespace carillon::api {

class Events;
class Meters;
}
namespace carillon::run {
class Depot;
class Workshop;
}

namespace carillon::api {

struct Settings {
  std::string public_url;  // where people reach it: "https://bells.example", no trailing slash
  std::string version = "0.1.0";
  std::string sandbox_url;           // "http://127.0.0.1:8071"; empty: no sandbox
  std::vector<run::AppKeys> apps;    // registered with real networks
  std::optional<MailServer> mail;    // set by the configuration; none: an owner may give one on the page
  std::vector<std::string> proxies;  // peers whose X-Forwarded-For is believed
  Duration session_idle = std::chrono::hours(12), session_lasts = std::chrono::hours(24 * 30);
  Duration stream_tick = std::chrono::seconds(4);     // how often an open stream asks whether it may stay
  Duration overdue_alarm = std::chrono::seconds(60);  // not ready when a due delivery waits longer
  Duration late_grace = std::chrono::minutes(15);     // default of the late policy
  size_t largest_upload = size_t{1} << 30;            // in one request
  uint64_t largest_piecewise = 8'000'000'000;    // in pieces; a backup holds no larger file
  size_t most_uploads = 20;                           // of a workspace, under way at a time
  int costly_per_minute = 60;                         // requests that ask networks or hash, per caller
  // argon2id; OWASP ASVS 5.0 appendix C asks for at least t=3 with 12 MiB. This takes about 100 ms of one
  // core.
  unsigned long long password_passes = 3;
  size_t password_memory = size_t{64} << 20;
  Instant started;
  bool https() const { return public_url.starts_with("https://"); }
};

struct Desk {
  const Settings& settings;
  store::Store& store;
  const Keyring& keyring;
  Random& random;
  std::function<Instant()> now;
  const channels::Registry& registry;
  net::Client& client;   // the sandbox, on this machine
  net::Client& guarded;  // networks, at addresses that people may give
  media::MediaFolder& folder;
  media::Parts& parts;
  run::Depot& depot;  // knows which of the folder's files lie elsewhere
  run::Workshop* workshop = nullptr;  // never none once the server listens
  run::Dispatcher& dispatcher;
  Events& events;
  Meters& meters;
  run::Log& log;
  boost::asio::thread_pool& threads;           // hashing and pictures: two or three threads
  std::function<std::optional<Duration>()> clock_ahead = nullptr;  // against the networks' clocks; none: not known
  std::function<void()> owner_made = nullptr;  // the first owner is there; on the listener's thread
};

}  // namespace carillon::api
