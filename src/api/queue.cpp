// The queue: slots of an account, the coming days with what is in them and what is free, and swapping.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "api/accounts.h"
#include "api/answers.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/queue_view.h"
#include "api/scheduling.h"
#include "store/accounts.h"
#include "store/queues.h"

namespace carillon::api {

namespace {
constexpr size_t most_per_day = 48;

void read_day(Reader& in, std::vector<plan::Slot>& slots, std::set<int>& seen) {
  const std::string name = in.text("weekday", {1, 20});
  const auto weekday = plan::weekday_from(name);
  if (!weekday) {
    in.refuse("unknown_weekday", "There is no weekday \"" + name + "\".", "weekday",
              "Use monday to sunday, in small letters.");
  } else if (!seen.insert(*weekday).second) {
    in.refuse("duplicate_weekday", "This weekday is there twice.", "weekday", "Name each day once.");
  }
  in.require("times");
  for (const std::string& text :
       in.maybe_texts("times", most_per_day, {1, 10}).value_or(std::vector<std::string>{})) {
    const auto minute = plan::clock_from(text);
    if (!minute) {
      in.refuse("not_a_time", "This is not a time of day: \"" + text + "\".", "times", "Write 09:30.");
    } else if (weekday) {
      slots.push_back({*weekday, *minute});
    }
  }
}

std::vector<plan::Slot> read_slots(Reader& in) {
  std::vector<plan::Slot> slots;
  std::set<int> seen;
  in.require("days");
  in.objects("days", 7, [&](Reader& day) { read_day(day, slots, seen); });
  return plan::in_order(std::move(slots));
}

// Changes the slots of the account in the path, answers with them.
template <class Change>  // void(store::Queues&, const Account&)
Answering change_slots(Request& request, Desk& desk, Change change) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<SlotsOf> {
    auto account = find_account(unit, request, *id);
    if (!account) return refuse(std::move(account.error()));
    store::Queues queues(unit);
    change(queues, *account);
    audit(unit, request, "queue.edited", "account:" + id->text(), account->name);
    return slots_of(unit, *account);
  };
  const auto slots = co_await written(desk.store, std::move(work));
  if (!slots) co_return refuse(slots.error());
  desk.events.publish(request.caller.workspace, {.kind = "account", .id = id->text(), .state = "queue"});
  co_return json_answer(200, render(*slots));
}
}  // namespace

Answering get_slots(Request& request, Desk& desk) {
  const auto id = request.id_in_path<AccountId>("account");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) -> Result<SlotsOf> {
    auto account = find_account(unit, request, *id);
    if (!account) return refuse(std::move(account.error()));
    return slots_of(unit, *account);
  };
  const auto slots = co_await seen(desk.store, std::move(look));
  if (!slots) co_return refuse(slots.error());
  co_return json_answer(200, render(*slots));
}

Answering put_slots(Request& request, Desk& desk) {
  auto slots = read_body(request, read_slots);
  if (!slots) co_return refuse(std::move(slots.error()));
  auto change = [&](store::Queues& queues, const Account& account) {
    queues.put(account.workspace, account.id, *slots);
  };
  Answer answer = co_await change_slots(request, desk, change);
  co_return std::move(answer);
}

Answering reset_slots(Request& request, Desk& desk) {
  auto change = [](store::Queues& queues, const Account& account) {
    queues.forget(account.workspace, account.id);
  };
  Answer answer = co_await change_slots(request, desk, change);
  co_return std::move(answer);
}

namespace {
struct Wanted {
  int64_t days = 14;
  std::vector<AccountId> accounts;  // empty: all
};

Result<Wanted> read_wanted(const Request& request) {
  Wanted wanted;
  if (const auto text = wire::field(request.query, "days"); text && !text->empty()) {
    const auto parsed = std::from_chars(text->data(), text->data() + text->size(), wanted.days);
    if (parsed.ec != std::errc{} || parsed.ptr != text->data() + text->size() || wanted.days < 1 ||
        wanted.days > 60) {
      return refuse(invalid("out_of_range", "\"days\" is not a number from 1 to 60.", "days", "Use 14."));
    }
  }
  auto accounts = accounts_of(request, "accounts");
  if (!accounts) return refuse(std::move(accounts.error()));
  wanted.accounts = std::move(*accounts);
  return wanted;
}

std::vector<Account> chosen(store::Unit& unit, WorkspaceId workspace, const std::vector<AccountId>& ids) {
  std::vector<Account> accounts = store::Accounts(unit).list(workspace);
  std::erase_if(accounts, [&](const Account& account) {
    const bool wanted = ids.empty() || std::ranges::find(ids, account.id) != ids.end();
    return account.hold == Hold::disconnected || !wanted;
  });
  return accounts;
}
}  // namespace

Answering get_queue(Request& request, Desk& desk) {
  const auto wanted = read_wanted(request);
  if (!wanted) co_return refuse(wanted.error());
  const Span span{request.now, request.now + std::chrono::hours(24 * wanted->days)};
  auto look = [&](store::Unit& unit) {
    const auto accounts = chosen(unit, request.caller.workspace, wanted->accounts);
    return queue_view(unit, accounts, span);
  };
  auto body = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, std::move(body));
}

Answering get_next_slot(Request& request, Desk& desk) {
  const auto ids = accounts_of(request, "accounts");
  if (!ids) co_return refuse(ids.error());
  auto look = [&](store::Unit& unit) -> Result<std::string> {
    const auto accounts =
        ids->empty() ? std::vector<Account>{} : chosen(unit, request.caller.workspace, *ids);
    auto next = pick_slot(unit, accounts, QueuePick::next, request.now);
    if (!next) return refuse(std::move(next.error()));
    auto best = pick_slot(unit, accounts, QueuePick::best, request.now);
    if (!best) return refuse(std::move(best.error()));
    Json json;
    json.begin();
    write(json.key("next"), *next);
    write(json.key("best"), *best);
    return json.end().take();
  };
  auto body = co_await seen(desk.store, std::move(look));
  if (!body) co_return refuse(std::move(body.error()));
  co_return json_answer(200, std::move(*body));
}

namespace {
struct Swap {
  PostId one, other;
};

Swap read_swap(Reader& in) {
  const Swap swap{in.id<PostId>("post"), in.id<PostId>("with")};
  if (swap.one == swap.other)
    in.refuse("same_post", "A post cannot change places with itself.", "with", "Name another post.");
  return swap;
}

struct Swapped {
  std::optional<wire::Response> refusal;
  std::vector<Shown> shown;
};

Result<Swapped> swap_times(store::Unit& unit, Request& request, Desk& desk, const Swap& swap) {
  store::Posts posts(unit);
  auto one = posts.find(request.caller.workspace, swap.one);
  auto other = posts.find(request.caller.workspace, swap.other);
  if (!one || !other) return refuse(not_found("post"));
  const auto has_place = [](const Post& post) {
    return post.state == PostState::scheduled || post.state == PostState::proposed;
  };
  if (!has_place(*one) || !has_place(*other))
    return refuse(closed("not_scheduled", "Only scheduled posts change places.", "Schedule both first."));
  const When first{one->local_time, one->zone}, second{other->local_time, other->zone};
  Swapped swapped;
  for (const auto& [post, when] : {std::pair(&*one, second), std::pair(&*other, first)}) {
    PostInput input;
    input.at = when;
    auto acted = put_on_schedule(unit, request, desk, *post, input);
    if (!acted) return refuse(std::move(acted.error()));
    if (acted->refusal) return Swapped{std::move(acted->refusal), {}};
    audit(unit, request, "post.rescheduled", "post:" + post->id.text(), post->title);
    auto shown = show(unit, request.caller.workspace, post->id);
    if (!shown) return refuse(std::move(shown.error()));
    swapped.shown.push_back(std::move(*shown));
  }
  return swapped;
}
}  // namespace

Answering swap_posts(Request& request, Desk& desk) {
  auto swap = read_body(request, read_swap);
  if (!swap) co_return refuse(std::move(swap.error()));
  std::optional<wire::Response> refusal;
  auto work = [&](store::Unit& unit) -> Result<Swapped> {
    refusal.reset();
    auto swapped = swap_times(unit, request, desk, *swap);
    if (!swapped || !swapped->refusal) return swapped;
    refusal = std::move(swapped->refusal);  // and nothing of it stays
    return refuse(closed("refused", "One of the posts cannot go out at the other's time.", ""));
  };
  auto swapped = co_await written(desk.store, std::move(work));
  if (refusal) co_return std::move(*refusal);
  if (!swapped) co_return refuse(std::move(swapped.error()));
  Json json;
  json.begin().key("items").list();
  for (const Shown& shown : swapped->shown) {
    tell(desk, shown);
    json.raw(render(shown));
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
