// Which days are closed. A day is judged on the wall clock of the account that would publish. Pure, any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zones.h"
#include "model/blackout.h"

namespace carillon::plan {

// Days since 1970-01-01 of "2026-12-24"; none: there is no such day.
std::optional<int64_t> day_from(std::string_view text);
std::string day_text(int64_t day);

bool is_closed(const Blackout& blackout, int64_t day);
// The first that closes the day for the account; nullptr: it is open.
const Blackout* blackout_on(std::span<const Blackout> blackouts, AccountId account, int64_t day);
const Blackout* blackout_at(std::span<const Blackout> blackouts, AccountId account, Instant at,
                            std::string_view zone);
// Those that speak of the account: the workspace's and its own.
std::vector<Blackout> of_account(std::span<const Blackout> blackouts, AccountId account);

// "24 December 2026", "24 to 26 December", with the reason.
std::string spoken(const Blackout& blackout);

}  // namespace carillon::plan
