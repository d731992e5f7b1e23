// Posts as rows.
#pragma once

#include "model/post.h"
#include "store/connection.h"

namespace carillon::store {

#define POST_COLUMNS                                                                                         \
  "p.workspace, p.id, p.author, p.title, p.state, p.content, p.targets, p.local_time, p.zone, p.due, "       \
  "p.late_then, p.late_within, p.tags, p.revision, p.created, p.updated, p.campaign, p.utm, t.paused, t.waiting, t.uncertain, " \
  "t.in_flight, t.delivered, t.failed, t.canceled, t.skipped"
// SQLite begins with posts: it must not read all tallies first.
#define POST_TABLES "posts p /*lite CROSS*/ JOIN tallies t ON t.workspace = p.workspace AND t.post = p.id"
Post post_at(const Row& row);

std::string targets_text(const std::vector<Target>& targets);
std::vector<Target> targets_from(const std::string& text);
std::string utm_text(const Utm& utm);  // empty: as the workspace has it
Utm utm_from(const std::string& text);
std::string post_words(const Post& post);         // what a search looks through, case folded
std::vector<MediaId> media_of(const Post& post);  // each once
inline Instant sorted_due(const Post& post) {
  return post.due.value_or(Instant::never());
}

}  // namespace carillon::store
