#include "plan/schedule.h"

#include <fmt/format.h>

#include "plan/calendar_words.h"

namespace carillon::plan {

namespace {
Fault about(Fault fault, std::string_view field) {
  fault.field = field;
  return fault;
}
}  // namespace

Result<Schedule> schedule_at(std::string_view local, std::string_view zone) {
  if (!is_zone(zone)) {
    return refuse({.kind = FaultKind::invalid,
                   .code = "unknown_zone",
                   .text = fmt::format("There is no time zone \"{}\".", zone),
                   .field = "at.zone",
                   .remedy = "Use an IANA name such as Europe/Berlin or UTC."});
  }
  const auto wall = parse_local(local);
  if (!wall) return refuse(about(wall.error(), "at.local"));
  const auto resolved = resolve(*wall, zone);
  if (!resolved) return refuse(about(resolved.error(), "at.local"));
  return Schedule{to_text(*wall), std::string(zone), resolved->at, resolved->note};
}

Result<Schedule> schedule_now(Instant now, std::string_view zone) {
  const auto wall = localize(now, zone);
  if (!wall) return refuse(about(wall.error(), "at.zone"));
  return Schedule{to_text(*wall), std::string(zone), now, Resolved::Note::exact};
}

Result<Schedule> schedule_written(std::string text, std::string_view zone) {
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  auto schedule = schedule_at(text, zone);
  if (!schedule && schedule.error().field == "at.local") {
    if (const auto instant = parse_instant(text)) schedule = schedule_now(*instant, zone);
  }
  if (schedule) return schedule;
  if (schedule.error().field == "at.zone") return refuse(about(schedule.error(), "zone"));
  Fault fault = about(schedule.error(), "at");
  fault.remedy = "Write 2026-11-20 09:30.";
  return refuse(std::move(fault));
}

std::string spoken(const Schedule& schedule) {
  const auto wall = parse_local(schedule.local);
  if (!wall) return schedule.local;
  return fmt::format("{} on {} ({})", *calendar_words("time", "", *wall), *calendar_words("date", "", *wall),
                     schedule.zone);
}

std::string spoken(Duration span) {
  const auto plural = [](int64_t n, std::string_view unit) {
    return fmt::format("{} {}{}", n, unit, n == 1 ? "" : "s");
  };
  const int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(span).count();
  if (seconds < 60) return plural(seconds, "second");
  if (seconds < 2 * 3600) return plural(seconds / 60, "minute");
  if (seconds < 2 * 86400) return plural(seconds / 3600, "hour");
  return plural(seconds / 86400, "day");
}

std::string_view to_text(Resolved::Note note) {
  switch (note) {
    case Resolved::Note::gap: return "gap";
    case Resolved::Note::overlap: return "overlap";
    default: return "exact";
  }
}

}  // namespace carillon::plan
