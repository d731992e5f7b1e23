// A person's intention to publish: contents, targets, a time. Deliveries exist once it is scheduled.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "model/content.h"
#include "model/delivery.h"

namespace carillon {

enum class PostState : uint8_t { draft, scheduled, canceled };  // anything more is what its deliveries are

struct Target {
  AccountId account;
  std::optional<Content> content;  // detached: its own content; none: the post's
  bool operator==(const Target&) const = default;
};

// Number of current deliveries in each state; changes in the same transaction as they do.
struct Tally {
  std::array<int64_t, 7> count{};  // by DeliveryState
  int64_t operator[](DeliveryState state) const { return count[static_cast<size_t>(state)]; }
  int64_t& operator[](DeliveryState state) { return count[static_cast<size_t>(state)]; }
  bool operator==(const Tally&) const = default;
};

struct Post {
  PostId id;
  WorkspaceId workspace;
  UserId author;
  std::string title;                  // own note, not published
  PostState state = PostState::draft;
  Content content;
  std::vector<Target> targets;
  std::string local_time;             // "2026-11-20T09:30" as the person gave it; empty: none
  std::string zone;                   // IANA zone it was given in
  std::optional<Instant> due;         // local_time in zone, resolved
  LatePolicy late;
  std::vector<std::string> tags;
  Tally tally;
  bool paused = false;                // no new request starts for it; stored beside the tally, read by the store
  uint64_t revision = 1;              // rises with each edit (ETag / If-Match)
  Instant created, updated;
  bool operator==(const Post&) const = default;
};

std::string_view to_text(PostState state);
std::optional<PostState> post_state_from(std::string_view text);
std::string_view to_text(LatePolicy::Then then);
std::optional<LatePolicy::Then> late_then_from(std::string_view text);

}  // namespace carillon
