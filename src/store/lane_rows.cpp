#include "store/lane_rows.h"

#include <charconv>

namespace carillon::store {
namespace {

// "bucket:taken bucket:taken …", oldest first.
std::string taken_text(const std::vector<std::pair<int64_t, int64_t>>& taken) {
  std::string out;
  for (const auto& [bucket, count] : taken) {
    if (!out.empty()) out += ' ';
    out += std::to_string(bucket) + ':' + std::to_string(count);
  }
  return out;
}

std::vector<std::pair<int64_t, int64_t>> taken_from(const std::string& text) {
  std::vector<std::pair<int64_t, int64_t>> taken;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    std::pair<int64_t, int64_t> entry;
    const auto bucket = std::from_chars(at, end, entry.first);
    if (bucket.ec != std::errc() || bucket.ptr == end) break;
    const auto count = std::from_chars(bucket.ptr + 1, end, entry.second);
    if (count.ec != std::errc()) break;
    taken.push_back(entry);
    at = count.ptr == end ? end : count.ptr + 1;
  }
  return taken;
}

}  // namespace

namespace {
std::vector<LaneState> lanes_of(const Rows& rows) {
  std::vector<LaneState> lanes;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    lanes.push_back({.key = row.text(1),
                     .workspace = row.id<WorkspaceId>(0),
                     .taken = taken_from(row.text(2)),
                     .closed_until = row.instant(3),
                     .closed_why = row.text(4)});
  }
  return lanes;
}
}  // namespace

#define LANE_COLUMNS "workspace, name, taken, closed_until, closed_why"

std::vector<LaneState> read_lanes(Connection& connection) {
  return lanes_of(connection("SELECT " LANE_COLUMNS " FROM lanes"));
}

std::vector<LaneState> read_lanes(Connection& connection, WorkspaceId workspace) {
  return lanes_of(
      connection("SELECT " LANE_COLUMNS " FROM lanes WHERE workspace IN ($1, $2)", workspace, WorkspaceId{}));
}

void write_lane(Connection& connection, const LaneState& lane) {
  connection.tell(
      "INSERT INTO lanes (workspace, name, taken, closed_until, closed_why) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (workspace, name) DO UPDATE SET taken = excluded.taken, closed_until = "
      "excluded.closed_until, "
      "closed_why = excluded.closed_why",
      lane.workspace, lane.key, taken_text(lane.taken), lane.closed_until, lane.closed_why);
}

}  // namespace carillon::store
