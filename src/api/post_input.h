// Posts as they come in: read strictly, turned into the noun. What a network thinks of them is plan/check's
// business.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/reader.h"
#include "model/post.h"
#include "plan/schedule.h"

namespace carillon::api {

struct When {
  std::string local, zone;  // zone empty: the workspace's
};

// "queue": the next free slot of all chosen accounts, or the best one of the coming days.
enum class QueuePick : uint8_t { next, best };

struct PostInput {
  std::optional<std::string> title;
  std::optional<Content> content;
  std::optional<std::vector<Target>> targets;
  std::optional<When> at;
  bool no_time = false;  // at: null
  bool now = false;
  std::optional<QueuePick> queue;
  std::optional<LatePolicy> late;
  std::optional<std::vector<std::string>> tags;
  std::optional<CampaignId> campaign;
  bool no_campaign = false;  // campaign: null
  std::optional<Utm> utm;
  std::optional<PostState> state;

  bool scheduled() const { return state ? *state == PostState::scheduled : (now || queue || at.has_value()); }
};

PostInput read_post(Reader& in);       // schema PostCreate
PostInput read_post_edit(Reader& in);  // schema PostEdit
std::optional<When> read_when(Reader& in, std::string_view name);
std::optional<QueuePick> read_queue(Reader& in);
// source, medium, campaign and content of marks on links; variables in them are built-in ones.
Utm read_utm_words(Reader& in);

// What is given replaces what was there.
void apply(const PostInput& input, Post& post);
void put_time(Post& post, const plan::Schedule& schedule);

}  // namespace carillon::api
