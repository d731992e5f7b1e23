// Posts: lists, filtered and in pages.
#include <array>

#include "base/text.h"
#include "store/post_rows.h"
#include "store/posts.h"
#include "store/rows.h"
#include "store/standing_rows.h"

namespace carillon::store {
namespace {

#define EACH_ACCOUNT \
  "/*lite json_each($7) whom*//*pg json_array_elements_text(CAST($7 AS json)) AS whom(value)*/"
#define POST_FILTER                                                  \
  " AND ($6 & " STANDING                                             \
  ") <> 0 "                                                          \
  "AND ($7 = '[]' OR EXISTS (SELECT 1 FROM " EACH_ACCOUNT            \
  " WHERE /*lite instr*//*pg strpos*/(p.targets, whom.value) > 0)) " \
  "AND ($8 = '' OR /*lite instr*//*pg strpos*/(p.words, $8) > 0) "   \
  "AND ($9 = '' OR /*lite instr*//*pg strpos*/(p.tags, $9) > 0) "

// Each begins where the page before ended, or at the bound of the time asked for, whichever comes later: the
// index is entered there and left at the other bound.
#define POSTS_OF "SELECT " POST_COLUMNS " FROM " POST_TABLES " WHERE p.workspace = $1 "
#define IN_CAMPAIGN "AND p.campaign = $10 "
#define OLDEST_FIRST \
  "AND (p.due, p.id) > ($2, $3) AND p.due <= $4" POST_FILTER "ORDER BY p.due, p.id LIMIT $5"
#define NEWEST_FIRST \
  "AND (p.due, p.id) < ($2, $3) AND p.due >= $4" POST_FILTER "ORDER BY p.due DESC, p.id DESC LIMIT $5"
constexpr const char* oldest_first = POSTS_OF OLDEST_FIRST;
constexpr const char* newest_first = POSTS_OF NEWEST_FIRST;
constexpr const char* oldest_of_campaign = POSTS_OF IN_CAMPAIGN OLDEST_FIRST;
constexpr const char* newest_of_campaign = POSTS_OF IN_CAMPAIGN NEWEST_FIRST;

struct Bounds {
  Instant due;
  PostId id;
  Instant end;
};

PostId last_id() {
  PostId id;
  id.bytes.fill(0xff);
  return id;
}

Bounds bounds_of(const PostFilter& f) {
  const Instant earliest = f.from.value_or(Instant{INT64_MIN});
  const Instant latest = f.until ? *f.until - 1us : Instant::never();
  const Instant cursor = f.after_due.value_or(Instant::never());
  if (f.newest_first) {
    if (f.after && cursor <= latest) return {cursor, *f.after, earliest};
    return {latest, last_id(), earliest};
  }
  if (f.after && cursor >= earliest) return {cursor, *f.after, latest};
  return {earliest, PostId{}, latest};
}

int64_t bits_of(const std::vector<std::string>& words) {
  int64_t bits = 0;
  for (size_t i = 0; i < standings.size(); ++i) {
    for (const std::string& word : words) {
      if (word == standings[i]) bits |= int64_t{1} << i;
    }
  }
  return words.empty() ? any_standing : bits;
}

// A JSON list, also when it is empty: PostgreSQL reads it before it asks whether it must.
std::string ids_text(const std::vector<AccountId>& ids) {
  std::vector<std::string> texts;
  for (const AccountId& id : ids) texts.push_back(id.text());
  return ids.empty() ? "[]" : list_text(texts);
}

// As it stands in the list of tags: in quotes.
std::string quoted(const std::string& tag) {
  if (tag.empty()) return {};
  const std::string list = list_text({tag});
  return list.substr(1, list.size() - 2);
}

}  // namespace

std::vector<Post> Posts::list(WorkspaceId workspace, const PostFilter& f) {
  const Bounds bounds = bounds_of(f);
  const auto ask = [&](const char* sql, const auto&... more) {
    return unit_.connection()(sql, workspace, bounds.due, bounds.id, bounds.end, f.limit, bits_of(f.states),
                              ids_text(f.accounts), folded(f.text), quoted(f.tag), more...);
  };
  const Rows rows = f.campaign ? ask(f.newest_first ? newest_of_campaign : oldest_of_campaign, *f.campaign)
                               : ask(f.newest_first ? newest_first : oldest_first);
  std::vector<Post> posts;
  for (size_t i = 0; i < rows.size(); ++i) posts.push_back(post_at(rows[i]));
  return posts;
}

}  // namespace carillon::store
