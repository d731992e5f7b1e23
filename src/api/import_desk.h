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
std::string_view to_text(RowState state);

struct Saying {
  AccountId account;
  std::string text;  // of the first part, as it goes out
};

struct JudgedRow {
  plan::ImportRow row;
  RowState state = RowState::ready;
  std::vector<plan::RowTrouble> warnings;  // what does not stop it
  std::vector<Saying> said;                // by a row that is ready and no draft
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

// Puts a finding beside the row, with the column that it is about; what is said of several accounts once.
void add_warning(JudgedRow& judged, const plan::Finding& finding);

// Warns of rows that are close to each other or to what is planned, and of those that say the same again.
// facts: what is the same for all rows.
void warn_of_neighbours(store::Unit& unit, WorkspaceId workspace, const plan::Facts& facts,
                        std::span<JudgedRow> rows);

// Makes posts of these rows (those that are ready). Rows whose slot was taken meanwhile get the next one; a
// row that was imported meanwhile is there.
void make_posts(store::Unit& unit, const Request& request, Desk& desk, std::span<const Account> accounts,
                std::span<JudgedRow> rows);

// Schema ImportResult.
std::string render(const JudgedImport& import);
// Its parts that results about other things have, too.
void write_troubles(Json& json, std::string_view name, const std::vector<plan::RowTrouble>& troubles);
void write_head(Json& json, const std::vector<std::string>& ignored, std::span<const RowState> states);

// Of the words of an order. Fault in the reader: invalid: there is no such zone.
std::string read_zone(Reader& in);
// Parses the table. Fault: invalid, also when it has too many rows.
Result<plan::Table> read_table(const std::string& csv);

}  // namespace carillon::api
