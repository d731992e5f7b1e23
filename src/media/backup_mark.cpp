#include "media/backup_mark.h"

#include <fstream>
#include <string>

namespace carillon::media {

namespace {
constexpr const char* mark_file = "last_backup";
}

std::optional<Instant> last_backup(const std::filesystem::path& data) {
  std::ifstream in(data / mark_file);
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  const auto at = parse_instant(line);
  return at ? std::optional(*at) : std::nullopt;
}

bool mark_backup(const std::filesystem::path& data, Instant at) {
  std::ofstream out(data / mark_file, std::ios::trunc);
  out << to_text(at) << "\n";
  return static_cast<bool>(out.flush());
}

}  // namespace carillon::media
