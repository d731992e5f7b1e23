// https://www.rfc-editor.org/rfc/rfc4180 (2026-11)
#include "plan/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace carillon::plan {

namespace {
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Fault bad_table(std::string code, std::string text, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = std::move(code),
          .text = std::move(text),
          .field = "csv",
          .remedy = std::move(remedy)};
}

// What stands between the fields: whichever of the three the first line has most of, outside of quotes.
char separator_of(std::string_view text) {
  std::array<size_t, 3> seen{};
  constexpr std::string_view choices = ",;\t";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    if (const size_t at = choices.find(c); !quoted && at != std::string_view::npos) ++seen[at];
  }
  return choices[static_cast<size_t>(std::ranges::max_element(seen) - seen.begin())];
}

// Reads records one after the other.
class Scanner {
 public:
  Scanner(std::string_view text, char separator) : text_(text), separator_(separator) {}

  bool done() const { return at_ >= text_.size(); }
  Result<Table::Record> record();

 private:
  Result<std::string> field();
  Result<std::string> quoted();
  bool at_line_end() const { return done() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void pass_line_end();

  std::string_view text_;
  char separator_;
  size_t at_ = 0, line_ = 1;
};

void Scanner::pass_line_end() {
  if (done()) return;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

// From the opening quote on; a quote inside is written twice. What follows the closing quote up to the
// separator is kept as it stands.
Result<std::string> Scanner::quoted() {
  const size_t began = line_;
  std::string out;
  for (++at_; !done(); ++at_) {
    const char c = text_[at_];
    if (c == '\n') ++line_;
    if (c != '"') {
      out += c;
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
      out += '"', ++at_;
    } else {
      ++at_;
      return out;
    }
  }
  return refuse(bad_table("quote_open", fmt::format("The quote that begins in line {} never ends.", began),
                          "Close it, or write a quote inside a field twice: \"\"."));
}

Result<std::string> Scanner::field() {
  std::string out;
  if (!done() && text_[at_] == '"') {
    auto inside = quoted();
    if (!inside) return inside;
    out = std::move(*inside);
  }
  while (!at_line_end() && text_[at_] != separator_) out += text_[at_++];
  return out;
}

Result<Table::Record> Scanner::record() {
  Table::Record record{.line = line_, .fields = {}};
  for (;;) {
    auto one = field();
    if (!one) return refuse(std::move(one.error()));
    record.fields.push_back(std::move(*one));
    if (at_line_end()) break;
    ++at_;  // the separator
  }
  pass_line_end();
  return record;
}

bool is_blank(const Table::Record& record) {
  return std::ranges::all_of(record.fields, [](const std::string& f) { return trimmed(f).empty(); });
}
}  // namespace

Result<Table> parse_table(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!is_utf8(text)) {
    return refuse(bad_table("not_utf8", "This file is not written in UTF-8.",
                            "Save it as \"CSV UTF-8\" and try again."));
  }
  Table table;
  Scanner scanner(text, separator_of(text));
  while (!scanner.done()) {
    auto record = scanner.record();
    if (!record) return refuse(std::move(record.error()));
    if (is_blank(*record)) continue;
    if (table.header.empty()) {
      table.header = std::move(record->fields);
    } else {
      table.records.push_back(std::move(*record));
    }
  }
  if (!table.header.empty()) return table;
  return refuse(bad_table("empty_table", "This file has no rows.", "Its first row names the columns."));
}

}  // namespace carillon::plan
