#include "store/feeds.h"

#include "store/rows.h"

namespace carillon::store {

namespace {
#define FEED_COLUMNS                                                                                    \
  "workspace, id, address, title, accounts, template, becomes, period, newest, author, paused, begun, " \
  "etag, modified, next, fetched, failures, trouble, created"

constexpr Duration noted_every = std::chrono::hours(24);  // that an item is there

std::string ids_text(const std::vector<AccountId>& ids) {
  std::vector<std::string> texts;
  for (const AccountId id : ids) texts.push_back(id.text());
  return list_text(texts);
}

std::vector<AccountId> ids_from(const std::string& text) {
  std::vector<AccountId> ids;
  for (const std::string& each : list_from(text)) {
    if (const auto id = AccountId::parse(each)) ids.push_back(*id);
  }
  return ids;
}

Feed feed_at(const Row& row) {
  size_t i = 0;
  Feed feed;
  feed.workspace = row.id<WorkspaceId>(i++);
  feed.id = row.id<FeedId>(i++);
  feed.address = row.text(i++);
  feed.title = row.text(i++);
  feed.accounts = ids_from(row.text(i++));
  feed.form = row.text(i++);
  feed.becomes = enum_at<Feed::Becomes>(row, i++);
  feed.period = Duration(row.integer(i++));
  feed.newest = row.integer(i++);
  feed.author = row.id<UserId>(i++);
  feed.paused = row.flag(i++);
  feed.begun = row.flag(i++);
  feed.etag = row.text(i++);
  feed.modified = row.text(i++);
  feed.next = row.instant(i++);
  feed.fetched = row.instant(i++);
  feed.failures = row.integer(i++);
  feed.trouble = row.text(i++);
  feed.created = row.instant(i++);
  return feed;
}

std::vector<Feed> all_of(const Rows& rows) {
  std::vector<Feed> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(feed_at(rows[i]));
  return all;
}

std::optional<Feed> first_of(const Rows& rows) {
  return rows.empty() ? std::nullopt : std::optional(feed_at(rows[0]));
}
}  // namespace

void Feeds::add(const Feed& f) {
  unit_.connection()("INSERT INTO feeds (" FEED_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, "
                     "$18, $19)",
                     f.workspace, f.id, f.address, f.title, ids_text(f.accounts), f.form,
                     number_of(f.becomes), f.period.count(), f.newest, f.author, f.paused, f.begun, f.etag,
                     f.modified, f.next, f.fetched, f.failures, f.trouble, f.created);
}

void Feeds::put(const Feed& f) {
  unit_.connection()(
      "UPDATE feeds SET address = $3, title = $4, accounts = $5, template = $6, becomes = $7, period = $8, "
      "newest = $9, paused = $10, begun = $11, etag = $12, modified = $13, next = $14, fetched = $15, "
      "failures = $16, trouble = $17, author = $18 WHERE workspace = $1 AND id = $2",
      f.workspace, f.id, f.address, f.title, ids_text(f.accounts), f.form, number_of(f.becomes),
      f.period.count(), f.newest, f.paused, f.begun, f.etag, f.modified, f.next, f.fetched, f.failures,
      f.trouble, f.author);
}

std::optional<Feed> Feeds::find(WorkspaceId workspace, FeedId id) {
  return first_of(unit_.connection()("SELECT " FEED_COLUMNS " FROM feeds WHERE workspace = $1 AND id = $2",
                                     workspace, id));
}

std::optional<Feed> Feeds::lock(WorkspaceId workspace, FeedId id) {
  return first_of(unit_.connection()("SELECT " FEED_COLUMNS
                                     " FROM feeds WHERE workspace = $1 AND id = $2 /*pg FOR UPDATE*/",
                                     workspace, id));
}

std::vector<Feed> Feeds::list(WorkspaceId workspace) {
  return all_of(unit_.connection()(
      "SELECT " FEED_COLUMNS " FROM feeds WHERE workspace = $1 ORDER BY address, id", workspace));
}

void Feeds::remove(WorkspaceId workspace, FeedId id) {
  unit_.connection()("DELETE FROM feed_items WHERE workspace = $1 AND feed = $2", workspace, id);
  unit_.connection()("DELETE FROM feeds WHERE workspace = $1 AND id = $2", workspace, id);
}

std::vector<Feed> Feeds::due(Instant now, size_t limit) {
  return all_of(unit_.connection()("SELECT " FEED_COLUMNS
                                   " FROM feeds WHERE paused = 0 AND next <= $1 ORDER BY next, id LIMIT $2",
                                   now, limit));
}

bool Feeds::see(const Feed& feed, const SeenItem& item) {
  Connection& db = unit_.connection();
  const bool fresh =
      db("INSERT INTO feed_items (workspace, feed, name, title, link, post, seen, there) VALUES ($1, "
         "$2, $3, $4, $5, $6, $7, $7) ON CONFLICT (workspace, feed, name) DO NOTHING",
         feed.workspace, feed.id, item.name, item.title, item.link, item.post, item.seen)
          .changed > 0;
  if (!fresh) {
    db("UPDATE feed_items SET there = $4 WHERE workspace = $1 AND feed = $2 AND name = $3 AND there < $5",
       feed.workspace, feed.id, item.name, item.seen, item.seen - noted_every);
  }
  return fresh;
}

void Feeds::see_again(const Feed& feed, Instant now) {
  unit_.connection()(
      "UPDATE feed_items SET there = $3 WHERE workspace = $1 AND feed = $2 AND there < $4 AND there >= "
      "(SELECT "
      "max(there) FROM feed_items WHERE workspace = $1 AND feed = $2) - $5",
      feed.workspace, feed.id, now, now - noted_every, noted_every.count());
}

void Feeds::forget_items(const Feed& feed, Instant gone_since) {
  unit_.connection()("DELETE FROM feed_items WHERE workspace = $1 AND feed = $2 AND there < $3",
                     feed.workspace, feed.id, gone_since);
}

std::vector<SeenItem> Feeds::items(WorkspaceId workspace, FeedId feed, size_t limit) {
  const Rows rows = unit_.connection()(
      "SELECT name, title, link, post, seen FROM feed_items WHERE workspace = $1 AND feed = $2 "
      "ORDER BY seen DESC, name LIMIT $3",
      workspace, feed, limit);
  std::vector<SeenItem> all;
  for (size_t i = 0; i < rows.size(); ++i) {
    all.push_back({rows[i].text(0), rows[i].text(1), rows[i].text(2), optional_id<PostId>(rows[i], 3),
                   rows[i].instant(4)});
  }
  return all;
}

}  // namespace carillon::store
