// What became of an import, as the API writes it.
#include <algorithm>

#include "api/import_desk.h"
#include "api/json.h"
#include "api/words.h"
#include "base/text.h"

namespace carillon::api {

namespace {
constexpr size_t words_shown = 200;

void write_row(Json& json, const JudgedRow& judged) {
  const plan::ImportRow& row = judged.row;
  json.begin().field("line", row.line).field("state", to_text(judged.state)).field("key", row.key);
  json.field("post", row.known).field("draft", row.draft).field("queued", row.queued);
  json.field("title", row.post.title);
  json.field("text", shortened(row.post.content.parts.front().text, words_shown));
  json.key("accounts").list();
  for (const Target& target : row.post.targets) json.value(target.account);
  json.end_list().key("at");
  if (row.schedule) {
    const plan::Schedule& at = *row.schedule;
    json.begin().field("local", at.local).field("zone", at.zone).field("utc", at.at);
    json.field("note", plan::to_text(at.note)).end();
  } else {
    json.value(nullptr);
  }
  write_troubles(json, "troubles", row.troubles);
  write_troubles(json, "warnings", judged.warnings);
  json.end();
}
}  // namespace

std::string_view to_text(RowState state) {
  switch (state) {
    case RowState::ready: return "ready";
    case RowState::wrong: return "wrong";
    case RowState::there: return "there";
    case RowState::imported: return "imported";
  }
  return "wrong";
}

void write_troubles(Json& json, std::string_view name, const std::vector<plan::RowTrouble>& troubles) {
  json.key(name).list();
  for (const plan::RowTrouble& trouble : troubles) {
    json.begin().field("column", trouble.column).field("code", trouble.code);
    json.field("text", trouble.text).field("fix", trouble.fix).end();
  }
  json.end_list();
}

void write_head(Json& json, const std::vector<std::string>& ignored, std::span<const RowState> states) {
  json.texts("ignored", ignored).key("counts").begin();
  for (const RowState state : {RowState::ready, RowState::wrong, RowState::there, RowState::imported})
    json.field(to_text(state), int64_t{std::ranges::count(states, state)});
  json.end();
}

std::string render(const JudgedImport& import) {
  std::vector<RowState> states;
  for (const JudgedRow& judged : import.rows) states.push_back(judged.state);
  Json json;
  json.begin();
  write_head(json, import.ignored, states);
  json.key("rows").list();
  for (const JudgedRow& judged : import.rows) write_row(json, judged);
  return json.end_list().end().take();
}

}  // namespace carillon::api
