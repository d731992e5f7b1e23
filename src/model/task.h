// What a network lets people do but not programs: a due task with a link to where it is done, which a person
// ticks off. Nothing in the house ever carries one out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.h"
#include "base/instant.h"

namespace carillon {

enum class TaskKind : uint8_t { message, connect, other };
enum class TaskState : uint8_t { open, done, skipped };

struct Task {
  TaskId id;
  WorkspaceId workspace;
  TaskKind kind = TaskKind::message;
  std::string person;      // whom it is about
  std::string link;        // https address of the profile or conversation
  std::string note;        // the text to send: to be copied
  std::string local_time;  // as given; empty: whenever
  std::string zone;
  std::optional<Instant> due;
  std::optional<CampaignId> campaign;
  TaskState state = TaskState::open;
  std::optional<UserId> settled_by;
  Instant settled;                 // 0 while open
  std::optional<NoticeId> notice;  // the one that told of it
  Instant created;
  bool operator==(const Task&) const = default;
};

std::string_view to_text(TaskKind kind);
std::optional<TaskKind> task_kind_from(std::string_view text);
std::string_view to_text(TaskState state);
std::optional<TaskState> task_state_from(std::string_view text);

}  // namespace carillon
