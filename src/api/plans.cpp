// Plans as files: looking at what one would change, making it so, writing one of what waits.
#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/plan_desk.h"

namespace carillon::api {

namespace {
constexpr size_t steps_at_once = 100;  // a transaction: others write between them

void tell_dispatcher(Desk& desk, const std::vector<PlanStep>& steps) {
  for (const PlanStep& step : steps) {
    for (const run::Expected& one : step.expected)
      desk.dispatcher.expect(one.workspace, one.account, Line::bulk, one.due);
  }
}

// Each judged again where nobody else changes anything, and then taken. An entry that went wrong meanwhile
// refuses the rest: what was done stays, and the next time goes on from there.
Result<void> take_steps(store::Unit& unit, const Request& request, Desk& desk, const JudgedPlan& plan,
                        std::vector<PlanStep>& steps) {
  store::PlannedPosts(unit).lock(request.caller.workspace);
  int64_t done = 0;
  for (PlanStep& step : steps) {
    judge_step(unit, request, desk, plan, step);
    if (step.state == StepState::wrong) {
      const plan::PlanTrouble& why = step.troubles.front();
      return refuse(invalid(why.code, why.text, why.field, why.fix));
    }
    if (auto taken = take_step(unit, request, desk, plan, step); !taken) return taken;
    done += step.touches() ? 1 : 0;
  }
  if (done > 0) audit(unit, request, "plan.applied", "plan:" + plan.file.name, std::to_string(done));
  return {};
}

Awaitable<Result<bool>> apply_all(Request& request, Desk& desk, JudgedPlan& plan) {
  std::vector<PlanStep*> wanted;
  for (PlanStep& step : plan.steps) {
    if (step.touches()) wanted.push_back(&step);
  }
  for (size_t from = 0; from < wanted.size(); from += steps_at_once) {
    const size_t until = std::min(from + steps_at_once, wanted.size());
    std::vector<PlanStep> some;
    auto work = [&](store::Unit& unit) -> Result<bool> {
      some.clear();  // the work may run again
      for (size_t i = from; i < until; ++i) some.push_back(*wanted[i]);
      auto taken = take_steps(unit, request, desk, plan, some);
      if (!taken) return refuse(std::move(taken.error()));
      return true;
    };
    auto done = co_await written(desk.store, std::move(work));
    if (!done) co_return refuse(std::move(done.error()));
    tell_dispatcher(desk, some);
    for (size_t i = from; i < until; ++i) *wanted[i] = std::move(some[i - from]);
  }
  plan.applied = true;
  co_return true;
}

struct Looked {
  JudgedPlan plan;
  std::string body;
};

void refuse_missing_files(JudgedPlan& plan) {
  for (PlanStep& step : plan.steps) {
    if (!step.entry.awaits_files || !step.touches()) continue;
    for (const plan::NamedFile& file : plan.file.files) {
      if (file.media) continue;
      step.troubles.push_back({file.line, 1, "media", "file_missing",
                               "The file \"" + file.path + "\" is not here.", "Upload it with the plan."});
    }
    step.state = StepState::wrong;
  }
}
}  // namespace

Answering preview_plan(Request& request, Desk& desk) {
  auto order = read_body(request, read_plan_order);
  if (!order) co_return refuse(std::move(order.error()));
  auto look = [&](store::Unit& unit) {
    Looked looked{judge_plan(unit, request, desk, *order), ""};
    looked.body = render(unit, looked.plan, request.caller.workspace);
    return looked;
  };
  auto looked = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, std::move(looked.body));
}

Answering apply_plan(Request& request, Desk& desk) {
  auto order = read_body(request, read_plan_order);
  if (!order) co_return refuse(std::move(order.error()));
  auto look = [&](store::Unit& unit) { return judge_plan(unit, request, desk, *order); };
  auto plan = co_await seen(desk.store, std::move(look));
  refuse_missing_files(plan);
  if (plan.wrong()) co_return plan_refusal(plan, request.id);
  auto applied = co_await apply_all(request, desk, plan);
  if (!applied) co_return refuse(std::move(applied.error()));
  desk.events.publish(request.caller.workspace, {.kind = "post", .id = "plan", .state = "scheduled"});
  auto show_all = [&](store::Unit& unit) { return render(unit, plan, request.caller.workspace); };
  auto body = co_await seen(desk.store, std::move(show_all));
  co_return json_answer(200, std::move(body));
}

Answering list_plans(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::PlannedPosts(unit).plans(request.caller.workspace); };
  const auto plans = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const auto& each : plans) json.begin().field("plan", each.plan).field("posts", each.posts).end();
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering export_plan(Request& request, Desk& desk) {
  const std::string name = wire::field(request.query, "plan").value_or("");
  auto look = [&](store::Unit& unit) { return export_plan(unit, request.caller.workspace, name); };
  auto text = co_await seen(desk.store, std::move(look));
  wire::Response response{200, file_headers("application/yaml", "carillon-plan.yaml"), std::move(text)};
  co_return std::move(response);
}

}  // namespace carillon::api
