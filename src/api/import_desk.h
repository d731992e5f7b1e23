// Bulk scheduling: the rows of a table looked at, judged, and made into posts. Functions that take a unit run
// on a storage thread, inside its transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/post_desk.h"
#include "plan/import.h"

namespace carillon::api {

struct ImportOrder {  // schema ImportRequest
  std::string csv, zone;
  plan::ImportWishes::Fill fill = plan::ImportWishes::Fill::refuse;
  std::vector<AccountId> accounts;
  bool dry_run = false;
};
ImportOrder read_import_order(Reader& in);

enum class RowState : uint8_t { ready, wrong, there, imported };

struct JudgedRow {
  plan::ImportRow row;
  RowState state = RowState::ready;
  std::vector<plan::Finding> warnings;  // what does not stop it
};

struct JudgedImport {
  std::vector<std::string> ignored;
  std::vector<Account> accounts;  // of the workspace
  std::vector<JudgedRow> rows;
};

// Reads the table and judges each row; rows without a time are given the slots they would get now. Fault:
// invalid, about the table as a whole.
Result<JudgedImport> judge_import(store::Unit& unit, const Request& request, const Desk& desk,
                                  const ImportOrder& order);

// Makes posts of these rows (those that are ready). Rows whose slot was taken meanwhile get the next one; a
// row that was imported meanwhile is there.
void make_posts(store::Unit& unit, const Request& request, Desk& desk, std::span<const Account> accounts,
                std::span<JudgedRow> rows);

// Schema ImportResult.
std::string render(const JudgedImport& import);

}  // namespace carillon::api
