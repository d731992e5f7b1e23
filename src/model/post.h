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
#include "model/utm.h"

namespace carillon {

// Anything more is what its deliveries are. proposed: waits for somebody who may approve it, and has nothing that
// could go out. expired: a proposal whose time went by before anybody looked.
enum class PostState : uint8_t { draft, scheduled, canceled, proposed, expired };
constexpr bool is_proposal(PostState state) { return state == PostState::proposed || state == PostState::expired; }

// Where the link of a post goes: as the network has it (a card, else after the text), always into the text, or
// into a comment of our own under the post.
enum class LinkPlace : uint8_t { usual, text, comment };

struct Target {
  AccountId account;
  std::optional<Content> content;  // detached: its own content; none: the post's
  LinkPlace link = LinkPlace::usual;
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
  Utm utm;                            // marks on its links
  std::optional<CampaignId> campaign;
  Tally tally;
  bool paused = false;                // no new request starts for it; stored beside the tally, read by the store
  bool stopped = false;               // the same, because its campaign is stopped
  uint64_t revision = 1;              // rises with each edit (ETag / If-Match)
  Instant created, updated;
  bool operator==(const Post&) const = default;
};

// What somebody asked for who may not put posts on the schedule alone, and what became of it.
struct Proposal {
  enum class Wants : uint8_t { time, now, retry } wants = Wants::time;
  enum class Answer : uint8_t { none, approved, sent_back, withdrawn } answer = Answer::none;
  UserId asked_by;
  Instant asked;
  std::vector<DeliveryId> retries;  // wants retry: these; empty: all that failed
  std::optional<UserId> answered_by;
  Instant answered;  // 0: not yet
  std::string note;  // for the one who asked
  bool operator==(const Proposal&) const = default;
};

std::string_view to_text(PostState state);
std::optional<PostState> post_state_from(std::string_view text);
std::string_view to_text(LinkPlace place);
std::optional<LinkPlace> link_place_from(std::string_view text);
std::string_view to_text(Proposal::Wants wants);
std::string_view to_text(Proposal::Answer answer);
std::string_view to_text(LatePolicy::Then then);
std::optional<LatePolicy::Then> late_then_from(std::string_view text);

}  // namespace carillon
