// What a plan would change, or changed, as the API writes it; and what waits, as a plan's file.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "api/plan_desk.h"
#include "api/saying.h"
#include "api/words.h"
#include "base/text.h"
#include "plan/plan_write.h"
#include "store/accounts.h"
#include "store/campaigns.h"
#include "store/records.h"

namespace carillon::api {

namespace {
constexpr size_t words_shown = 200, id_length = 36, most_exported = 20'000;

// Ids within texts become the names that people know.
class Names {
 public:
  Names(store::Unit& unit, const JudgedPlan& plan, WorkspaceId workspace)
      : shelf_(unit), workspace_(workspace) {
    for (const Account& account : plan.accounts)
      known_[account.id.text()] =
          account.network + ":" + (account.handle.empty() ? account.name : account.handle);
  }
  std::string in(std::string_view text);

 private:
  const std::string& name_of(const std::string& id);
  store::MediaShelf shelf_;
  WorkspaceId workspace_;
  std::map<std::string, std::string> known_;
};

const std::string& Names::name_of(const std::string& id) {
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const auto media = MediaId::parse(id);
  const auto file = media ? shelf_.find(workspace_, *media) : std::nullopt;
  return known_.emplace(id, file ? file->name : id).first->second;
}

std::string Names::in(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const std::string piece(text.substr(i, id_length));
    const bool starts = i == 0 || text[i - 1] == ' ' || text[i - 1] == '.' || text[i - 1] == '\n';
    if (starts && piece.size() == id_length && piece[8] == '-' && piece[13] == '-' && PostId::parse(piece)) {
      out += name_of(piece);
      i += id_length;
    } else {
      out += text[i++];
    }
  }
  return out;
}

void write(Json& json, const plan::PlanTrouble& trouble) {
  json.begin().field("line", trouble.line).field("column", trouble.column).field("field", trouble.field);
  json.field("code", trouble.code).field("text", trouble.text).field("fix", trouble.fix).end();
}

void write(Json& json, const std::vector<plan::PlanTrouble>& troubles) {
  json.key("troubles").list();
  for (const plan::PlanTrouble& trouble : troubles) write(json, trouble);
  json.end_list();
}

std::string beginning_of(const PlanStep& step) {
  const auto& parts = step.entry.post.content.parts;
  if (!parts.empty()) return shortened(parts.front().text, words_shown);
  if (step.post && !step.post->content.parts.empty())
    return shortened(step.post->content.parts.front().text, words_shown);
  return {};
}

void write_change(Json& json, const plan::PlanChange& change, Names& names) {
  std::string before = names.in(change.before), after = names.in(change.after);
  if (before == after) before = change.before, after = change.after;  // two files of one name
  json.begin().field("field", names.in(change.field)).field("before", before).field("after", after);
  json.field("drifted", change.drifted).end();
}

// The post of the file as its first account would say it; of one that is only there, as that says it.
std::optional<std::string> said_by(store::Unit& unit, const PlanStep& step, const JudgedPlan& plan,
                                   WorkspaceId workspace) {
  const bool written = !step.entry.post.content.parts.empty();
  if (!written && !step.post) return std::nullopt;
  Post post = written ? step.entry.post : *step.post;
  if (!has_variables(post)) return std::nullopt;
  post.workspace = workspace;
  if (step.entry.schedule) post.due = step.entry.schedule->at;
  const auto says = beginning(post, Sayings(unit).of(post, plan.accounts));
  return says ? std::optional(shortened(*says, words_shown)) : std::nullopt;
}

void write_step(Json& json, const PlanStep& step, const std::optional<std::string>& says, Names& names) {
  json.begin().field("key", step.entry.key).field("line", step.entry.line);
  json.field("state", to_text(step.state)).field("note", step.note);
  json.field("post", step.post ? std::optional(step.post->id) : std::nullopt);
  json.field("title", step.entry.post.title).field("text", beginning_of(step));
  if (says) json.field("says", *says);
  json.key("changes").list();
  for (const plan::PlanChange& change : step.changes) write_change(json, change, names);
  json.end_list();
  write(json, step.troubles);
  json.key("warnings").list();
  for (const plan::Finding& warning : step.warnings) json.value(warning.text + " " + warning.fix);
  json.end_list().end();
}

constexpr std::array<std::string_view, 8> words = {"unchanged", "added",   "changed", "removed",
                                                   "drifted",   "settled", "foreign", "wrong"};
}  // namespace

std::string_view to_text(StepState state) {
  return words[static_cast<size_t>(state)];
}

std::string render(store::Unit& unit, const JudgedPlan& plan, WorkspaceId workspace) {
  Names names(unit, plan, workspace);
  std::array<int64_t, words.size()> counts{};
  for (const PlanStep& step : plan.steps) ++counts[static_cast<size_t>(step.state)];
  Json json;
  json.begin()
      .field("plan", plan.file.name)
      .field("overwrite", plan.overwrite)
      .field("applied", plan.applied);
  json.key("counts").begin();
  for (size_t i = 0; i < words.size(); ++i) json.field(words[i], counts[i]);
  json.end();
  write(json, plan.file.troubles);
  json.key("files").list();
  for (const plan::NamedFile& file : plan.file.files)
    json.begin().field("path", file.path).field("line", file.line).field("media", file.media).end();
  json.end_list().key("steps").list();
  for (const PlanStep& step : plan.steps) write_step(json, step, said_by(unit, step, plan, workspace), names);
  return json.end_list().end().take();
}

wire::Response plan_refusal(const JudgedPlan& plan, std::string_view request_id) {
  std::vector<FieldError> errors;
  const auto collect = [&errors](const std::vector<plan::PlanTrouble>& troubles) {
    for (const plan::PlanTrouble& each : troubles)
      errors.push_back({each.code, each.field.empty() ? "yaml" : each.field,
                        fmt::format("Line {}, column {}: {}", each.line, each.column, each.text), each.fix,
                        ""});
  };
  collect(plan.file.troubles);
  for (const PlanStep& step : plan.steps) collect(step.troubles);
  Fault fault =
      invalid(errors.front().code, errors.front().detail, errors.front().field, errors.front().remedy);
  if (errors.size() > 1) fault.text += fmt::format(" ({} more: see errors)", errors.size() - 1);
  return problem(fault, request_id, errors);
}

namespace {
bool is_wanted(const Post& post) {
  return post.state == PostState::draft || post.state == PostState::scheduled ||
         post.state == PostState::proposed;
}

// The posts of a file, one after the other.
class Export {
 public:
  Export(store::Unit& unit, WorkspaceId workspace, std::string name)
      : unit_(unit),
        workspace_(workspace),
        name_(std::move(name)),
        accounts_(store::Accounts(unit).list(workspace)) {
    std::erase_if(accounts_, [](const Account& a) { return a.hold == Hold::disconnected; });
    for (const Campaign& each : store::Campaigns(unit).list(workspace))
      campaigns_.emplace(each.id, each.name);
    for (const store::Planned& each : store::PlannedPosts(unit).list(workspace, name_))
      owned_.emplace(each.post, each);
  }
  std::string run();

 private:
  std::string one(const Post& post);
  bool is_out(const Post& post) const {
    return std::ranges::any_of(post.tally.count, [&](const int64_t& n) {
      return n > 0 && &n != &post.tally.count[static_cast<size_t>(DeliveryState::waiting)];
    });
  }

  store::Unit& unit_;
  WorkspaceId workspace_;
  std::string name_;
  std::vector<Account> accounts_;
  std::map<CampaignId, std::string> campaigns_;
  std::map<PostId, store::Planned> owned_;
  std::set<PostId> series_;  // written already
};

std::string Export::one(const Post& found) {
  Post post = found;
  plan::WrittenPost written{.key = "post-" + post.id.text(), .id = post.id, .post = &post};
  written.form.draft = post.state == PostState::draft;
  if (const auto belongs = store::SeriesShelf(unit_).of_post(workspace_, post.id)) {
    const auto series = store::SeriesShelf(unit_).find(workspace_, *belongs);
    if (!series || !series_.insert(*belongs).second) return {};
    post = series->pattern;
    post.id = series->id;
    post.local_time = series->local_time, post.zone = series->zone;
    written.key = "post-" + post.id.text(), written.id = post.id;
    written.form.repeat = series->rule;
  } else if (is_out(post)) {
    return {};
  }
  const auto owned = owned_.find(post.id);
  if (!name_.empty() && owned == owned_.end()) return {};
  if (owned != owned_.end()) {
    written.key = owned->second.key, written.id.reset();
    const auto lines = plan::lines_from(owned->second.written);
    const auto queue = std::ranges::find(lines, "queue", &plan::PlanLine::field);
    written.form.queued = queue != lines.end() && !written.form.draft;
    written.form.best = written.form.queued && queue->text == "best";
  }
  if (post.campaign && campaigns_.contains(*post.campaign))
    written.form.campaign = campaigns_[*post.campaign];
  return plan::plan_post(written, accounts_);
}

std::string Export::run() {
  std::string out = plan::plan_opening(name_.empty() ? "schedule" : name_), posts;
  store::PostFilter filter{.limit = 200};
  for (size_t n = 0; n < most_exported;) {
    const auto page = store::Posts(unit_).list(workspace_, filter);
    for (const Post& post : page) posts += is_wanted(post) ? one(post) : "";
    n += page.size();
    if (page.size() < filter.limit) break;
    filter.after = page.back().id;
    filter.after_due = page.back().due.value_or(Instant::never());
  }
  return posts.empty() ? out.substr(0, out.find('\n')) + "\nposts: []\n" : out + posts;
}
}  // namespace

std::string export_plan(store::Unit& unit, WorkspaceId workspace, const std::string& name) {
  return Export(unit, workspace, name).run();
}

}  // namespace carillon::api
