// One action on many posts at once, in one transaction: each is done or refused by itself, with the same
// rules, words and audit entries as alone. A repeat under the same Idempotency-Key gives the same answer.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/permissions.h"
#include "api/scheduling.h"
#include "base/days.h"
#include "base/text.h"
#include "store/transaction.h"

namespace carillon::api {

namespace {
constexpr size_t most_posts = 500;
constexpr int64_t longest_move = 3660;  // days
constexpr size_t most_tags = 20;

struct Bulk {
  std::vector<PostId> ids;
  std::string action, tag;
  int days = 0;
};

Bulk read_bulk(Reader& in) {
  Bulk bulk;
  in.require("ids");
  for (const auto& text : in.maybe_texts("ids", most_posts, {1, 40}).value_or(std::vector<std::string>{})) {
    const auto id = PostId::parse(text);
    if (!id) in.refuse("not_an_id", "This is not an id: \"" + text + "\".", "ids", "Give ids of posts.");
    if (id && std::ranges::find(bulk.ids, *id) == bulk.ids.end()) bulk.ids.push_back(*id);
  }
  if (bulk.ids.empty()) in.refuse("too_few", "No post is chosen.", "ids", "Choose at least one.");
  bulk.action = in.text("action", {1, 20});
  bulk.days = static_cast<int>(in.maybe_integer("days", -longest_move, longest_move).value_or(0));
  bulk.tag = trimmed(in.maybe_text("tag", {1, 50}).value_or(""));
  const bool tags = bulk.action == "tag" || bulk.action == "untag";
  if (bulk.action == "move" && bulk.days == 0)
    in.refuse("missing_member", "By how many days?", "days", "Give a number other than 0.");
  else if (tags && bulk.tag.empty())
    in.refuse("missing_member", "Which tag?", "tag", "Name it.");
  else if (!tags && bulk.action != "move" && bulk.action != "cancel" && bulk.action != "remove" &&
           bulk.action != "approve")
    in.refuse("unknown_action", "There is no action \"" + bulk.action + "\".", "action",
              "Known: move, cancel, remove, tag, untag, approve.");
  return bulk;
}

// What happens to one post. Refused: nothing happened to it.
class Hand {
 public:
  Hand(store::Unit& unit, Request& request, Desk& desk, const Bulk& bulk)
      : unit_(unit), request_(request), desk_(desk), bulk_(bulk), posts_(unit) {}

  Result<Shown> act(PostId id) {
    auto post = posts_.find(request_.caller.workspace, id);
    if (!post) return refuse(not_found("post"));
    auto done = do_it(*post);
    if (!done) return refuse(std::move(done.error()));
    audit(unit_, request_, *done, "post:" + id.text(), post->title);
    if (bulk_.action != "remove") return show(unit_, post->workspace, id);
    return Shown{std::move(*post), {}, {}};
  }

 private:
  using Named = Result<std::string>;  // the action as the audit names it

  Named do_it(Post& post) {
    post.updated = request_.now;
    if (bulk_.action == "move") return move(post);
    if (bulk_.action == "cancel") return cancel(post);
    if (bulk_.action == "remove") return remove(post);
    if (bulk_.action == "approve") return approve(post);
    return tag(post);
  }

  Named move(Post& post) {
    const auto from = parse_local(post.local_time);
    if (!from) return refuse(closed("no_time", "This post has no time yet.", "Give it one."));
    if (post.state == PostState::canceled)
      return refuse(closed("canceled", "This post is canceled.", "Duplicate it and plan the copy."));
    auto schedule = plan::schedule_at(to_text(days_later(*from, bulk_.days)), post.zone);
    if (!schedule) return refuse(std::move(schedule.error()));
    const bool draft = post.state == PostState::draft;
    if (!draft) {
      auto facts = load_facts(unit_, post);
      if (!facts) return refuse(std::move(facts.error()));
      if (auto blocker = first_blocker(judge(post, *facts, *schedule, desk_, request_.now, false)))
        return refuse(std::move(*blocker));
    }
    put_time(post, *schedule);
    if (draft) return edited(post);
    const store::Leave leave = leave_of(unit_, request_);
    if (asks(leave) || is_proposal(post.state)) {
      if (auto asked = propose(unit_, request_, post, leave); !asked) return refuse(std::move(asked.error()));
      return "post.proposed";
    }
    if (posts_.reschedule(post, *post.due, leave) > 0) return "post.rescheduled";
    return refuse(closed("nothing_waits", "Nothing of this post is waiting any more.",
                         "Duplicate it to send it again, or retry what failed."));
  }

  Named cancel(const Post& post) {
    if (is_proposal(post.state)) {
      withdraw(unit_, request_, post);
      return "post.withdrawn";
    }
    if (post.state != PostState::scheduled)
      return refuse(closed("not_scheduled", "This post is not scheduled.", "A draft can be removed."));
    posts_.cancel(post.workspace, post.id, request_.now);
    return "post.canceled";
  }

  Named remove(const Post& post) {
    if (is_proposal(post.state))
      return refuse(
          closed("proposed", "This post waits for approval.", "Cancel it first: then it is a draft."));
    if (post.state != PostState::draft)
      return refuse(closed("not_a_draft",
                           "Only drafts can be removed: this one was scheduled and has a record.",
                           "Cancel it instead."));
    posts_.remove(post.workspace, post.id);
    return "post.removed";
  }

  Named approve(Post& post) {
    if (!may(request_.caller, Permission::posts_approve)) {
      return refuse({.kind = FaultKind::forbidden,
                     .code = "not_allowed",
                     .text = "You may not approve posts.",
                     .remedy = "Ask an owner, or somebody who has that right."});
    }
    auto acted = approve_as_asked(unit_, request_, desk_, post);
    if (!acted) return refuse(std::move(acted.error()));
    if (!acted->refusal) return "post.scheduled";
    return refuse(closed("blocked", "A network refuses it as it is.", "Open it: it says what to change."));
  }

  Named tag(Post& post) {
    const auto found = std::ranges::find(post.tags, bulk_.tag);
    if (bulk_.action == "untag" && found != post.tags.end()) post.tags.erase(found);
    if (bulk_.action == "tag" && found == post.tags.end()) post.tags.push_back(bulk_.tag);
    if (post.tags.size() > most_tags)
      return refuse(
          closed("too_many", fmt::format("A post has at most {} tags.", most_tags), "Take one off."));
    return edited(post);
  }

  Named edited(const Post& post) {
    if (auto done = posts_.edit(post, post.revision, leave_of(unit_, request_)); !done)
      return refuse(std::move(done.error()));
    return "post.edited";
  }

  store::Unit& unit_;
  Request& request_;
  Desk& desk_;
  const Bulk& bulk_;
  store::Posts posts_;
};

struct Row {
  PostId id;
  Result<Shown> shown;
  std::vector<plan::Finding> warnings{};  // of the time it was moved to
};

std::vector<Row> act_on_all(store::Unit& unit, Request& request, Desk& desk, const Bulk& bulk) {
  std::vector<Row> rows;
  Hand hand(unit, request, desk, bulk);
  for (const PostId& id : bulk.ids) {
    store::Savepoint alone(unit.connection());
    rows.push_back({id, hand.act(id)});
    if (rows.back().shown) alone.keep();
  }
  if (bulk.action != "move") return rows;
  for (Row& row : rows)  // once all are where they go
    if (row.shown) row.warnings = schedule_warnings(unit, desk, row.shown->post, request.now);
  return rows;
}

void write_warnings(Json& json, const std::vector<plan::Finding>& warnings) {
  json.key("warnings").list();
  for (const plan::Finding& warning : warnings) {
    json.begin().field("code", warning.id).field("field", warning.field).field("detail", warning.text);
    json.field("remedy", warning.fix).end();
  }
  json.end_list();
}

std::string render(const std::vector<Row>& rows) {
  Json json;
  json.begin().field("done",
                     std::ranges::count_if(rows, [](const Row& row) { return row.shown.has_value(); }));
  json.key("items").list();
  for (const Row& row : rows) {
    json.begin().field("id", row.id).field("done", row.shown.has_value());
    write_warnings(json, row.warnings);
    json.key("problem");
    if (row.shown) {
      json.value(nullptr).end();
      continue;
    }
    const Fault& fault = row.shown.error();
    json.begin().field("code", fault.code).field("field", fault.field).field("detail", fault.text);
    json.field("remedy", fault.remedy).end().end();
  }
  json.end_list().end();
  return json.take();
}

void tell_all(Desk& desk, const Bulk& bulk, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (!row.shown) continue;
    if (bulk.action == "remove")
      desk.events.publish(row.shown->post.workspace,
                          {.kind = "post", .id = row.id.text(), .state = "removed"});
    else
      tell(desk, *row.shown);
  }
}
}  // namespace

Answering change_posts(Request& request, Desk& desk) {
  auto bulk = read_body(request, read_bulk);
  if (!bulk) co_return refuse(std::move(bulk.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  std::vector<Row> rows;
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      rows = act_on_all(unit, request, desk, *bulk);
      return Made{200, render(rows)};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  if (!made->replayed) tell_all(desk, *bulk, rows);
  co_return made_answer(std::move(*made));
}

}  // namespace carillon::api
