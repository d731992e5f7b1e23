// Which hours of the week are good ones. Nothing is known about reach here: what counts is when an account
// has published before, and where it has not, a table of usual hours. Says which of the two it was. Pure, any
// thread.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/zones.h"

namespace carillon::plan {

struct Week {
  std::array<double, 168> score{};  // by hour, from Monday 0:00; compare, do not add
  size_t posts = 0;                 // of their own that it was learned from
};

// The usual hours: working days before noon and after work; weekends before noon, less. From the table in
// docs/decisions/0011-the-queue.md, which says where it comes from and how little it claims.
Week usual_week();
// The usual hours, and more and more their own: with 30 posts both weigh the same.
Week learned_week(std::span<const Instant> published, std::string_view zone);

// The best of them, the earliest of equals; none: there are none.
std::optional<Instant> best_of(std::span<const Instant> times, std::string_view zone, const Week& week);

inline constexpr size_t own_posts_needed = 10;  // fewer say nothing
inline constexpr Duration history_span = std::chrono::hours(24 * 7 * 16);
inline constexpr Duration best_within = std::chrono::hours(24 * 7);

std::string basis_text(const Week& week);  // one sentence for the person

}  // namespace carillon::plan
