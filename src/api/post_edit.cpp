// Editing a post: only at the revision that was read, and never into something its networks refuse.
#include <charconv>

#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/post_desk.h"
#include "store/series.h"

namespace carillon::api {

namespace {
Result<uint64_t> revision_in(const Request& request) {
  const auto given = request.header("if-match");
  if (!given) {
    return refuse(invalid("no_precondition", "If-Match is missing.", "If-Match",
                          "Send the ETag of the post you read."));
  }
  std::string_view text = *given;
  if (text.starts_with("W/")) text = text.substr(2);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  uint64_t revision = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), revision);
  if (parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size()) return revision;
  return refuse(
      closed("revision", "This ETag is not one of this post.", "Load it again, and make your change there."));
}

struct Edited {
  std::optional<wire::Response> refusal;
  Shown shown;
};

Result<Edited> edit(store::Unit& unit, Request& request, Desk& desk, PostId id, const PostInput& input,
                    uint64_t revision) {
  store::Posts posts(unit);
  auto post = posts.find(request.caller.workspace, id);
  if (!post) return refuse(not_found("post"));
  if (post->state == PostState::canceled) {
    return refuse(closed("canceled", "This post is canceled.", "Duplicate it and edit the copy."));
  }
  const bool scheduled = post->state == PostState::scheduled || is_proposal(post->state);
  if (scheduled && input.no_time) {
    return refuse(closed("has_time", "A scheduled post keeps a time.", "Cancel it, or give another time."));
  }
  apply(input, *post);
  auto schedule = schedule_of(input, *post, workspace_zone(unit, request.caller.workspace), request.now);
  if (!schedule) return refuse(std::move(schedule.error()));
  auto facts = load_facts(unit, *post);
  if (!facts) return refuse(std::move(facts.error()));
  if (scheduled) {
    const bool moved = input.at.has_value();  // a time that is over already is no news unless it is new
    const auto report = judge(*post, *facts, moved ? *schedule : std::nullopt, desk, request.now, false);
    if (auto refusal = blocked(report, request.id)) return Edited{std::move(refusal), {}};
  }
  if (*schedule && input.at) put_time(*post, **schedule);
  post->updated = request.now;
  const store::Leave leave = leave_of(unit, request);
  if (auto edited = posts.edit(*post, revision, leave); !edited) return refuse(std::move(edited.error()));
  if (is_proposal(post->state) && input.at) {
    if (auto moved = propose(unit, request, *post, leave); !moved) return refuse(std::move(moved.error()));
  }
  store::SeriesShelf(unit).make_own(request.caller.workspace, id);
  audit(unit, request, "post.edited", "post:" + id.text());
  auto shown = show(unit, request.caller.workspace, id);
  if (!shown) return refuse(std::move(shown.error()));
  return Edited{std::nullopt, std::move(*shown)};
}
}  // namespace

Answering edit_post(Request& request, Desk& desk) {
  const auto id = request.id_in_path<PostId>("post");
  if (!id) co_return refuse(id.error());
  auto input = read_body(request, read_post_edit);
  if (!input) co_return refuse(std::move(input.error()));
  const auto revision = revision_in(request);
  if (!revision) co_return refuse(revision.error());
  auto work = [&](store::Unit& unit) { return edit(unit, request, desk, *id, *input, *revision); };
  auto edited = co_await written(desk.store, std::move(work));
  if (!edited) co_return refuse(std::move(edited.error()));
  if (edited->refusal) co_return std::move(*edited->refusal);
  tell(desk, edited->shown);
  co_return post_answer(edited->shown);
}

}  // namespace carillon::api
