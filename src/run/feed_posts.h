// From what a feed's server answered to posts: each item once, the first time as many as were asked for.
// Storage threads, inside a transaction; what reads answers is pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "channels/registry.h"
#include "net/client.h"
#include "plan/feed_file.h"
#include "run/repeating.h"
#include "store/feeds.h"
#include "store/posts.h"

namespace carillon::run {

// The request for it: conditional, when it was fetched before.
wire::Request feed_request(const std::string& address, const std::string& etag, const std::string& modified);

// What one fetch gave.
struct FeedAnswer {
  std::optional<plan::FeedFile> file;
  bool unchanged = false;
  std::string redirect;  // where it is instead
  std::string trouble;   // why there is neither, as a sentence for people
  std::string etag, modified;
  std::optional<Duration> wait;  // that the server asks for
};
FeedAnswer read_feed_answer(const net::Outcome& outcome, const std::string& address);
inline constexpr int most_redirects = 5;

// Takes what came into the feed and makes its posts; tells when it is fetched next. Nothing when the feed is
// gone.
struct FeedHarvest {
  std::vector<PostId> posts;
  std::vector<Expected> expected;
};
FeedHarvest take_feed(store::Unit& unit, const store::Feed& asked, const FeedAnswer& answer, Instant now,
                      store::Minter& mint, const channels::Registry& registry);

inline constexpr Duration shortest_period = std::chrono::minutes(15),
                          longest_period = std::chrono::hours(24 * 7);
inline constexpr size_t most_new_items = 20;  // of one fetch that become posts

}  // namespace carillon::run
