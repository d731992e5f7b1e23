#include "run/log_ring.h"

#include <algorithm>
#include <array>
#include <regex>

#include "base/text.h"

namespace carillon::run {
namespace {

constexpr std::array<std::string_view, 4> names = {"debug", "info", "warning", "error"};
constexpr size_t longest = 4000;  // bytes of a text: a record is for reading

struct Stain {
  std::regex what;
  const char* instead;
};

// What comes before the secret is kept: it says what was blotted out.
const std::vector<Stain>& stains() {
  static const auto icase = std::regex::icase | std::regex::optimize;
  static const std::vector<Stain> all = {
      {std::regex(R"((://[^/\s:@]*:)[^/\s@]+@)", icase), "$1•••@"},
      {std::regex(R"((\b(?:bearer|basic|bot)\s+)[A-Za-z0-9._~+/=:-]{8,})", icase), "$1•••"},
      {std::regex(
           R"re(([\w-]*(?:token|secret|password|passwd|authorization|cookie|api[_-]?key|signature|code_verifier)["']?\s*[=:]\s*["']?)(?!bearer|basic|•)[^\s"'&,;}]+)re",
           icase),
       "$1•••"},
      {std::regex(R"(\bck_[A-Za-z0-9_-]{8,})", icase), "ck_•••"},
      {std::regex(R"((/(?:bot|webhooks/\d+|services/T\w+/B\w+)/?)[0-9]*:?[A-Za-z0-9_-]{16,})", icase),
       "$1•••"}};
  return all;
}

bool has(const std::string& text, const std::string& sought) {
  return folded(text).find(sought) != std::string::npos;
}

bool fits(const LogRecord& record, Level least, const std::string& sought) {
  if (record.level < least) return false;
  if (sought.empty() || has(record.event, sought) || has(record.text, sought)) return true;
  return std::ranges::any_of(record.fields, [&](const auto& field) { return has(field.second, sought); });
}

}  // namespace

std::string_view to_text(Level level) {
  return names[static_cast<size_t>(level)];
}

std::optional<Level> level_from(std::string_view text) {
  const auto found = std::ranges::find(names, text);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Level>(found - names.begin()));
}

std::string blotted(std::string_view text) {
  std::string clean = shortened(text, longest);
  for (const Stain& stain : stains()) clean = std::regex_replace(clean, stain.what, stain.instead);
  return clean;
}

void LogRing::keep(LogRecord record) {
  const std::lock_guard lock(mutex_);
  record.number = ++last_;
  records_.push_back(std::move(record));
  if (records_.size() > most) records_.pop_front();
}

namespace {
void clean(LogRecord& record) {
  record.text = blotted(record.text);
  for (auto& [name, value] : record.fields) {  // a name can tell that its value is a secret
    const std::string pair = blotted(name + "=" + value);
    value = pair.substr(std::min(pair.size(), name.size() + 1));
  }
  record.clean = true;
}
}  // namespace

// All of them. What is cleaned here for the first time is put back, so that it is done once.
std::vector<LogRecord> LogRing::cleaned() {
  std::vector<LogRecord> all;
  {
    const std::lock_guard lock(mutex_);
    all.assign(records_.begin(), records_.end());
  }
  for (LogRecord& record : all) {
    if (record.clean) continue;
    clean(record);
    const std::lock_guard lock(mutex_);
    if (!records_.empty() && record.number >= records_.front().number)
      records_[record.number - records_.front().number] = record;
  }
  return all;
}

std::vector<LogRecord> LogRing::list(std::optional<uint64_t> before, size_t limit, const LogFilter& filter) {
  const std::string sought = folded(filter.text);
  std::vector<LogRecord> found;
  const auto all = cleaned();
  for (auto record = all.rbegin(); record != all.rend() && found.size() <= limit; ++record) {
    if (before && record->number >= *before) continue;
    if (fits(*record, filter.least, sought)) found.push_back(*record);
  }
  return found;
}

}  // namespace carillon::run
