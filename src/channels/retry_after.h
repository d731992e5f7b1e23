// When the other side says "later", how much later: Retry-After (RFC 9110 10.2.3, seconds or a date) and the
// reset headers that networks use instead. Pure, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"
#include "wire/request.h"

namespace carillon::channels {

std::optional<Duration> retry_after(const wire::Headers& headers, Instant now);
// A header that holds an epoch second, or an RFC 3339 time. Nothing when absent or unreadable.
std::optional<Instant> epoch_in(const wire::Headers& headers, std::string_view name);
std::optional<Instant> time_in(const wire::Headers& headers, std::string_view name);
// A date as HTTP writes it (RFC 9110 5.6.7).
std::optional<Instant> date_in(const wire::Headers& headers, std::string_view name);
std::optional<int64_t> count_in(const wire::Headers& headers, std::string_view name);
// How long from now; never negative, never more than a day and an hour (a broken header must not stop a
// lane).
Duration until(Instant then, Instant now);

}  // namespace carillon::channels
