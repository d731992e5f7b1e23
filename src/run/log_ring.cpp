#include "run/log_ring.h"

#include <fmt/format.h>

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
      {std::regex(R"(\bcari_[A-Za-z0-9_-]{8,})", icase), "cari_•••"},
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

std::string blotted_value(std::string_view name, std::string_view value) {
  const std::string pair = blotted(fmt::format("{}={}", name, value));
  return pair.substr(std::min(pair.size(), name.size() + 1));
}

void LogRing::keep(LogRecord record) {
  const std::lock_guard lock(mutex_);
  record.number = ++last_;
  records_.push_back(std::move(record));
  if (records_.size() > most) records_.pop_front();
}

std::vector<LogRecord> LogRing::list(std::optional<uint64_t> before, size_t limit, const LogFilter& filter) {
  const std::string sought = folded(filter.text);
  std::vector<LogRecord> found;
  const std::lock_guard lock(mutex_);
  for (auto record = records_.rbegin(); record != records_.rend() && found.size() <= limit; ++record) {
    if (before && record->number >= *before) continue;
    if (fits(*record, filter.least, sought)) found.push_back(*record);
  }
  return found;
}

}  // namespace carillon::run
