#include "plan/variables.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "plan/calendar_words.h"

namespace carillon::plan {

namespace {
constexpr std::string_view opening = "{{", closing = "}}";
constexpr size_t longest_name = 60;

constexpr auto known_built_ins = std::to_array<BuiltIn>({
    {"account.name", "The name of the account", "Corner Shop"},
    {"account.handle", "Its handle", "@cornershop"},
    {"network", "The network that it goes to", "its name, in small letters"},
    {"date", "The day it goes out; date:de and date:iso write it differently", "20 November 2026"},
    {"weekday", "The weekday it goes out; weekday:de in German", "Friday"},
    {"time", "The clock time it goes out", "09:30"},
    {"month", "The month it goes out", "November"},
    {"year", "The year it goes out", "2026"},
});

std::string_view base_of(std::string_view name) {
  return name.substr(0, name.find(':'));
}

std::string_view form_of(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? "" : name.substr(colon + 1);
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ':';
}

// How many letters must change to get from one to the other.
size_t distance(std::string_view one, std::string_view other) {
  std::vector<size_t> row(other.size() + 1);
  for (size_t k = 0; k <= other.size(); ++k) row[k] = k;
  for (size_t i = 1; i <= one.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t k = 1; k <= other.size(); ++k) {
      const size_t swapped = diagonal + (one[i - 1] == other[k - 1] ? 0 : 1);
      diagonal = row[k];
      row[k] = std::min({row[k] + 1, row[k - 1] + 1, swapped});
    }
  }
  return row[other.size()];
}

// Reads a text from left to right: what stands between braces, and backslashes before them.
class Expanding {
 public:
  Expanding(std::string_view text, const Lookup& lookup) : rest_(text), lookup_(lookup) {}

  Expanded run() {
    for (;;) {
      const size_t at = rest_.find(opening);
      if (at == std::string_view::npos) break;
      take_before(at);
    }
    out_.text += rest_;
    return std::move(out_);
  }

 private:
  // Everything up to the braces; an odd number of backslashes before them lets them stand.
  void take_before(size_t at) {
    size_t backslashes = 0;
    while (backslashes < at && rest_[at - 1 - backslashes] == '\\') ++backslashes;
    out_.text += rest_.substr(0, at - backslashes);
    out_.text.append(backslashes / 2, '\\');
    rest_.remove_prefix(at);
    if (backslashes % 2 == 1) return stand();
    take_variable();
  }

  void stand() {
    out_.text += opening;
    rest_.remove_prefix(opening.size());
  }

  void take_variable() {
    const size_t end = rest_.find(closing);
    if (end == std::string_view::npos) return stand();
    const std::string_view written = rest_.substr(0, end + closing.size());
    const std::string name =
        lowered(trimmed(written.substr(opening.size(), written.size() - opening.size() - closing.size())));
    if (!is_variable_name(name)) return stand();
    if (const auto meaning = lookup_(name)) {
      out_.text += *meaning;
    } else {
      out_.text += written;
      if (std::ranges::find(out_.unknown, name) == out_.unknown.end()) out_.unknown.push_back(name);
    }
    rest_.remove_prefix(written.size());
  }

  std::string_view rest_;
  const Lookup& lookup_;
  Expanded out_;
};
}  // namespace

Expanded expand(std::string_view text, const Lookup& lookup) {
  return Expanding(text, lookup).run();
}

bool has_variables(std::string_view text) {
  return text.find(opening) != std::string_view::npos;
}

std::string escaped_variables(std::string_view text) {
  std::string out;
  for (size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening)) {
    size_t backslashes = 0;
    while (backslashes < at && text[at - 1 - backslashes] == '\\') ++backslashes;
    out += text.substr(0, at);
    out.append(backslashes + 1, '\\');
    out += opening;
    text.remove_prefix(at + opening.size());
  }
  return out.append(text);
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, is_name_character);
}

std::optional<std::string> Vocabulary::operator()(std::string_view name) const {
  const auto own = std::ranges::find(variables, name, &Variable::name);
  if (own != variables.end()) {
    const auto special = own->own.find(account.id);
    return special == own->own.end() ? own->text : special->second;
  }
  const std::string_view base = base_of(name), form = form_of(name);
  if (form.empty() && base == "account.name") return account.name;
  if (form.empty() && base == "account.handle") return account.handle.empty() ? account.name : account.handle;
  if (form.empty() && base == "network") return account.network;
  const auto wall = localize(at, zone);
  return wall ? calendar_words(base, form, *wall) : std::nullopt;
}

std::span<const BuiltIn> built_ins() {
  return known_built_ins;
}

bool is_built_in(std::string_view name) {
  return std::ranges::find(known_built_ins, base_of(name), &BuiltIn::name) != known_built_ins.end();
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const Variable> variables) {
  std::optional<std::string> nearest;
  size_t least = std::max<size_t>(2, name.size() / 3) + 1;
  const auto look_at = [&](std::string_view known) {
    const size_t away = distance(name, known);
    if (away < least) least = away, nearest = known;
  };
  for (const Variable& variable : variables) look_at(variable.name);
  for (const BuiltIn& built_in : known_built_ins) look_at(built_in.name);
  return nearest;
}

}  // namespace carillon::plan
