#include "plan/slots.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/days.h"
#include "base/scan.h"
#include "plan/blackouts.h"

namespace carillon::plan {

namespace {
constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

std::vector<Instant> free_of(const Queue& queue, Instant from, Instant until) {
  std::vector<Instant> free;
  for (const Opening& opening : open_slots(queue, from, until)) {
    if (!std::ranges::binary_search(queue.taken, opening.at)) free.push_back(opening.at);
  }
  return free;
}
}  // namespace

std::vector<Slot> usual_slots() {
  std::vector<Slot> slots;
  for (int weekday = 0; weekday < 5; ++weekday) {
    for (const int minute : {9 * 60, 12 * 60 + 30, 17 * 60 + 30}) slots.push_back({weekday, minute});
  }
  return slots;
}

std::vector<Slot> in_order(std::vector<Slot> slots) {
  std::ranges::sort(slots);
  const auto twice = std::ranges::unique(slots);
  slots.erase(twice.begin(), twice.end());
  return slots;
}

std::string_view weekday_name(int weekday) {
  return weekdays[static_cast<size_t>(weekday)];
}

std::optional<int> weekday_from(std::string_view name) {
  const auto found = std::ranges::find(weekdays, name);
  if (found == weekdays.end()) return std::nullopt;
  return static_cast<int>(found - weekdays.begin());
}

std::string clock_text(int minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::optional<int> clock_from(std::string_view text) {
  const auto hour = take_digits(text, 2);
  const bool colon = take_one(text, ":");
  const auto minute = take_digits(text, 2);
  if (!hour || !colon || !minute || !text.empty() || *hour > 23 || *minute > 59) return std::nullopt;
  return *hour * 60 + *minute;
}

std::string slots_text(std::span<const Slot> slots) {
  std::string text;
  for (const Slot& slot : slots) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ",", slot.weekday, slot.minute);
  }
  return text;
}

std::vector<Slot> slots_from(std::string_view text) {
  std::vector<Slot> slots;
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    Slot slot;
    const auto weekday = std::from_chars(one.data(), one.data() + one.size(), slot.weekday);
    if (weekday.ptr < one.data() + one.size()) {
      std::from_chars(weekday.ptr + 1, one.data() + one.size(), slot.minute);
    }
    slots.push_back(slot);
  }
  return slots;
}

std::vector<Opening> openings(std::span<const Slot> slots, std::string_view zone, Instant from,
                              Instant until) {
  std::vector<Opening> found;
  const auto first = localize(from, zone);
  const auto last = localize(until, zone);
  if (!first || !last) return found;
  for (int64_t day = day_number(*first) - 1; day <= day_number(*last); ++day) {
    for (const Slot& slot : slots) {
      if (slot.weekday != weekday_of(day)) continue;
      const LocalTime wall = on_day(day, slot.minute);
      const auto meant = resolve(wall, zone);
      if (meant && meant->at >= from && meant->at < until)
        found.push_back({meant->at, to_text(wall), meant->note});
    }
  }
  // Of two that are the same moment the one that means it stays.
  std::ranges::sort(found, {}, [](const Opening& o) { return std::pair(o.at, o.note); });
  const auto twice = std::ranges::unique(found, {}, &Opening::at);
  found.erase(twice.begin(), twice.end());
  return found;
}

std::vector<Opening> open_slots(const Queue& queue, Instant from, Instant until) {
  auto found = openings(queue.slots, queue.zone, from, until);
  if (queue.closed.empty()) return found;
  std::erase_if(found, [&](const Opening& opening) {
    const auto day = day_from(opening.local.substr(0, 10));
    return day && std::ranges::any_of(queue.closed, [&](const Blackout& b) { return is_closed(b, *day); });
  });
  return found;
}

std::vector<Instant> free_in_common(std::span<const Queue> queues, Instant from, Instant until) {
  if (queues.empty()) return {};
  std::vector<Instant> common = free_of(queues.front(), from, until);
  for (const Queue& queue : queues.subspan(1)) {
    std::vector<Instant> both;
    std::ranges::set_intersection(common, free_of(queue, from, until), std::back_inserter(both));
    common = std::move(both);
  }
  return common;
}

}  // namespace carillon::plan
