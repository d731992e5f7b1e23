// Making, checking, finding and removing posts. create_post is the hot path: one read (who, which accounts),
// one write, the answer.
#include <fmt/format.h>

#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/entry.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/prepared.h"
#include "api/scheduling.h"
#include "api/site.h"
#include "api/words.h"
#include "store/accounts.h"
#include "store/journal.h"
#include "store/queues.h"

namespace carillon::api {

namespace {
// A post as it is right after it was made: everything waits.
Shown as_created(Post post, std::vector<Account> accounts, std::vector<Delivery> deliveries,
                 std::optional<ShownProposal> proposal) {
  post.tally[DeliveryState::waiting] = static_cast<int64_t>(deliveries.size());
  if (proposal) post.state = PostState::proposed;
  return {std::move(post), std::move(accounts), std::move(deliveries), std::move(proposal)};
}

struct Created {
  std::optional<Post> queued;  // the post with its slot, when it asked for one
  std::optional<ShownProposal> proposal;  // it waits for approval
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
      const store::Leave leave = leave_of(unit, request);
      created.deliveries = posts.schedule(post, request.now, mint, leave);
      if (asks(leave)) created.proposal = shown_proposal(unit, post);
    }
    if (!key) return Made{201, ""};
    return Made{201, render(as_created(post, prepared.facts.accounts, created.deliveries, created.proposal))};
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
                                 std::move(created->deliveries), std::move(created->proposal));
  tell(desk, shown);
  wire::Response response = *key ? made_answer(std::move(created->made)) : post_answer(shown, 201);
  response.headers.push_back({"Location", "/api/v1/posts/" + shown.post.id.text()});
  co_return std::move(response);
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
    if (is_proposal(post->state)) {
      return refuse(closed("proposed", "This post waits for approval.", "Cancel it first: then it is a draft."));
    }
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
