#include "store/series.h"

#include "store/post_rows.h"
#include "store/rows.h"

namespace carillon::store {
namespace {

#define SERIES_COLUMNS                                                                                     \
  "workspace, id, rule, local_time, zone, made_until, ended, author, title, content, targets, late_then, " \
  "late_within, "                                                                                          \
  "tags, campaign, approved, utm"

Series series_at(const Row& row) {
  size_t i = 0;
  Series s;
  s.workspace = row.id<WorkspaceId>(i++);
  s.id = row.id<PostId>(i++);
  s.rule = row.text(i++);
  s.local_time = row.text(i++);
  s.zone = row.text(i++);
  s.made_until = row.text(i++);
  s.ended = row.flag(i++);
  s.pattern.workspace = s.workspace;
  s.pattern.author = row.id<UserId>(i++);
  s.pattern.title = row.text(i++);
  s.pattern.content = content_from(row.text(i++));
  s.pattern.targets = targets_from(row.text(i++));
  s.pattern.late.then = enum_at<LatePolicy::Then>(row, i++);
  s.pattern.late.within = Duration(row.integer(i++));
  s.pattern.tags = list_from(row.text(i++));
  s.pattern.campaign = optional_id<CampaignId>(row, i++);
  s.approved = row.flag(i++);
  s.pattern.utm = utm_from(row.text(i++));
  return s;
}

std::vector<Series> all_of(const Rows& rows) {
  std::vector<Series> all;
  for (size_t i = 0; i < rows.size(); ++i) all.push_back(series_at(rows[i]));
  return all;
}

}  // namespace

void SeriesShelf::add(const Series& s) {
  unit_.connection()("INSERT INTO series (" SERIES_COLUMNS
                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
                     s.workspace, s.id, s.rule, s.local_time, s.zone, s.made_until, s.ended, s.pattern.author,
                     s.pattern.title, content_text(s.pattern.content), targets_text(s.pattern.targets),
                     number_of(s.pattern.late.then), s.pattern.late.within.count(),
                     list_text(s.pattern.tags), s.pattern.campaign, s.approved, utm_text(s.pattern.utm));
}

void SeriesShelf::put(const Series& s) {
  unit_.connection()(
      "UPDATE series SET rule = $3, local_time = $4, zone = $5, made_until = $6, ended = $7, title = $8, "
      "content = $9, "
      "targets = $10, late_then = $11, late_within = $12, tags = $13, campaign = $14, approved = $15, utm = $16, author = $17 "
      "WHERE workspace = $1 AND id = $2",
      s.workspace, s.id, s.rule, s.local_time, s.zone, s.made_until, s.ended, s.pattern.title,
      content_text(s.pattern.content), targets_text(s.pattern.targets), number_of(s.pattern.late.then),
      s.pattern.late.within.count(), list_text(s.pattern.tags), s.pattern.campaign, s.approved, utm_text(s.pattern.utm),
      s.pattern.author);
}

std::optional<Series> SeriesShelf::find(WorkspaceId workspace, PostId id) {
  const Rows rows = unit_.connection()(
      "SELECT " SERIES_COLUMNS " FROM series WHERE workspace = $1 AND id = $2", workspace, id);
  return rows.empty() ? std::nullopt : std::optional(series_at(rows[0]));
}

std::optional<PostId> SeriesShelf::of_post(WorkspaceId workspace, PostId post) {
  const Rows rows = unit_.connection()("SELECT series FROM series_posts WHERE workspace = $1 AND post = $2",
                                       workspace, post);
  return rows.empty() ? std::nullopt : std::optional(rows[0].id<PostId>(0));
}

std::vector<Series> SeriesShelf::list(WorkspaceId workspace, const std::string& since) {
  return all_of(
      unit_.connection()("SELECT " SERIES_COLUMNS
                         " FROM series WHERE workspace = $1 AND (ended = 0 OR made_until >= $2) ORDER BY id",
                         workspace, since));
}

std::vector<Series> SeriesShelf::going_on() {
  return all_of(
      unit_.connection()("SELECT " SERIES_COLUMNS " FROM series WHERE ended = 0 ORDER BY workspace, id"));
}

void SeriesShelf::add(const Series& s, const Occurrence& occurrence) {
  unit_.connection()(
      "INSERT INTO series_posts (workspace, post, series, local_time, own) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (workspace, post) DO UPDATE SET series = excluded.series, local_time = "
      "excluded.local_time, "
      "own = excluded.own",
      s.workspace, occurrence.post, s.id, occurrence.local_time, occurrence.own);
}

std::vector<Occurrence> SeriesShelf::occurrences(WorkspaceId workspace, PostId series) {
  const Rows rows = unit_.connection()(
      "SELECT local_time, post, own FROM series_posts WHERE workspace = $1 AND series = $2 ORDER BY "
      "local_time",
      workspace, series);
  std::vector<Occurrence> all;
  for (size_t i = 0; i < rows.size(); ++i)
    all.push_back({rows[i].text(0), rows[i].id<PostId>(1), rows[i].flag(2)});
  return all;
}

void SeriesShelf::move(WorkspaceId workspace, PostId post, const std::string& local_time) {
  unit_.connection()("UPDATE series_posts SET local_time = $3 WHERE workspace = $1 AND post = $2", workspace,
                     post, local_time);
}

void SeriesShelf::make_own(WorkspaceId workspace, PostId post) {
  unit_.connection()("UPDATE series_posts SET own = 1 WHERE workspace = $1 AND post = $2", workspace, post);
}

void SeriesShelf::drop(WorkspaceId workspace, PostId post) {
  unit_.connection()("DELETE FROM series_posts WHERE workspace = $1 AND post = $2", workspace, post);
}

}  // namespace carillon::store
