// The evergreen pool: what is in it, for whom it fills what is free, what it would fill, and filling now.
#include <algorithm>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/saying.h"
#include "api/shared_words.h"
#include "api/words.h"
#include "base/text.h"
#include "run/evergreen.h"
#include "store/accounts.h"

namespace carillon::api {

namespace {
constexpr size_t words_shown = 200;

void write_use(Json& json, const store::EvergreenUse& use) {
  json.begin().field("account", use.account).field("slot", use.slot).field("post", use.post).end();
}

// Of posts with variables: as the first account says it.
std::optional<std::string> said(Sayings& sayings, const Post& post, std::span<const Account> accounts) {
  if (!has_variables(post)) return std::nullopt;
  return beginning(post, sayings.of(post, accounts));
}

// What the use of a gap will say: another time may be another text.
std::string said_then(Sayings& sayings, const Post& origin, const Account& account,
                      const run::GapFilling& gap) {
  const Post use = run::use_of(origin, gap.account, {gap.local, gap.zone, gap.slot});
  const auto& own = use.targets.front().content;
  const Content& written = own ? *own : use.content;
  const auto says = beginning(use, sayings.of(use, {&account, 1}), gap.account);
  return says.value_or(written.parts.front().text);
}

void write_pool(Json& json, store::Unit& unit, WorkspaceId workspace) {
  store::Evergreens evergreens(unit);
  const auto accounts = store::Accounts(unit).list(workspace);
  Sayings sayings(unit);
  const auto uses = evergreens.uses(workspace);
  json.key("posts").list();
  for (const store::Evergreen& each : evergreens.list(workspace)) {
    const auto post = store::Posts(unit).find(workspace, each.post);
    if (!post) continue;
    json.begin().field("id", each.post).field("title", post->title);
    json.field("text", shortened(post->content.parts.front().text, words_shown));
    if (const auto says = said(sayings, *post, accounts)) json.field("says", shortened(*says, words_shown));
    json.key("accounts").list();
    for (const Target& target : post->targets) json.value(target.account);
    json.end_list().field("most", each.most);
    json.field("expires", each.expires == Instant::never() ? std::nullopt : std::optional(each.expires));
    json.key("uses").list();
    for (const store::EvergreenUse& use : uses) {
      if (use.origin == each.post) write_use(json, use);
    }
    json.end_list().end();
  }
  json.end_list();
}

void write_gaps(Json& json, store::Unit& unit, WorkspaceId workspace, Instant now) {
  Sayings sayings(unit);
  json.key("gaps").list();
  for (const store::EvergreenAccount& rule : store::Evergreens(unit).accounts(workspace)) {
    const auto account = store::Accounts(unit).find(workspace, rule.account);
    for (const run::GapFilling& gap : run::gaps_filled(unit, workspace, rule, now)) {
      const auto origin = store::Posts(unit).find(workspace, gap.origin);
      json.begin().field("account", gap.account).field("local", gap.local).field("zone", gap.zone);
      json.field("utc", gap.slot).field("post", gap.origin);
      json.field("says", shortened(said_then(sayings, *origin, *account, gap), words_shown)).end();
    }
  }
  json.end_list();
}

std::string pool_text(store::Unit& unit, WorkspaceId workspace, Instant now) {
  Json json;
  json.begin().key("accounts").list();
  for (const store::EvergreenAccount& each : store::Evergreens(unit).accounts(workspace)) {
    json.begin().field("account", each.account).field("ahead_days", each.ahead);
    json.field("again_days", each.again).end();
  }
  json.end_list();
  write_pool(json, unit, workspace);
  write_gaps(json, unit, workspace, now);
  return json.end().take();
}

struct PoolOrder {
  std::optional<Instant> expires;
  int64_t most = 0;
};

PoolOrder read_pool_order(Reader& in) {
  PoolOrder order;
  order.most = in.maybe_integer("most", 0, 1'000).value_or(0);
  const auto expires = in.maybe_text("expires", {1, 40});
  const auto at = expires ? parse_instant(*expires) : Result<Instant>(Instant::never());
  if (!at)
    in.refuse("bad_time", "This is no instant: \"" + *expires + "\".", "expires",
              "Write 2026-12-24T00:00:00Z.");
  if (expires && at) order.expires = *at;
  return order;
}

store::EvergreenAccount read_rule(Reader& in) {
  return {.ahead = in.maybe_integer("ahead_days", 1, 60).value_or(7),
          .again = in.maybe_integer("again_days", 1, 1'000).value_or(30)};
}

// Changes something, answers with the whole pool.
template <class Change>  // Result<void>(store::Unit&)
Answering change_pool(Request& request, Desk& desk, Change change) {
  auto work = [&](store::Unit& unit) -> Result<std::string> {
    if (auto done = change(unit); !done) return refuse(std::move(done.error()));
    return pool_text(unit, request.caller.workspace, request.now);
  };
  auto body = co_await written(desk.store, std::move(work));
  if (!body) co_return refuse(std::move(body.error()));
  desk.events.publish(request.caller.workspace, {.kind = "post", .id = "evergreen", .state = "scheduled"});
  co_return json_answer(200, std::move(*body));
}
}  // namespace

Answering get_evergreen(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return pool_text(unit, request.caller.workspace, request.now); };
  auto body = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, std::move(body));
}

Answering put_evergreen(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  const auto order = read_body(request, read_pool_order);
  if (!order) co_return refuse(order.error());
  auto change = [&](store::Unit& unit) -> Result<void> {
    const auto post = store::Posts(unit).find(request.caller.workspace, *id);
    if (!post) return refuse(not_found("post"));
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    if (store::Evergreens(unit).use_of(request.caller.workspace, *id))
      return refuse(closed("from_the_pool", "This post came from the pool itself.",
                           "Put the post into it that it came from."));
    store::Evergreens(unit).put(request.caller.workspace,
                                {.post = *id,
                                 .expires = order->expires.value_or(Instant::never()),
                                 .most = order->most,
                                 .added = request.now});
    audit(unit, request, "evergreen.added", "post:" + id->text(), post->title);
    return {};
  };
  Answer answer = co_await change_pool(request, desk, change);
  co_return std::move(answer);
}

Answering remove_evergreen(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto change = [&](store::Unit& unit) -> Result<void> {
    if (!store::Evergreens(unit).find(request.caller.workspace, *id)) return refuse(not_found("post"));
    store::Evergreens(unit).remove(request.caller.workspace, *id);
    audit(unit, request, "evergreen.removed", "post:" + id->text());
    return {};
  };
  Answer answer = co_await change_pool(request, desk, change);
  co_return std::move(answer);
}

Answering put_evergreen_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto rule = read_body(request, read_rule);
  if (!rule) co_return refuse(std::move(rule.error()));
  auto change = [&](store::Unit& unit) -> Result<void> {
    const auto account = find_account(unit, request, *id);
    if (!account) return refuse(account.error());
    rule->account = *id;
    store::Evergreens(unit).fill_for(request.caller.workspace, *rule);
    audit(unit, request, "evergreen.account", "account:" + id->text(), account->name);
    return {};
  };
  Answer answer = co_await change_pool(request, desk, change);
  co_return std::move(answer);
}

Answering remove_evergreen_account(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto change = [&](store::Unit& unit) -> Result<void> {
    const auto account = find_account(unit, request, *id);
    if (!account) return refuse(account.error());
    store::Evergreens(unit).leave(request.caller.workspace, *id);
    audit(unit, request, "evergreen.account", "account:" + id->text(), account->name);
    return {};
  };
  Answer answer = co_await change_pool(request, desk, change);
  co_return std::move(answer);
}

Answering fill_evergreen(Request& request, Desk& desk) {
  std::vector<run::Expected> made;
  auto change = [&](store::Unit& unit) -> Result<void> {
    made.clear();  // the work may run again
    store::Minter mint(request.now, desk.random);
    for (const store::EvergreenAccount& rule : store::Evergreens(unit).accounts(request.caller.workspace)) {
      const auto some =
          run::fill_queue(unit, request.caller.workspace, rule, request.now, mint, desk.registry);
      made.insert(made.end(), some.begin(), some.end());
    }
    if (!made.empty()) audit(unit, request, "evergreen.filled", "posts", std::to_string(made.size()));
    return {};
  };
  Answer answer = co_await change_pool(request, desk, change);
  for (const run::Expected& one : made)
    desk.dispatcher.expect(one.workspace, one.account, Line::bulk, one.due);
  co_return std::move(answer);
}

}  // namespace carillon::api
