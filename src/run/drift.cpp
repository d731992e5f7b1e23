#include "run/drift.h"

#include <algorithm>
#include <vector>

#include "channels/retry_after.h"

namespace carillon::run {
namespace {

constexpr size_t kept = 9, enough = 3;
constexpr Duration fresh = std::chrono::hours(6);
constexpr Duration patience =
    std::chrono::seconds(10);  // slower answers say too little about when they were written
constexpr Duration half_second = std::chrono::milliseconds(500);  // Date has whole seconds

}  // namespace

void Drift::hear(const wire::Response& response, Instant asked, Instant arrived) {
  const auto date = channels::date_in(response.headers, "date");
  if (!date || arrived < asked || arrived - asked > patience) return;
  const Instant middle = asked + (arrived - asked) / 2;
  const std::lock_guard lock(mutex_);
  heard_.push_back({arrived, middle - (*date + half_second)});
  if (heard_.size() > kept) heard_.pop_front();
}

std::optional<Duration> Drift::ahead(Instant now) const {
  std::vector<Duration> lately;
  {
    const std::lock_guard lock(mutex_);
    for (const Heard& heard : heard_)
      if (now - heard.at < fresh) lately.push_back(heard.ahead);
  }
  if (lately.size() < enough) return std::nullopt;
  const auto middle = lately.begin() + static_cast<std::ptrdiff_t>(lately.size() / 2);
  std::ranges::nth_element(lately, middle);
  return *middle;
}

}  // namespace carillon::run
