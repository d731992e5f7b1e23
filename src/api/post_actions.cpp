// What people do with a post as a whole: schedule, publish, move, cancel, retry, copy, pause. Each is one
// transaction that ends with the post as it is then.
#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/scheduling.h"

namespace carillon::api {

namespace {
// Finds the post, lets `act` do it (Result<Acted>(Posts&, Post&)), reads the post again.
template <class Act>
Result<Acted> act_on(store::Unit& unit, Request& request, PostId id, std::string action, Act act) {
  store::Posts posts(unit);
  auto post = posts.find(request.caller.workspace, id);
  if (!post) return refuse(not_found("post"));
  Result<Acted> acted = act(posts, *post);
  if (!acted || acted->refusal) return acted;
  if (!action.empty()) audit(unit, request, std::move(action), "post:" + id.text(), post->title);
  auto shown = show(unit, request.caller.workspace, post->id);
  if (!shown) return refuse(std::move(shown.error()));
  acted->shown = std::move(*shown);
  return acted;
}

// One action as a coroutine.
template <class Act>
Awaitable<Result<Acted>> perform(Request& request, Desk& desk, std::string action, Act act) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) {
    auto one = [&](store::Posts& posts, Post& post) { return act(unit, posts, post); };
    return act_on(unit, request, *id, action, one);
  };
  auto acted = co_await written(desk.store, std::move(work));
  if (acted && !acted->refusal) tell(desk, acted->shown);
  co_return std::move(acted);
}

Answer answer(Result<Acted> acted) {
  if (!acted) return refuse(std::move(acted.error()));
  if (acted->refusal) return std::move(*acted->refusal);
  return post_answer(acted->shown);
}

PostInput read_schedule(Reader& in) {
  PostInput input;
  input.at = read_when(in, "at");
  input.queue = read_queue(in);
  if (input.at && input.queue)
    in.refuse("two_times", "Both at and queue are given.", "queue", "Give one of them.");
  return input;
}

PostInput read_reschedule(Reader& in) {
  PostInput input = read_schedule(in);
  if (!input.queue) in.require("at");
  return input;
}

std::vector<DeliveryId> read_retry(Reader& in) {
  std::vector<DeliveryId> ids;
  for (const auto& text : in.maybe_texts("deliveries", 500, {1, 40}).value_or(std::vector<std::string>{})) {
    if (const auto id = DeliveryId::parse(text))
      ids.push_back(*id);
    else
      in.refuse("not_an_id", "This is not an id: \"" + text + "\".", "deliveries", "Give ids of deliveries.");
  }
  return ids;
}
}  // namespace

Answering schedule_post(Request& request, Desk& desk) {
  auto input = read_body(request, read_schedule);
  if (!input) co_return refuse(std::move(input.error()));
  auto act = [&](store::Unit& unit, store::Posts&, Post& post) -> Result<Acted> {
    if (post.state != PostState::draft) {
      return refuse(closed("not_a_draft", "This post is not a draft.", "Reschedule it instead."));
    }
    return put_on_schedule(unit, request, desk, post, *input);
  };
  auto acted = co_await perform(request, desk, "post.scheduled", std::move(act));
  co_return answer(std::move(acted));
}

Answering publish_post(Request& request, Desk& desk) {
  auto act = [&](store::Unit& unit, store::Posts&, Post& post) -> Result<Acted> {
    if (post.state == PostState::canceled) {
      return refuse(closed("canceled", "This post is canceled.", "Duplicate it and publish the copy."));
    }
    PostInput input;
    input.now = true;
    return put_on_schedule(unit, request, desk, post, input);
  };
  auto acted = co_await perform(request, desk, "post.published", std::move(act));
  co_return answer(std::move(acted));
}

Answering reschedule_post(Request& request, Desk& desk) {
  auto input = read_body(request, read_reschedule);
  if (!input) co_return refuse(std::move(input.error()));
  auto act = [&](store::Unit& unit, store::Posts&, Post& post) -> Result<Acted> {
    if (post.state != PostState::scheduled && !is_proposal(post.state)) {
      return refuse(closed("not_scheduled", "This post is not scheduled.", "Schedule it first."));
    }
    return put_on_schedule(unit, request, desk, post, *input);
  };
  auto acted = co_await perform(request, desk, "post.rescheduled", std::move(act));
  co_return answer(std::move(acted));
}

Answering cancel_post(Request& request, Desk& desk) {
  auto act = [&](store::Unit& unit, store::Posts& posts, Post& post) -> Result<Acted> {
    if (is_proposal(post.state)) {
      withdraw(unit, request, post);
      return Acted{};
    }
    if (post.state != PostState::scheduled) {
      return refuse(closed("not_scheduled", "This post is not scheduled.", "A draft can be removed."));
    }
    return Acted{std::nullopt, {}, posts.cancel(post.workspace, post.id, request.now)};
  };
  auto acted = co_await perform(request, desk, "post.canceled", std::move(act));
  if (!acted) co_return refuse(std::move(acted.error()));
  Json json;
  json.begin().field("canceled", acted->count).key("post").raw(render(acted->shown)).end();
  co_return json_answer(200, json.take());
}

Answering retry_post(Request& request, Desk& desk) {
  auto which = read_body(request, read_retry);
  if (!which) co_return refuse(std::move(which.error()));
  auto act = [&](store::Unit& unit, store::Posts& posts, Post& post) -> Result<Acted> {
    if (is_proposal(post.state))
      return refuse(closed("proposed", "This post waits for approval.", "Approve it."));
    const store::Leave leave = leave_of(unit, request);
    if (asks(leave)) {
      if (auto asked = propose_retry(unit, request, post, leave, *which); !asked)
        return refuse(std::move(asked.error()));
      return Acted{};
    }
    store::Minter mint(request.now, desk.random);
    const auto made = posts.retry(post.workspace, post.id, *which, request.now, mint, leave);
    if (!made.empty()) return Acted{std::nullopt, {}, static_cast<int64_t>(made.size())};
    return refuse(closed("nothing_failed", "There is nothing to retry: no such delivery has failed.",
                         "See the post's deliveries."));
  };
  auto acted = co_await perform(request, desk, "post.retried", std::move(act));
  co_return answer(std::move(acted));
}

namespace {
Answering set_paused(Request& request, Desk& desk, bool paused) {
  auto act = [&](store::Unit&, store::Posts& posts, Post& post) -> Result<Acted> {
    posts.pause(post.workspace, post.id, paused);
    return Acted{};
  };
  auto acted = co_await perform(request, desk, paused ? "post.paused" : "post.resumed", std::move(act));
  co_return answer(std::move(acted));
}
}  // namespace

Answering pause_post(Request& request, Desk& desk) {
  return set_paused(request, desk, true);
}

Answering resume_post(Request& request, Desk& desk) {
  return set_paused(request, desk, false);
}

Answering duplicate_post(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  Shown shown;
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      auto original = show(unit, request.caller.workspace, *id);
      if (!original) return refuse(std::move(original.error()));
      Post& copy = original->post;
      copy.id = PostId::make(request.now, desk.random);
      copy.author = request.caller.user;
      copy.state = PostState::draft;
      copy.local_time.clear();
      copy.due.reset();
      copy.tally = {};
      copy.paused = false;
      copy.revision = 1;
      copy.created = copy.updated = request.now;
      original->deliveries.clear();
      original->proposal.reset();
      store::Posts(unit).add(copy);
      shown = std::move(*original);
      return Made{201, render(shown)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  if (!made->replayed) tell(desk, shown);
  co_return made_answer(std::move(*made));
}

}  // namespace carillon::api
