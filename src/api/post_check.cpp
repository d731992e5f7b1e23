// What each network would say of a post, before it is scheduled: everything that a person should know while
// writing.
#include "api/answers.h"
#include "api/awaited.h"
#include "api/conditions.h"
#include "api/handlers.h"
#include "api/prepared.h"
#include "api/surroundings.h"
#include "api/words.h"
#include "plan/series_check.h"
#include "store/journal.h"

namespace carillon::api {

namespace {
struct CheckInput {
  PostInput post;
  std::optional<PostId> itself;  // the one that is being edited
  std::string repeat;            // the rule by which it will repeat; empty: it does not
  plan::Attention attention;     // of whoever writes
};

plan::Attention read_attention(Reader& in) {
  plan::Attention attention;
  attention.confirmed = in.maybe_texts("confirmed", 20, {1, 40}).value_or(std::vector<std::string>());
  const auto seen = in.maybe_texts("seen", 200, {36, 36});
  if (!seen) return attention;
  attention.seen.emplace();
  for (const std::string& text : *seen) {
    if (const auto id = AccountId::parse(text))
      attention.seen->push_back(*id);
    else
      in.refuse("not_an_id", "This is not an id: \"" + text + "\".", "seen", "Give ids of accounts.");
  }
  return attention;
}

CheckInput read_check(Reader& in) {
  CheckInput input;
  input.itself = in.maybe_id<PostId>("post");
  input.repeat = in.maybe_text("repeat", {0, 500}).value_or("");
  input.attention = read_attention(in);
  input.post = read_post(in);
  return input;
}

void add_repeat(plan::Report& report, const CheckInput& input, const Prepared& prepared,
                const plan::Facts& facts) {
  if (input.repeat.empty() || !prepared.schedule) return;
  const auto rule = plan::parse_rule(input.repeat, prepared.schedule->zone);
  if (!rule) return;  // said where the rule is written
  if (auto found = plan::check_repeat(prepared.post, *rule, facts))
    report.findings.push_back(std::move(*found));
}
}  // namespace

Answering check_post(Request& request, Desk& desk) {
  auto input = read_body(request, read_check);
  if (!input) co_return refuse(std::move(input.error()));
  auto look = [&](store::Unit& unit) -> Result<Prepared> {
    auto prepared = prepare(unit, request, desk, input->post);
    if (!prepared) return prepared;
    prepared->held = store::Journal(unit).held();
    look_around(unit, prepared->post, prepared->schedule, input->itself, request.now, prepared->facts);
    const Instant at = prepared->schedule ? prepared->schedule->at : request.now;
    prepared->facts.conditions = conditions_of(unit, desk, prepared->post, prepared->facts, at);
    return prepared;
  };
  const auto prepared = co_await seen(desk.store, std::move(look));
  if (!prepared) co_return refuse(prepared.error());
  plan::Facts facts = known(prepared->facts, prepared->schedule, desk, request.now, prepared->held);
  facts.attention = &input->attention;
  auto report = plan::check(prepared->post, facts, desk.registry);
  add_repeat(report, *input, *prepared, facts);
  Json json;
  write(json, report, prepared->schedule);
  co_return json_answer(200, json.take());
}

}  // namespace carillon::api
