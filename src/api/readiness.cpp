// Is a post that is there ready to go out, at its time?
#include "api/answers.h"
#include "api/awaited.h"
#include "api/conditions.h"
#include "api/handlers.h"
#include "api/surroundings.h"
#include "api/words.h"
#include "store/journal.h"

namespace carillon::api {

namespace {
struct Looked {
  plan::Report report;
  std::optional<plan::Schedule> schedule;
};

Result<Looked> look_at(store::Unit& unit, const Request& request, const Desk& desk, PostId id) {
  auto post = store::Posts(unit).find(request.caller.workspace, id);
  if (!post) return refuse(not_found("post"));
  auto facts = load_facts(unit, *post);
  if (!facts) return refuse(std::move(facts.error()));
  const Instant at = std::max(post->due.value_or(request.now), request.now);
  facts->conditions = conditions_of(unit, desk, *post, *facts, at);
  Looked looked;
  // A time that is over is what it is: its deliveries say what became of them.
  if (post->due && *post->due > request.now)
    looked.schedule = plan::Schedule{post->local_time, post->zone, *post->due};
  if (looked.schedule) look_around(unit, *post, looked.schedule, post->id, request.now, *facts);
  looked.report = judge(*post, *facts, looked.schedule, desk, request.now, store::Journal(unit).held());
  return looked;
}
}  // namespace

Answering check_post_again(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return look_at(unit, request, desk, *id); };
  const auto looked = co_await seen(desk.store, std::move(look));
  if (!looked) co_return refuse(looked.error());
  Json json;
  write(json, looked->report, looked->schedule);
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
