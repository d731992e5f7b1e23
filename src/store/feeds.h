// Feeds that become posts, and which of their items were seen. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "store/unit.h"

namespace carillon::store {

struct Feed {
  FeedId id;
  WorkspaceId workspace;
  std::string address, title;       // title: what the feed calls itself
  std::vector<AccountId> accounts;  // that its posts are for
  std::string form;                 // template of the text (plan/feed_file.h)
  enum class Becomes : uint8_t { draft, queued } becomes = Becomes::draft;
  Duration period = std::chrono::hours(1);
  int64_t newest = 0;  // items that the first fetch takes; the others were there before
  UserId author;
  bool paused = false;
  bool begun = false;  // it was fetched once
  std::string etag, modified;
  Instant next;     // when it is fetched
  Instant fetched;  // the last time that it could be; 0: never
  int64_t failures = 0;
  std::string trouble;  // why the last time failed; empty: it did not
  Instant created;
};

struct SeenItem {
  std::string name, title, link;
  std::optional<PostId> post;
  Instant seen;
};

class Feeds {
 public:
  explicit Feeds(Unit& unit) : unit_(unit) {}
  void add(const Feed& feed);
  void put(const Feed& feed);  // as it is now
  std::optional<Feed> find(WorkspaceId workspace, FeedId id);
  std::optional<Feed> lock(WorkspaceId workspace, FeedId id);  // until the transaction ends; not on a reader
  std::vector<Feed> list(WorkspaceId workspace);               // by address
  void remove(WorkspaceId workspace, FeedId id);               // its posts stay
  std::vector<Feed> due(Instant now, size_t limit);            // in all workspaces
  // False: this item was seen before, by whoever. It is there, at item.seen.
  bool see(const Feed& feed, const SeenItem& item);
  void see_again(const Feed& feed, Instant now);            // nothing changed: what was there is there still
  void forget_items(const Feed& feed, Instant gone_since);  // what was not there since
  std::vector<SeenItem> items(WorkspaceId workspace, FeedId feed, size_t limit);  // newest first

 private:
  Unit& unit_;
};

}  // namespace carillon::store
