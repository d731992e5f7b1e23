#include "api/plan_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/conditions.h"
#include "api/words.h"
#include "plan/standing.h"
#include "store/accounts.h"
#include "store/campaigns.h"

namespace carillon::api {

namespace {
using plan::PlanForm;
using plan::PlanLines;

// Who applies the plan and what it may name.
struct Ledger {
  store::Unit& unit;
  const Request& request;
  const Desk& desk;
  const JudgedPlan& plan;
  WorkspaceId workspace;
};

// Nothing of it is out or on its way: a draft, one that waits, one whose time went by without approval.
bool may_change(const Post& post) {
  return post.state == PostState::draft || post.state == PostState::expired || plan::still_waits(post);
}

std::string campaign_name(const JudgedPlan& plan, const std::optional<CampaignId>& id) {
  for (const auto& [name, known] : plan.campaigns) {
    if (id == known) return name;
  }
  return {};
}

PlanForm form_of(const plan::PlanEntry& entry) {
  return {entry.draft, entry.queued, entry.best, entry.repeat, entry.campaign};
}

// What is there, as the plan would have written it: a slot that the queue gave stays "the queue's".
PlanLines lines_now(const Ledger& in, const PlanStep& step, const PlanLines& written) {
  Post post = *step.post;
  PlanForm form{.draft = post.state == PostState::draft, .campaign = campaign_name(in.plan, post.campaign)};
  if (step.series) {
    post.title = step.series->pattern.title;
    post.content = step.series->pattern.content;
    post.targets = step.series->pattern.targets;
    post.tags = step.series->pattern.tags;
    post.late = step.series->pattern.late;
    post.local_time = step.series->local_time;
    post.zone = step.series->zone;
    form.repeat = step.series->rule;
    form.draft = false;
  }
  const auto queue = std::ranges::find(written, "queue", &plan::PlanLine::field);
  form.queued = queue != written.end() && !form.draft;
  form.best = form.queued && queue->text == "best";
  return plan::lines_of(post, form);
}

void trouble(PlanStep& step, std::string field, std::string code, std::string text, std::string fix) {
  step.troubles.push_back({step.entry.line, step.entry.column, std::move(field), std::move(code),
                           std::move(text), std::move(fix)});
  step.state = StepState::wrong;
}

void weigh(PlanStep& step, const std::vector<plan::Finding>& findings) {
  for (const plan::Finding& finding : findings) {
    if (finding.severity == channels::Severity::blocker) {
      trouble(step, finding.field, finding.id, finding.text, finding.fix);
    } else if (finding.severity == channels::Severity::warning) {
      step.warnings.push_back(finding);
    }
  }
}

Post wanted_post(const Ledger& in, const PlanStep& step) {
  Post post = step.entry.post;
  post.workspace = in.workspace;
  const auto campaign = in.plan.campaigns.find(step.entry.campaign);
  if (campaign != in.plan.campaigns.end()) post.campaign = campaign->second;
  return post;
}

// Would it go out as the file wants it?
void check_wanted(const Ledger& in, PlanStep& step) {
  const plan::PlanEntry& entry = step.entry;
  if (step.post && step.post->state != PostState::draft && entry.draft)
    trouble(step, "draft", "was_scheduled", "A post that was scheduled does not become a draft again.",
            "Take it out of the plan, or give it another time.");
  if (entry.awaits_files) return;
  const Post post = wanted_post(in, step);
  auto facts = load_facts(in.unit, post);
  if (!facts)
    return trouble(step, facts.error().field, facts.error().code, facts.error().text, facts.error().remedy);
  if (entry.draft) return;
  const bool same_time = std::ranges::none_of(step.changes, [](const auto& c) { return c.field == "at"; });
  if (entry.schedule) facts->conditions = conditions_of(in.unit, in.desk, post, *facts, entry.schedule->at);
  const bool moved = step.state == StepState::added || !same_time;
  const auto report =
      judge(post, *facts, moved ? entry.schedule : std::nullopt, in.desk, in.request.now, false);
  weigh(step, report.findings);
  for (const plan::TargetReport& target : report.targets) weigh(step, target.findings);
}

void drift(PlanStep& step, const JudgedPlan& plan, std::string note) {
  step.state = plan.overwrite ? StepState::added : StepState::drifted;
  step.note = std::move(note);
}

bool goes_on(const Ledger& in, const PlanStep& step) {
  if (!step.series) return false;
  if (!step.series->ended) return true;
  const auto occurrences = store::SeriesShelf(in.unit).occurrences(in.workspace, step.series->id);
  return std::ranges::any_of(occurrences, [&](const store::Occurrence& each) {
    const auto post = store::Posts(in.unit).find(in.workspace, each.post);
    return post && may_change(*post);
  });
}

// What the plan made, beside what it wants now.
void compare(const Ledger& in, PlanStep& step, const std::string& written_text) {
  const PlanLines written = plan::lines_from(written_text);
  step.changes = plan::changes(written, lines_now(in, step, written), step.wanted);
  if (step.changes.empty()) return;
  const bool person = std::ranges::any_of(step.changes, &plan::PlanChange::drifted);
  if (person && !in.plan.overwrite) {
    step.state = StepState::drifted;
    step.note = "A person changed this post since the plan wrote it.";
    return;
  }
  step.state = StepState::changed;
  check_wanted(in, step);
}

void judge_owned(const Ledger& in, PlanStep& step, const std::string& written) {
  if (!step.post) return drift(step, in.plan, "A person removed this post.");
  if (goes_on(in, step)) return compare(in, step, written);
  if (step.post->state == PostState::canceled) return drift(step, in.plan, "A person canceled this post.");
  if (step.series || !may_change(*step.post)) {
    step.state = StepState::settled;
    step.changes = plan::changes({}, lines_now(in, step, plan::lines_from(written)), step.wanted);
    step.note = step.changes.empty() ? "" : "It went out or is on its way: it stays as it is.";
    return;
  }
  compare(in, step, written);
}

// A post from an export that this plan did not make.
void judge_foreign(const Ledger& in, PlanStep& step) {
  step.changes = plan::changes({}, lines_now(in, step, {}), step.wanted);
  if (step.changes.empty()) return;
  step.state = StepState::foreign;
  step.note = "This plan did not make this post: it is left as it is.";
}

void find_post(const Ledger& in, PlanStep& step, PostId id) {
  step.post = store::Posts(in.unit).find(in.workspace, id);
  store::SeriesShelf shelf(in.unit);
  const auto series = shelf.of_post(in.workspace, id);
  if (series && *series == id) step.series = shelf.find(in.workspace, id);
}

void judge_removal(const Ledger& in, PlanStep& step, const store::Planned& known) {
  step.state = StepState::settled;
  find_post(in, step, known.post);
  if (!step.post || step.post->state == PostState::canceled) {
    step.state = step.post ? StepState::settled : StepState::removed;
    return;
  }
  if (!goes_on(in, step) && (step.series || !may_change(*step.post))) return;
  const PlanLines written = plan::lines_from(known.written);
  const auto now = lines_now(in, step, written);
  const bool person = !plan::changes(written, now, written).empty();
  step.state = person && !in.plan.overwrite ? StepState::drifted : StepState::removed;
  step.changes = plan::changes({}, now, {});
  if (step.state == StepState::drifted)
    step.note = "It is no longer in the file, but a person changed it since the plan wrote it.";
}

void resolve_campaign(const JudgedPlan& plan, PlanStep& step) {
  if (step.entry.campaign.empty() || plan.campaigns.contains(step.entry.campaign)) return;
  trouble(step, "campaign", "campaign_unknown",
          fmt::format("There is no campaign \"{}\" here.", step.entry.campaign),
          "Make it first, or leave it out.");
}

bool in_file(const JudgedPlan& plan, const PlanStep& step) {
  return std::ranges::find(plan.file.entries, step.entry.key, &plan::PlanEntry::key) !=
         plan.file.entries.end();
}
}  // namespace

void judge_step(store::Unit& unit, const Request& request, const Desk& desk, const JudgedPlan& plan,
                PlanStep& step) {
  const Ledger in{unit, request, desk, plan, request.caller.workspace};
  step.state = StepState::unchanged;
  step.note.clear(), step.changes.clear(), step.warnings.clear(), step.post.reset(), step.series.reset();
  const auto known = store::PlannedPosts(unit).find(in.workspace, plan.file.name, step.entry.key);
  if (known && !in_file(plan, step)) return judge_removal(in, step, *known);
  step.troubles = step.entry.troubles;
  if (!step.troubles.empty()) step.state = StepState::wrong;
  resolve_campaign(plan, step);
  if (step.state == StepState::wrong) return;
  step.wanted = plan::lines_of(step.entry.post, form_of(step.entry));
  if (known || step.entry.id) find_post(in, step, known ? known->post : *step.entry.id);
  if (known) {
    judge_owned(in, step, known->written);
  } else if (step.post) {
    return judge_foreign(in, step);
  } else {
    step.state = StepState::added;
  }
  if (step.state != StepState::added) return;
  step.changes = plan::changes({}, {}, step.wanted);
  check_wanted(in, step);
}

PlanOrder read_plan_order(Reader& in) {
  PlanOrder order;
  order.yaml = in.text("yaml", {0, size_t{2} << 20});
  order.overwrite = in.maybe_flag("overwrite").value_or(false);
  in.objects("files", 2'000, [&](Reader& each) {
    GivenFile file{.path = each.text("path", {1, 500}),
                   .sha256 = each.maybe_text("sha256", {64, 64}).value_or("")};
    file.media = each.maybe_id<MediaId>("media");
    order.files.push_back(std::move(file));
  });
  return order;
}

bool JudgedPlan::wrong() const {
  const auto is_wrong = [](const PlanStep& step) { return step.state == StepState::wrong; };
  return !file.troubles.empty() || std::ranges::any_of(steps, is_wrong);
}

JudgedPlan judge_plan(store::Unit& unit, const Request& request, const Desk& desk, const PlanOrder& order) {
  const WorkspaceId workspace = request.caller.workspace;
  JudgedPlan judged{.overwrite = order.overwrite};
  judged.accounts = store::Accounts(unit).list(workspace);
  std::erase_if(judged.accounts, [](const Account& a) { return a.hold == Hold::disconnected; });
  for (const Campaign& each : store::Campaigns(unit).list(workspace))
    judged.campaigns.emplace(each.name, each.id);
  plan::PlanWishes wishes{.accounts = judged.accounts, .zone = workspace_zone(unit, workspace)};
  wishes.late.within = desk.settings.late_grace;
  for (const GivenFile& file : order.files) {
    const auto media = file.media ? file.media : store::media_with(unit, workspace, file.sha256);
    if (media) wishes.files.emplace(file.path, *media);
  }
  judged.file = plan::read_plan(order.yaml, wishes);
  if (!judged.file.troubles.empty()) return judged;
  for (const plan::PlanEntry& entry : judged.file.entries) {
    judged.steps.push_back({.entry = entry});
    judge_step(unit, request, desk, judged, judged.steps.back());
  }
  std::set<std::string> keys;
  for (const plan::PlanEntry& entry : judged.file.entries) keys.insert(entry.key);
  for (const store::Planned& known : store::PlannedPosts(unit).list(workspace, judged.file.name)) {
    if (keys.contains(known.key)) continue;
    PlanStep step;
    step.entry.key = known.key;
    step.entry.line = 0;
    judge_step(unit, request, desk, judged, step);
    if (step.state != StepState::settled) judged.steps.push_back(std::move(step));
  }
  return judged;
}

}  // namespace carillon::api
