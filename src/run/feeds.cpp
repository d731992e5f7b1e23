#include "run/feeds.h"

#include <memory>

namespace carillon::run {

namespace {
constexpr size_t at_once = 8;
}

FeedReader::FeedReader(store::Store& store, net::Client& client, Random& random, Log& log,
                       Harvested harvested)
    : store_(store), client_(client), random_(random), log_(log), harvested_(std::move(harvested)) {}

bool FeedReader::begin(FeedId id) {
  const std::lock_guard lock(mutex_);
  return under_way_.size() < at_once && under_way_.insert(id).second;
}

void FeedReader::end(FeedId id) {
  const std::lock_guard lock(mutex_);
  under_way_.erase(id);
}

void FeedReader::tend(Instant now) {
  const auto due = std::make_shared<std::vector<store::Feed>>();
  store_.read([due, now](store::Unit& unit) { *due = store::Feeds(unit).due(now, at_once * 2); },
              [this, due, now](std::exception_ptr failed) {
                if (failed) return;
                for (const store::Feed& feed : *due) {
                  if (begin(feed.id)) fetch(feed, feed.address, 0, now);
                }
              });
}

void FeedReader::fetch(const store::Feed& feed, const std::string& address, int redirects, Instant now) {
  client_.send(feed_request(address, feed.etag, feed.modified), {},
               [this, feed, address, redirects, now](net::Outcome outcome) {
                 answered(feed, read_feed_answer(outcome, address), redirects, now);
               });
}

void FeedReader::answered(const store::Feed& feed, FeedAnswer answer, int redirects, Instant now) {
  if (!answer.redirect.empty() && redirects < most_redirects)
    return fetch(feed, answer.redirect, redirects + 1, now);
  if (!answer.redirect.empty()) answer.trouble = "The server sends on and on, and never to a feed.";
  keep(feed, std::move(answer), now);
}

void FeedReader::keep(const store::Feed& feed, FeedAnswer answer, Instant now) {
  const auto harvest = std::make_shared<FeedHarvest>();
  store_.write(
      [this, feed, answer = std::move(answer), harvest, now](store::Unit& unit) {
        store::Minter mint(now, random_);
        *harvest = take_feed(unit, feed, answer, now, mint, channels::shipped());
      },
      [this, feed, harvest](std::exception_ptr failed) {
        end(feed.id);
        if (failed) return log_.error("feed.not_kept", "What a feed gave could not be kept.");
        if (harvested_) harvested_(feed, *harvest);
      });
}

}  // namespace carillon::run
