// Answering proposals: approving is scheduling with the check run again; sending back makes it a draft with a
// note.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/scheduling.h"
#include "base/text.h"
#include "plan/standing.h"
#include "run/repeating.h"
#include "store/queues.h"
#include "store/records.h"
#include "store/series.h"

namespace carillon::api {

namespace {
constexpr size_t longest_note = 1000;

struct Word {
  PostInput when;                   // another time than the one that was asked for
  std::optional<int64_t> revision;  // what was looked at
  bool all = false;                 // with it the others of its series, now and to come
  std::string note;
};

void read_shared(Reader& in, Word& word) {
  word.revision = in.maybe_integer("revision", 1, INT64_MAX);
  word.note = trimmed(in.maybe_text("note", {0, longest_note}).value_or(""));
}

Word read_approval(Reader& in) {
  Word word;
  read_shared(in, word);
  word.when.at = read_when(in, "at");
  word.when.queue = read_queue(in);
  if (word.when.at && word.when.queue)
    in.refuse("two_times", "Both at and queue are given.", "queue", "Give one of them.");
  const std::string scope = in.maybe_text("scope", {1, 20}).value_or("one");
  word.all = scope == "series";
  if (!word.all && scope != "one")
    in.refuse("unknown_scope", "There is no scope \"" + scope + "\".", "scope", "Use one or series.");
  return word;
}

Word read_sending_back(Reader& in) {
  Word word;
  read_shared(in, word);
  if (word.note.empty())
    in.refuse("missing_member", "Nothing says why.", "note",
              "Write a note for the author: what should change?");
  return word;
}

// The open proposal of a post that was seen as it is. Fault: closed.
Result<Proposal> open_proposal(store::Unit& unit, const Post& post, const Word& word) {
  auto proposal = store::Proposals(unit).find(post.workspace, post.id);
  if (!is_proposal(post.state) || !proposal)
    return refuse(closed("not_proposed", "This post does not wait for approval.", "Load it again."));
  if (word.revision && static_cast<uint64_t>(*word.revision) != post.revision) {
    return refuse(closed("revision", "This post was changed since you looked at it.",
                         "Load it again, and decide about what it says now."));
  }
  return std::move(*proposal);
}

Fault time_is_over(const Post& post) {
  return closed("expired", fmt::format("Its time, {} ({}), has gone by.", post.local_time, post.zone),
                "Approve it with another time.");
}

// Puts it on the schedule as it was asked for, or at the time that the approver gives.
Result<Acted> put_through(store::Unit& unit, Request& request, Desk& desk, Post& post,
                          const Proposal& proposal, PostInput when) {
  if (proposal.wants == Proposal::Wants::retry && !when.at && !when.queue) {
    auto facts = load_facts(unit, post);
    if (!facts) return refuse(std::move(facts.error()));
    if (auto refusal = blocked(judge(post, *facts, std::nullopt, desk, request.now, false), request.id))
      return Acted{std::move(refusal), {}, 0};
    store::Minter mint(request.now, desk.random);
    const auto leave = store::Leave::given_by(request.caller.user);
    store::Proposals(unit).approve(post, request.caller.user, request.now);
    const auto made =
        store::Posts(unit).retry(post.workspace, post.id, proposal.retries, request.now, mint, leave);
    return Acted{std::nullopt, {}, static_cast<int64_t>(made.size())};
  }
  const bool timed = when.at || when.queue;
  const bool at_once = !timed && proposal.wants == Proposal::Wants::now;
  if (!timed && !at_once) {
    if (post.due && *post.due <= request.now) return refuse(time_is_over(post));
    when.at = When{post.local_time, post.zone};
  }
  when.now = at_once;
  return approve_on_schedule(unit, request, desk, post, when);
}

void tell_author(store::Unit& unit, const Request& request, Desk& desk, const Post& post,
                 const Proposal& proposal, std::string kind, std::string text) {
  if (proposal.asked_by == request.caller.user) return;
  store::Notices(unit).add({.id = NoticeId::make(request.now, desk.random),
                            .workspace = post.workspace,
                            .kind = std::move(kind),
                            .text = std::move(text),
                            .post = post.id,
                            .at = request.now,
                            .person = proposal.asked_by});
}

std::string with_note(std::string text, const std::string& note) {
  return note.empty() ? text : text + " Note: " + note;
}

// One post, approved.
Result<Acted> approve(store::Unit& unit, Request& request, Desk& desk, Post& post, const Word& word) {
  auto proposal = open_proposal(unit, post, word);
  if (!proposal) return refuse(std::move(proposal.error()));
  auto acted = put_through(unit, request, desk, post, *proposal, word.when);
  if (!acted || acted->refusal) return acted;
  if (!word.note.empty()) {
    auto answered = store::Proposals(unit).find(post.workspace, post.id).value_or(*proposal);
    answered.note = word.note;
    store::Proposals(unit).answer(post, answered);
  }
  audit(unit, request, "post.approved", "post:" + post.id.text(), post.title);
  tell_author(unit, request, desk, post, *proposal, "post_approved",
              with_note("Your post " + plan::quoted(post) + " was approved.", word.note));
  return acted;
}

// The other proposals of its series, each where its time is still to come; those that cannot go stay
// proposals.
void approve_series(store::Unit& unit, Request& request, Desk& desk, const Post& post) {
  store::SeriesShelf shelf(unit);
  const auto belongs = shelf.of_post(post.workspace, post.id);
  auto series = belongs ? shelf.find(post.workspace, *belongs) : std::nullopt;
  if (!series) return;
  series->approved = true;
  shelf.put(*series);
  store::Posts posts(unit);
  for (const auto& each : shelf.occurrences(post.workspace, series->id)) {
    auto other = posts.find(post.workspace, each.post);
    if (other && other->state == PostState::proposed) (void)approve(unit, request, desk, *other, Word{});
  }
}

Answer answer(Result<Acted> acted) {
  if (!acted) return refuse(std::move(acted.error()));
  if (acted->refusal) return std::move(*acted->refusal);
  return post_answer(acted->shown);
}

template <class Act>  // Result<Acted>(store::Unit&, Post&)
Answering decide(Request& request, Desk& desk, Act act) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<Acted> {
    auto post = store::Posts(unit).find(request.caller.workspace, *id);
    if (!post) return refuse(not_found("post"));
    Result<Acted> acted = act(unit, *post);
    if (!acted || acted->refusal) return acted;
    auto shown = show(unit, request.caller.workspace, *id);
    if (!shown) return refuse(std::move(shown.error()));
    acted->shown = std::move(*shown);
    return acted;
  };
  auto acted = co_await written(desk.store, std::move(work));
  if (acted && !acted->refusal) {
    tell(desk, acted->shown);
    desk.events.publish(request.caller.workspace, {.kind = "notice", .id = id->text(), .state = "added"});
  }
  co_return answer(std::move(acted));
}
}  // namespace

Result<Acted> approve_as_asked(store::Unit& unit, Request& request, Desk& desk, Post& post) {
  return approve(unit, request, desk, post, Word{});
}

Answering approve_post(Request& request, Desk& desk) {
  auto word = read_body(request, read_approval);
  if (!word) co_return refuse(std::move(word.error()));
  auto act = [&](store::Unit& unit, Post& post) -> Result<Acted> {
    auto acted = approve(unit, request, desk, post, *word);
    if (acted && !acted->refusal && word->all) approve_series(unit, request, desk, post);
    return acted;
  };
  Answer answered = co_await decide(request, desk, act);
  co_return std::move(answered);
}

Answering reject_post(Request& request, Desk& desk) {
  auto word = read_body(request, read_sending_back);
  if (!word) co_return refuse(std::move(word.error()));
  auto act = [&](store::Unit& unit, Post& post) -> Result<Acted> {
    auto proposal = open_proposal(unit, post, *word);
    if (!proposal) return refuse(std::move(proposal.error()));
    proposal->answer = Proposal::Answer::sent_back;
    proposal->answered_by = request.caller.user;
    proposal->answered = request.now;
    proposal->note = word->note;
    store::Proposals(unit).put_back(post, *proposal, request.now);
    audit(unit, request, "post.sent_back", "post:" + post.id.text(), word->note);
    tell_author(unit, request, desk, post, *proposal, "post_sent_back",
                with_note("Your post " + plan::quoted(post) + " was sent back.", word->note));
    return Acted{};
  };
  Answer answered = co_await decide(request, desk, act);
  co_return std::move(answered);
}

}  // namespace carillon::api
