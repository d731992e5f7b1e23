#include "api/prepared.h"

#include "api/conditions.h"
#include "api/scheduling.h"

namespace carillon::api {

namespace {
Post new_post(const PostInput& input, const Request& request, Desk& desk) {
  Post post;
  post.id = PostId::make(request.now, desk.random);
  post.workspace = request.caller.workspace;
  post.author = request.caller.user;
  post.late.within = desk.settings.late_grace;
  post.created = post.updated = request.now;
  apply(input, post);
  return post;
}
}  // namespace

Result<Prepared> prepare(store::Unit& unit, Request& request, Desk& desk, const PostInput& input) {
  Prepared prepared{.post = new_post(input, request, desk)};
  auto facts = load_facts(unit, prepared.post);
  if (!facts) return refuse(std::move(facts.error()));
  prepared.facts = std::move(*facts);
  auto schedule = wanted_time(unit, input, prepared.post, prepared.facts.accounts, request.now);
  if (!schedule) return refuse(std::move(schedule.error()));
  prepared.schedule = std::move(*schedule);
  if (prepared.schedule) put_time(prepared.post, *prepared.schedule);
  if (input.scheduled()) prepared.post.state = PostState::scheduled;
  if (!prepared.facts.media.empty())  // the hot path asks the disk for nothing else
    look_at_media(unit, desk, prepared.facts, prepared.post.workspace, prepared.facts.conditions.emplace());
  return prepared;
}

}  // namespace carillon::api
