#include "plan/task_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "plan/schedule.h"
#include "wire/url.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_key = 200, longest_person = 200, longest_link = 2000, longest_note = 8000;

constexpr auto headings = std::to_array<Column>({{"person", {"name", "who", "to"}},
                                                 {"kind", {"what", "type"}},
                                                 {"link", {"url", "profile"}},
                                                 {"note", {"text", "message"}},
                                                 {"at", {"local", "when", "due"}},
                                                 {"date", {}},
                                                 {"time", {}},
                                                 {"zone", {"timezone", "time zone", "tz"}},
                                                 {"campaign", {}},
                                                 {"state", {"status"}},
                                                 {"key", {}},
                                                 {"id", {}}});
// What the export says about a task, and a task does not take.
constexpr std::array<std::string_view, 2> told = {"utc", "settled"};

Result<Columns> columns_of(const Table& table, std::vector<std::string>& ignored) {
  auto columns = Columns::find(table, headings, told, ignored);
  if (!columns || columns->has("person")) return columns;
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_person_column",
                 .text = "No column says whom the tasks are about.",
                 .field = "csv",
                 .remedy = "Name the columns in the first row: person, kind, link, note, at."});
}

// One row while it is read.
class TaskReader {
 public:
  TaskReader(const Table::Record& record, const Columns& columns, const TaskWishes& wishes)
      : record_(record), columns_(columns), wishes_(wishes) {
    row_.line = record.line;
  }
  TaskRow read();

 private:
  std::string cell(std::string_view column) const { return columns_.cell(record_, column); }
  std::string word(std::string_view column) const { return std::string(trimmed(cell(column))); }
  void trouble(std::string_view column, std::string code, std::string text, std::string fix) {
    row_.troubles.push_back({std::string(column), std::move(code), std::move(text), std::move(fix)});
  }
  void warning(std::string_view column, std::string code, std::string text, std::string fix) {
    row_.warnings.push_back({std::string(column), std::move(code), std::move(text), std::move(fix)});
  }
  void read_kind();
  void read_person();
  void read_link();
  void read_note();
  void read_time();
  void read_campaign();
  void read_state();
  void read_id();

  const Table::Record& record_;
  const Columns& columns_;
  const TaskWishes& wishes_;
  TaskRow row_;
};

void TaskReader::read_kind() {
  const std::string named = lowered(word("kind"));
  row_.task.kind = task_kind_from(named).value_or(wishes_.kind);
  if (named.empty() || task_kind_from(named)) return;
  trouble("kind", "unknown_kind", fmt::format("There is no kind \"{}\".", shortened(named, 30)),
          "Use message, connect or other.");
}

void TaskReader::read_person() {
  row_.task.person = word("person");
  if (row_.task.person.empty())
    return trouble("person", "no_person", "This row names nobody.", "Write whom it is about.");
  if (row_.task.person.size() > longest_person)
    trouble("person", "too_long", "This name is longer than 200 bytes.", "Shorten it.");
}

void TaskReader::read_link() {
  row_.task.link = word("link");
  if (row_.task.link.empty() && row_.task.kind != TaskKind::other) {
    return warning("link", "no_link", "There is no link: whoever does it has to look for the person.",
                   "Give the address of the profile or the conversation.");
  }
  if (row_.task.link.empty()) return;
  const auto url = wire::parse_url(row_.task.link);
  if (!url || url->scheme != "https") {
    return trouble("link", "not_a_url",
                   fmt::format("This is not an https address: \"{}\".", shortened(row_.task.link, 80)),
                   "Give the address of the profile or the conversation; it begins with https://.");
  }
  if (row_.task.link.size() > longest_link)
    trouble("link", "too_long", "This address is longer than 2,000 bytes.", "Give a shorter one.");
}

void TaskReader::read_note() {
  row_.task.note = std::string(trimmed(cell("note")));
  if (row_.task.note.size() > longest_note)
    return trouble("note", "too_long", "This text is longer than 8,000 bytes.", "Shorten it.");
  if (row_.task.note.empty() && row_.task.kind == TaskKind::message)
    warning("note", "no_note", "There is no text to send.", "Write what the message says.");
}

void TaskReader::read_time() {
  const std::string time = columns_.time(record_);
  if (time.empty()) return;  // whenever
  std::string zone = word("zone");
  if (zone.empty()) zone = wishes_.zone;
  const auto when = schedule_written(time, zone);
  if (!when) return trouble(when.error().field, when.error().code, when.error().text, when.error().remedy);
  row_.task.local_time = when->local;
  row_.task.zone = when->zone;
  row_.task.due = when->at;
  if (when->at < wishes_.now)
    warning("at", "time_past", "This time is past: the task is due at once.", "Write a later time.");
}

// By its name or its id.
void TaskReader::read_campaign() {
  const std::string named = word("campaign");
  row_.task.campaign = named.empty() ? wishes_.campaign : std::nullopt;
  if (named.empty()) return;
  for (const Campaign& campaign : wishes_.campaigns) {
    if (folded(campaign.name) == folded(named) || campaign.id.text() == lowered(named))
      row_.task.campaign = campaign.id;
  }
  if (row_.task.campaign) return;
  trouble("campaign", "campaign_unknown",
          fmt::format("There is no campaign \"{}\" here.", shortened(named, 60)),
          "Make it first, or write the name of one that is there.");
}

// Only what is still to be done becomes a task.
void TaskReader::read_state() {
  const std::string state = lowered(word("state"));
  if (state.empty() || state == "open") return;
  const bool over = task_state_from(state).has_value();
  trouble(
      "state", over ? "settled" : "unknown_state",
      over ? fmt::format("This task is settled: {}.", state)
           : fmt::format("There is no state \"{}\".", shortened(state, 30)),
      over ? "Leave the row out, or write open to have it done again." : "Leave it empty, or write open.");
}

void TaskReader::read_id() {
  const std::string id = word("id");
  if (id.empty()) return;
  row_.known = TaskId::parse(id);
  if (!row_.known)
    trouble("id", "not_an_id", fmt::format("\"{}\" is no id of a task.", shortened(id, 60)),
            "Leave it empty.");
}

TaskRow TaskReader::read() {
  columns_.refuse_surplus(record_, row_.troubles);
  read_kind();
  read_person();
  read_link();
  read_note();
  read_time();
  read_campaign();
  read_state();
  read_id();
  row_.key = shortened(word("key"), longest_key);
  return std::move(row_);
}

std::string print_of(const Task& task) {
  std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", to_text(task.kind), task.person, task.link,
                                task.note, task.local_time, task.zone);
  if (task.campaign) all += "\n@" + task.campaign->text();
  return to_hex(sha256(all)).substr(0, 32);
}

// Whom a task is about, and what is asked: by the link, or else by the name.
std::string subject_of(const Task& task) {
  const std::string link = lowered(task.link.substr(0, task.link.find_first_of("?#")));
  const std::string whom =
      link.empty() ? folded(task.person) : link.substr(0, link.find_last_not_of('/') + 1);
  return fmt::format("{} {}", to_text(task.kind), whom);
}

RowTrouble same_as_line(size_t line, const Task& task) {
  return {"person", "duplicate", fmt::format("Line {} of this table asks the same of {}.", line, task.person),
          "Leave one of them out, unless both are meant."};
}
}  // namespace

Result<TaskImport> read_task_import(const Table& table, const TaskWishes& wishes) {
  TaskImport import;
  const auto columns = columns_of(table, import.ignored);
  if (!columns) return refuse(columns.error());
  RowKeys keys;
  for (const Table::Record& record : table.records) {
    TaskRow row = TaskReader(record, *columns, wishes).read();
    row.key = keys.take(std::move(row.key), print_of(row.task), row.troubles);
    import.rows.push_back(std::move(row));
  }
  return import;
}

void warn_of_same_tasks(std::span<TaskRow* const> rows, std::span<const Task> open) {
  std::map<std::string, const Task*> planned;
  for (const Task& task : open) planned.emplace(subject_of(task), &task);
  std::map<std::string, size_t> lines;
  for (TaskRow* row : rows) {
    const std::string subject = subject_of(row->task);
    if (planned.contains(subject)) {
      row->warnings.push_back({"person", "duplicate",
                               fmt::format("An open task asks the same of {} already.", row->task.person),
                               "Leave this row out, unless both are meant."});
    }
    const auto [first, fresh] = lines.emplace(subject, row->line);
    if (!fresh) row->warnings.push_back(same_as_line(first->second, row->task));
  }
}

}  // namespace carillon::plan
