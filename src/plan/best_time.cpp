#include "plan/best_time.h"

#include <fmt/format.h>

#include "base/days.h"

namespace carillon::plan {

namespace {
constexpr double equal_at = 30;  // posts of their own at which both weigh the same

size_t hour_of(const LocalTime& at) {
  return static_cast<size_t>(weekday_of(day_number(at)) * 24 + at.hour);
}

double usual_score(int weekday, int hour) {
  const bool weekend = weekday > 4;
  if (hour < 7 || hour > 21) return 0.1;
  if (hour >= 9 && hour <= 11) return weekend ? 0.7 : (weekday >= 1 && weekday <= 3 ? 1.0 : 0.9);
  if (hour == 12 || hour == 13) return weekend ? 0.6 : 0.8;
  if (hour >= 17 && hour <= 19) return weekend ? 0.5 : 0.75;
  return weekend ? 0.3 : 0.5;
}

void scale_to_one(std::array<double, 168>& score) {
  double most = 0;
  for (const double each : score) most = std::max(most, each);
  if (most <= 0) return;
  for (double& each : score) each /= most;
}
}  // namespace

Week usual_week() {
  Week week;
  for (int hour = 0; hour < 168; ++hour) {
    week.score[static_cast<size_t>(hour)] = usual_score(hour / 24, hour % 24);
  }
  return week;
}

Week learned_week(std::span<const Instant> published, std::string_view zone) {
  Week week = usual_week();
  if (published.size() < own_posts_needed) return week;
  std::array<double, 168> own{};
  for (const Instant at : published) {
    const auto wall = localize(at, zone);
    if (!wall) return week;
    const size_t hour = hour_of(*wall);
    own[hour] += 1;
    own[(hour + 1) % 168] += 0.4;  // the hours beside it are nearly the same to those who read
    own[(hour + 167) % 168] += 0.4;
  }
  scale_to_one(own);
  week.posts = published.size();
  const double weight = static_cast<double>(week.posts) / (static_cast<double>(week.posts) + equal_at);
  for (size_t i = 0; i < own.size(); ++i) {
    week.score[i] = weight * own[i] + (1 - weight) * week.score[i];
  }
  return week;
}

std::optional<Instant> best_of(std::span<const Instant> times, std::string_view zone, const Week& week) {
  std::optional<Instant> best;
  double most = -1;
  for (const Instant at : times) {
    const auto wall = localize(at, zone);
    if (!wall) continue;
    const double score = week.score[hour_of(*wall)];
    if (score > most + 1e-9) best = at, most = score;
  }
  return best;
}

std::string basis_text(const Week& week) {
  if (week.posts == 0) {
    return "Chosen by usual good hours: there are too few posts of your own to learn from.";
  }
  return fmt::format(
      "Chosen by when you have published ({} posts in 16 weeks) and usual good hours; reach is not measured.",
      week.posts);
}

}  // namespace carillon::plan
