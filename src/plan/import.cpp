#include "plan/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "plan/import_accounts.h"
#include "plan/parts_text.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_key = 200;

constexpr auto headings = std::to_array<Column>({{"text", {"post", "message", "caption"}},
                                                 {"accounts", {"account", "to", "targets"}},
                                                 {"at", {"local", "when", "scheduled"}},
                                                 {"date", {}},
                                                 {"time", {}},
                                                 {"zone", {"timezone", "time zone", "tz"}},
                                                 {"title", {"note", "name", "subject"}},
                                                 {"link", {"url"}},
                                                 {"media", {}},
                                                 {"alt", {}},
                                                 {"tags", {"tag", "labels"}},
                                                 {"campaign", {}},
                                                 {"late", {}},
                                                 {"link_in", {}},
                                                 {"utm", {}},
                                                 {"utm_source", {}},
                                                 {"utm_medium", {}},
                                                 {"utm_campaign", {}},
                                                 {"utm_content", {}},
                                                 {"state", {"status"}},
                                                 {"key", {}},
                                                 {"id", {}}});
// What the export says about a post, and a post does not take.
constexpr std::array<std::string_view, 5> told = {"utc", "links", "troubles", "parts", "page"};

Result<Columns> columns_of(const Table& table, std::vector<std::string>& ignored) {
  auto columns = Columns::find(table, headings, told, ignored);
  if (!columns || columns->has("text") || columns->has("media")) return columns;
  return refuse({.kind = FaultKind::invalid,
                 .code = "no_text_column",
                 .text = "No column has the texts.",
                 .field = "csv",
                 .remedy = "Name the columns in the first row: text, accounts, at, zone."});
}

// One row while it is read.
class RowReader {
 public:
  RowReader(const Table::Record& record, const Columns& columns, const ImportWishes& wishes)
      : record_(record), columns_(columns), wishes_(wishes) {
    row_.line = record.line;
    row_.post.late = wishes.late;
  }
  ImportRow read();
  const std::string& time_said() const { return time_; }

 private:
  std::string cell(std::string_view column) const { return columns_.cell(record_, column); }
  void trouble(std::string_view column, std::string code, std::string text, std::string fix) {
    row_.troubles.push_back({std::string(column), std::move(code), std::move(text), std::move(fix)});
  }
  void trouble(std::string_view column, const Fault& fault) {
    trouble(column, fault.code, fault.text, fault.remedy);
  }
  void read_content();
  void read_media(ContentPart& first);
  void read_targets();
  void read_rest();
  void read_campaign();
  void read_links();
  void read_time();
  void read_wall(std::string text);
  void read_key();

  const Table::Record& record_;
  const Columns& columns_;
  const ImportWishes& wishes_;
  ImportRow row_;
  std::string time_;
};

void RowReader::read_media(ContentPart& first) {
  for (const std::string& word : words_of(cell("media"))) {
    const auto id = MediaId::parse(word);
    if (!id) {
      return trouble("media", "not_an_id", fmt::format("\"{}\" is no id of a file.", shortened(word, 60)),
                     "Upload the file, and put its id here.");
    }
    first.media.push_back({*id, ""});
  }
  const std::string alts = cell("alt");
  size_t from = 0;
  for (MediaRef& medium : first.media) {
    if (from > alts.size()) break;
    const size_t end = std::min(alts.find('|', from), alts.size());
    medium.alt = std::string(trimmed(std::string_view(alts).substr(from, end - from)));
    from = end + 1;
  }
}

void RowReader::read_content() {
  Content& content = row_.post.content;
  content.parts = parts_from(cell("text"));
  content.parts.front().link = std::string(trimmed(cell("link")));
  read_media(content.parts.front());
  const bool nothing = std::ranges::all_of(content.parts, [](const ContentPart& part) {
    return part.text.empty() && part.media.empty() && part.link.empty();
  });
  if (nothing) trouble("text", "no_text", "This row says nothing.", "Write a text.");
}

void RowReader::read_targets() {
  auto ids = accounts_named(cell("accounts"), wishes_.accounts);
  if (!ids) return trouble("accounts", ids.error());
  if (ids->empty()) *ids = wishes_.to;
  for (const AccountId id : *ids) row_.post.targets.push_back({id, std::nullopt});
}

void RowReader::read_rest() {
  row_.post.title = shortened(trimmed(cell("title")), 200);
  row_.post.tags = words_of(cell("tags"));
  if (row_.post.tags.size() > 20)
    trouble("tags", "too_many", "There are more than 20 tags.", "Leave some out.");
  const std::string late = lowered(trimmed(cell("late")));
  if (late.empty()) return;
  if (const auto then = late_then_from(late)) {
    row_.post.late.then = *then;
  } else {
    trouble("late", "unknown_policy", fmt::format("There is no late policy \"{}\".", shortened(late, 30)),
            "Use ask, skip or next_slot.");
  }
}

// By its name or its id.
void RowReader::read_campaign() {
  const std::string named(trimmed(cell("campaign")));
  if (named.empty()) return;
  for (const Campaign& campaign : wishes_.campaigns) {
    if (folded(campaign.name) == folded(named) || campaign.id.text() == lowered(named))
      row_.post.campaign = campaign.id;
  }
  if (row_.post.campaign) return;
  trouble("campaign", "campaign_unknown",
          fmt::format("There is no campaign \"{}\" here.", shortened(named, 60)),
          "Make it first, or write the name of one that is there.");
}

// Where the link goes, and its marks.
void RowReader::read_links() {
  Utm& utm = row_.post.utm;
  for (const auto& [column, word] :
       {std::pair("utm_source", &utm.source), std::pair("utm_medium", &utm.medium),
        std::pair("utm_campaign", &utm.campaign), std::pair("utm_content", &utm.content)})
    *word = shortened(trimmed(cell(column)), 200);
  const std::string marks = lowered(trimmed(cell("utm")));
  utm.off = marks == "off" || marks == "no";
  const std::string place = lowered(trimmed(cell("link_in")));
  if (place.empty()) return;
  const auto known = link_place_from(place);
  if (!known)
    return trouble("link_in", "unknown_place",
                   fmt::format("A link cannot go to \"{}\".", shortened(place, 30)),
                   "Use usual, text or comment.");
  for (Target& target : row_.post.targets) target.link = *known;
}

// A wall time in the row's zone, or an instant with its offset.
void RowReader::read_wall(std::string text) {
  std::string zone(trimmed(cell("zone")));
  if (zone.empty()) zone = wishes_.zone;
  auto schedule = schedule_written(std::move(text), zone);
  if (!schedule) return trouble(schedule.error().field, schedule.error());
  row_.schedule = std::move(*schedule);
  row_.post.local_time = row_.schedule->local;
  row_.post.zone = row_.schedule->zone;
  row_.post.due = row_.schedule->at;
}

void RowReader::read_time() {
  time_ = columns_.time(record_);
  const std::string word = lowered(time_);
  const bool draft = word == "draft" || lowered(trimmed(cell("state"))) == "draft";
  row_.queued = word == "next" || word == "queue" || word == "next slot";
  if (!time_.empty() && !row_.queued && word != "draft") read_wall(time_);
  if (time_.empty() && !draft) {
    row_.queued = wishes_.fill == ImportWishes::Fill::slots;
    row_.draft = wishes_.fill == ImportWishes::Fill::drafts;
    if (wishes_.fill == ImportWishes::Fill::refuse)
      trouble("at", "no_time", "This row has no time.", "Write one, or let rows without a time fill slots.");
  }
  if (draft) row_.draft = true, row_.queued = false;
  if (!row_.draft && row_.post.targets.empty() && trimmed(cell("accounts")).empty())
    trouble("accounts", "no_target", "This row names no account.",
            "Name one, or choose accounts for all rows.");
}

void RowReader::read_key() {
  row_.key = shortened(trimmed(cell("key")), longest_key);
  const std::string id(trimmed(cell("id")));
  if (id.empty()) return;
  row_.known = PostId::parse(id);
  if (!row_.known)
    trouble("id", "not_an_id", fmt::format("\"{}\" is no id of a post.", shortened(id, 60)),
            "Leave it empty.");
}

ImportRow RowReader::read() {
  columns_.refuse_surplus(record_, row_.troubles);
  read_content();
  read_targets();
  read_rest();
  read_links();
  read_campaign();
  read_time();
  read_key();
  return std::move(row_);
}

std::string print_of(const ImportRow& row, const std::string& time) {
  std::string all =
      fingerprint(row.post.content) + "\n" + row.post.title + "\n" + time + "\n" + row.post.zone;
  for (const Target& target : row.post.targets) all += "\n" + target.account.text();
  for (const std::string& tag : row.post.tags) all += "\n#" + tag;
  const Utm& utm = row.post.utm;
  if (utm != Utm{})
    all += fmt::format("\n?{}?{}?{}?{}?{}", utm.off, utm.source, utm.medium, utm.campaign, utm.content);
  if (row.post.campaign) all += "\n@" + row.post.campaign->text();
  return to_hex(sha256(all)).substr(0, 32);
}
}  // namespace

Result<Import> read_import(const Table& table, const ImportWishes& wishes) {
  Import import;
  const auto columns = columns_of(table, import.ignored);
  if (!columns) return refuse(columns.error());
  RowKeys keys;
  for (const Table::Record& record : table.records) {
    RowReader reader(record, *columns, wishes);
    ImportRow row = reader.read();
    row.key = keys.take(std::move(row.key), print_of(row, reader.time_said()), row.troubles);
    import.rows.push_back(std::move(row));
  }
  return import;
}

}  // namespace carillon::plan
