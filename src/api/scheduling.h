// Putting a post on the schedule: the same steps whoever asks for it. Runs on a storage thread, inside a
// transaction.
#pragma once

#include <optional>

#include "api/post_desk.h"

namespace carillon::api {

struct Acted {
  std::optional<wire::Response> refusal;  // 422 with findings: nothing was done
  Shown shown;
  int64_t count = 0;
};

// The time that the input wants for the post: a wall time, now, a slot of its accounts' queues, or the one it
// has. Fault: invalid; closed (no slot).
Result<std::optional<plan::Schedule>> wanted_time(store::Unit& unit, const PostInput& input, const Post& post,
                                                  std::span<const Account> accounts, Instant now);

// Schedules a draft, or moves a scheduled post, to when the input says; asks for approval where the caller
// must. Fault: invalid, closed.
Result<Acted> put_on_schedule(store::Unit& unit, Request& request, Desk& desk, Post& post,
                              const PostInput& input);
// Schedules a proposal: the caller may approve it, and has seen it.
Result<Acted> approve_on_schedule(store::Unit& unit, Request& request, Desk& desk, Post& post,
                                  const PostInput& input);
// Approves a proposal as it was asked for, and tells its author. Fault: invalid, closed.
Result<Acted> approve_as_asked(store::Unit& unit, Request& request, Desk& desk, Post& post);

// What speaks against the time that a post has now, and does not forbid it: a closed day, a clash, a limit.
std::vector<plan::Finding> schedule_warnings(store::Unit& unit, const Desk& desk, const Post& post,
                                             Instant now);

}  // namespace carillon::api
