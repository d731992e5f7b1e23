// From the rows of a table to tasks for people: whom, where, with which words, when; and what is wrong,
// beside the row. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/campaign.h"
#include "model/task.h"
#include "plan/columns.h"

namespace carillon::plan {

struct TaskRow {
  size_t line = 0;              // of the file
  std::string key;              // the row's own, or a print of what it says: the same row twice is one task
  std::optional<TaskId> known;  // it names a task by its id: it came from here
  Task task;
  std::vector<RowTrouble> troubles;
  std::vector<RowTrouble> warnings;  // what does not stop it
};

struct TaskWishes {
  std::string zone;                          // of times without one
  TaskKind kind = TaskKind::message;         // of rows that name none
  std::optional<CampaignId> campaign;        // of rows that name none
  std::span<const Campaign> campaigns = {};  // that may be named
  Instant now;
};

struct TaskImport {
  std::vector<std::string> ignored;  // columns that nobody knows
  std::vector<TaskRow> rows;
};

// Columns: person, kind, link, note, at (or date and time), zone, campaign, state, key, id; also those of the
// export. Fault: invalid: no column for the person, or two for one thing.
Result<TaskImport> read_task_import(const Table& table, const TaskWishes& wishes);

// Warns of rows that ask the same of the same person as another row, or as a task that is open.
void warn_of_same_tasks(std::span<TaskRow* const> rows, std::span<const Task> open);

}  // namespace carillon::plan
