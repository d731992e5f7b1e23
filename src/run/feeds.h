// Fetches feeds when they are due, a few at a time, through a client that refuses forged targets. Runs on its
// client's io_context; the store calls back from its own threads.
#pragma once

#include <functional>
#include <mutex>
#include <set>

#include "base/random.h"
#include "net/client.h"
#include "run/feed_posts.h"
#include "run/log.h"
#include "store/store.h"

namespace carillon::run {

class FeedReader {
 public:
  // harvested: what became durable, on a storage thread.
  using Harvested = std::function<void(const store::Feed&, const FeedHarvest&)>;
  FeedReader(store::Store& store, net::Client& client, Random& random, Log& log, Harvested harvested);

  void tend(Instant now);  // begins what is due

 private:
  void fetch(const store::Feed& feed, const std::string& address, int redirects, Instant now);
  void answered(const store::Feed& feed, FeedAnswer answer, int redirects, Instant now);
  void keep(const store::Feed& feed, FeedAnswer answer, Instant now);
  bool begin(FeedId id);
  void end(FeedId id);

  store::Store& store_;
  net::Client& client_;
  Random& random_;
  Log& log_;
  Harvested harvested_;
  std::mutex mutex_;
  std::set<FeedId> under_way_;
};

}  // namespace carillon::run
