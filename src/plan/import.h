// From the rows of a table to posts: what each row says, and what is wrong with it, beside the row. Refuses
// to know what networks think of it (check.h) and which slots are free (slot_fill.h). Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/account.h"
#include "model/campaign.h"
#include "model/post.h"
#include "plan/columns.h"
#include "plan/schedule.h"
#include "plan/table.h"

namespace carillon::plan {

struct ImportRow {
  size_t line = 0;              // of the file
  std::string key;              // the row's own, or a print of what it says: the same row twice is one post
  std::optional<PostId> known;  // it names a post by its id: it came from here
  Post post;                    // content, targets, title, tags, late, and the time when it has one
  bool queued = false;          // wants the next free slot
  bool draft = false;
  std::optional<Schedule> schedule;
  std::vector<RowTrouble> troubles;
};

struct ImportWishes {
  std::span<const Account> accounts;                                        // that may be named
  std::vector<AccountId> to;                                                // for rows that name nobody
  std::string zone;                                                         // of times without one
  enum class Fill : uint8_t { slots, drafts, refuse } fill = Fill::refuse;  // what rows without a time become
  LatePolicy late;
  std::span<const Campaign> campaigns = {};  // that may be named
};

struct Import {
  std::vector<std::string> ignored;  // columns that nobody knows
  std::vector<ImportRow> rows;
};

// Columns: text (all parts: parts_text.h), accounts, at, zone, title, link, media, alt, tags, campaign, late,
// link_in, utm (off), utm_source, utm_medium, utm_campaign, utm_content, state, key, id; also those of the
// export. Fault: invalid: no column for the text, or two.
Result<Import> read_import(const Table& table, const ImportWishes& wishes);

}  // namespace carillon::plan
