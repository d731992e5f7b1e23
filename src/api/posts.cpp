// Making, checking, finding and removing posts. create_post is the hot path: one read (who, which accounts),
// one write, the answer.
#include <fmt/format.h>

#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/entry.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/scheduling.h"
#include "api/site.h"
#include "api/words.h"
#include "store/accounts.h"
#include "store/journal.h"
#include "store/queues.h"

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

// What is known of a new post before it is written.
struct Prepared {
  Post post;
  PostFacts facts;
  std::optional<plan::Schedule> schedule;
  bool held = false;
};

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
  return prepared;
}

// A post as it is right after it was made: everything waits.
Shown as_created(Post post, std::vector<Account> accounts, std::vector<Delivery> deliveries) {
  post.tally[DeliveryState::waiting] = static_cast<int64_t>(deliveries.size());
  return {std::move(post), std::move(accounts), std::move(deliveries)};
}

struct Created {
  std::optional<Post> queued;  // the post with its slot, when it asked for one
  std::vector<Delivery> deliveries;
  Made made;
};

// A slot is given away where it is taken: the one that was seen before may be gone.
Result<Post> with_slot(store::Unit& unit, const Request& request, const PostInput& input,
                       const Prepared& prepared) {
  store::Queues(unit).lock(prepared.post.workspace);
  auto schedule = wanted_time(unit, input, prepared.post, prepared.facts.accounts, request.now);
  if (!schedule) return refuse(std::move(schedule.error()));
  Post post = prepared.post;
  put_time(post, **schedule);
  return post;
}

// Adds the post and its deliveries; renders only what must be kept under a key, the rest is rendered
// elsewhere.
Result<Created> create(store::Unit& unit, Request& request, Desk& desk, const PostInput& input,
                       const Prepared& prepared, const std::optional<std::string>& key) {
  Created created;
  auto made = once(unit, request, key, key ? print_of(request) : "", [&]() -> Result<Made> {
    if (input.queue) {
      auto queued = with_slot(unit, request, input, prepared);
      if (!queued) return refuse(std::move(queued.error()));
      created.queued = std::move(*queued);
    }
    const Post& post = created.queued ? *created.queued : prepared.post;
    store::Posts posts(unit);
    posts.add(post);
    if (post.state == PostState::scheduled) {
      store::Minter mint(request.now, desk.random);
      created.deliveries = posts.schedule(post, request.now, mint);
    }
    return Made{201, key ? render(as_created(post, prepared.facts.accounts, created.deliveries)) : ""};
  });
  if (!made) return refuse(std::move(made.error()));
  created.made = std::move(*made);
  return created;
}
}  // namespace

Answering create_post(Request& request, Desk& desk) {
  auto input = read_body(request, read_post);
  auto look = [&](store::Unit& unit) -> Result<Prepared> {
    auto caller = admit(unit, asked(request, desk.settings));
    if (!caller) return refuse(std::move(caller.error()));
    request.caller = std::move(*caller);
    if (!input) return refuse(std::move(input.error()));
    return prepare(unit, request, desk, *input);
  };
  auto prepared = co_await seen(desk.store, std::move(look));
  if (!prepared) co_return refuse(std::move(prepared.error()));
  if (input->scheduled()) {
    const auto report = judge(prepared->post, prepared->facts, prepared->schedule, desk, request.now, false);
    if (auto refusal = blocked(report, request.id)) co_return std::move(*refusal);
  }
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  auto work = [&](store::Unit& unit) { return create(unit, request, desk, *input, *prepared, *key); };
  auto created = co_await written(desk.store, std::move(work));
  if (!created) co_return refuse(std::move(created.error()));
  if (created->made.replayed) co_return made_answer(std::move(created->made));
  if (created->queued) prepared->post = std::move(*created->queued);
  const Shown shown = as_created(std::move(prepared->post), std::move(prepared->facts.accounts),
                                 std::move(created->deliveries));
  tell(desk, shown);
  wire::Response response = *key ? made_answer(std::move(created->made)) : post_answer(shown, 201);
  response.headers.push_back({"Location", "/api/v1/posts/" + shown.post.id.text()});
  co_return std::move(response);
}

Answering check_post(Request& request, Desk& desk) {
  auto input = read_body(request, read_post);
  if (!input) co_return refuse(std::move(input.error()));
  auto look = [&](store::Unit& unit) -> Result<Prepared> {
    auto prepared = prepare(unit, request, desk, *input);
    if (prepared) prepared->held = store::Journal(unit).held();
    return prepared;
  };
  const auto prepared = co_await seen(desk.store, std::move(look));
  if (!prepared) co_return refuse(prepared.error());
  const auto report =
      judge(prepared->post, prepared->facts, prepared->schedule, desk, request.now, prepared->held);
  Json json;
  write(json, report, prepared->schedule);
  co_return json_answer(200, json.take());
}

Answering get_post(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return show(unit, request.caller.workspace, *id); };
  auto shown = co_await seen(desk.store, std::move(look));
  if (!shown) co_return refuse(std::move(shown.error()));
  co_return post_answer(*shown);
}

Answering remove_post(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    store::Posts posts(unit);
    const auto post = posts.find(request.caller.workspace, *id);
    if (!post) return refuse(not_found("post"));
    if (post->state != PostState::draft) {
      return refuse(closed("not_a_draft",
                           "Only drafts can be removed: this one was scheduled and has a record.",
                           "Cancel it instead."));
    }
    posts.remove(request.caller.workspace, *id);
    audit(unit, request, "post.removed", "post:" + id->text(), post->title);
    return true;
  };
  auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(std::move(done.error()));
  desk.events.publish(request.caller.workspace, {.kind = "post", .id = id->text(), .state = "removed"});
  co_return nothing();
}

}  // namespace carillon::api
