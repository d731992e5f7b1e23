#include "cli/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdio>

#include "base/text.h"

namespace carillon::cli {
namespace {

constexpr size_t bar_width = 30;
constexpr size_t widest_column = 60;

void write(std::FILE* to, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), to);
}

boost::json::object to_json(const Fault& fault) {
  return {{"kind", to_text(fault.kind)}, {"code", fault.code},     {"text", fault.text},
          {"field", fault.field},        {"remedy", fault.remedy}, {"detail", fault.detail}};
}

void append_row(std::string& out, const std::vector<std::string>& cells, const std::vector<size_t>& widths) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    line += cells[i];
    if (i + 1 < cells.size()) line.append(widths[i] + 2 - graphemes(cells[i]), ' ');
  }
  out += line + "\n";
}

}  // namespace

void Terminal::show(const boost::json::value& machine, std::string_view people) const {
  write(stdout, json ? boost::json::serialize(machine) + "\n" : std::string(people));
  std::fflush(stdout);
}

void Terminal::note(std::string_view text) const {
  if (!json) write(stderr, fmt::format("{}\n", text));
}

Exit Terminal::fail(const Fault& fault) const {
  if (json) {
    write(stdout, boost::json::serialize(boost::json::object{{"error", to_json(fault)}}) + "\n");
  } else {
    const std::string remedy = fault.remedy.empty() ? "" : fault.remedy + "\n";
    write(stderr, fmt::format("{}\n{}", printable(fault.text), remedy));
  }
  return exit_for(fault);
}

void Terminal::progress(std::string_view label, double done, double total) {
  if (json || isatty(STDERR_FILENO) == 0 || total <= 0) return;
  const double share = std::clamp(done / total, 0.0, 1.0);
  const auto filled = static_cast<size_t>(share * static_cast<double>(bar_width));
  std::string bar;
  for (size_t i = 0; i < bar_width; ++i) bar += i < filled ? "█" : "░";
  write(stderr, fmt::format("\r\x1b[K{} {:3.0f} %  {}", bar, share * 100, label));
  drawn_ = true;
}

void Terminal::progress_done() {
  if (drawn_) write(stderr, "\r\x1b[K");
  drawn_ = false;
}

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> lines = {header};
  for (const auto& row : rows) {
    auto& line = lines.emplace_back();
    for (const std::string& cell : row) line.push_back(shortened(printable(cell), widest_column));
  }
  std::vector<size_t> widths(header.size());
  for (const auto& line : lines) {
    for (size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], graphemes(line[i]));
  }
  std::string out;
  for (const auto& line : lines) append_row(out, line, widths);
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "⏎";
    else if (byte < 0x20 || byte == 0x7f)
      out += "·";
    else
      out += c;
  }
  return out;
}

}  // namespace carillon::cli
