#include "api/post_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/campaign_desk.h"
#include "api/events.h"
#include "api/words.h"
#include "plan/standing.h"
#include "run/media_address.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/phrasebook.h"
#include "store/records.h"

namespace carillon::api {

namespace {
constexpr size_t few = 8;  // accounts read one by one; more: all of the workspace at once

Result<void> load_file(store::MediaShelf& shelf, WorkspaceId workspace, MediaId id, const std::string& field,
                       PostFacts& facts) {
  if (facts.media.contains(id)) return {};
  const auto file = shelf.find(workspace, id);
  if (!file)
    return refuse(invalid("media_unknown", "There is no such file here.", field, "Upload it first."));
  facts.media.emplace(id, file->facts);
  return {};
}

Result<void> load_media(store::Unit& unit, WorkspaceId workspace, const Content& content,
                        const std::string& prefix, PostFacts& facts) {
  store::MediaShelf shelf(unit);
  for (size_t i = 0; i < content.parts.size(); ++i) {
    const auto& media = content.parts[i].media;
    for (size_t k = 0; k < media.size(); ++k) {
      const std::string place = fmt::format("{}parts[{}].media[{}]", prefix, i, k);
      if (auto read = load_file(shelf, workspace, media[k].id, place + ".id", facts); !read) return read;
      const auto& cover = media[k].cover;
      if (!cover || !cover->picture) continue;
      if (auto read = load_file(shelf, workspace, *cover->picture, place + ".cover.picture", facts); !read)
        return read;
    }
  }
  return {};
}

Result<void> load_accounts(store::Unit& unit, const Post& post, PostFacts& facts) {
  store::Accounts accounts(unit);
  if (post.targets.size() > few) facts.accounts = accounts.list(post.workspace);
  for (size_t i = 0; i < post.targets.size(); ++i) {
    const AccountId id = post.targets[i].account;
    if (find_account(facts.accounts, id)) continue;
    auto account = post.targets.size() > few ? std::nullopt : accounts.find(post.workspace, id);
    if (!account) {
      return refuse(invalid("account_unknown", "There is no such account here.",
                            fmt::format("targets[{}].account", i), "Choose one of GET /api/v1/accounts."));
    }
    facts.accounts.push_back(std::move(*account));
  }
  return {};
}
}  // namespace

Result<PostFacts> load_facts(store::Unit& unit, const Post& post) {
  PostFacts facts;
  if (auto loaded = load_accounts(unit, post, facts); !loaded) return refuse(std::move(loaded.error()));
  if (auto loaded = load_media(unit, post.workspace, post.content, "content.", facts); !loaded) {
    return refuse(std::move(loaded.error()));
  }
  for (size_t i = 0; i < post.targets.size(); ++i) {
    const auto& own = post.targets[i].content;
    if (!own) continue;
    auto loaded = load_media(unit, post.workspace, *own, fmt::format("targets[{}].content.", i), facts);
    if (!loaded) return refuse(std::move(loaded.error()));
  }
  auto campaign = campaign_facts(unit, post);
  if (!campaign) return refuse(std::move(campaign.error()));
  facts.campaign = std::move(*campaign);
  if (plan::needs_wording(post)) facts.wording = store::Phrasebook(unit).wording(post.workspace);
  return facts;
}

std::string workspace_zone(store::Unit& unit, WorkspaceId id) {
  const auto workspace = store::People(unit).workspace(id);
  return workspace ? workspace->zone : "UTC";
}

Result<std::optional<plan::Schedule>> schedule_of(const PostInput& input, const Post& post,
                                                  const std::string& workspace_zone, Instant now) {
  std::string local = post.local_time, zone = post.zone;
  if (input.now) {
    auto schedule = plan::schedule_now(now, workspace_zone);
    if (!schedule) return refuse(std::move(schedule.error()));
    return std::optional(std::move(*schedule));
  }
  if (input.at) local = input.at->local, zone = input.at->zone.empty() ? workspace_zone : input.at->zone;
  if (local.empty()) return std::optional<plan::Schedule>();
  auto schedule = plan::schedule_at(local, zone);
  if (!schedule) return refuse(std::move(schedule.error()));
  return std::optional(std::move(*schedule));
}

plan::Facts known(const PostFacts& facts, const std::optional<plan::Schedule>& schedule, const Desk& desk,
                  Instant now, bool held) {
  return {facts.accounts,
          facts.media,
          schedule,
          now,
          held,
          run::is_public_address(desk.settings.public_url),
          facts.wording ? &*facts.wording : nullptr,
          facts.blackouts,
          facts.neighbours,
          facts.nearness,
          facts.free,
          facts.campaign ? &*facts.campaign : nullptr,
          facts.conditions ? &*facts.conditions : nullptr};
}

plan::Report judge(const Post& post, const PostFacts& facts, const std::optional<plan::Schedule>& schedule,
                   const Desk& desk, Instant now, bool held) {
  return plan::check(post, known(facts, schedule, desk, now, held), desk.registry);
}

namespace {
void collect(const std::vector<plan::Finding>& findings, const std::string& account,
             std::vector<FieldError>& errors) {
  for (const plan::Finding& finding : findings) {
    if (finding.severity != channels::Severity::blocker) continue;
    errors.push_back({finding.id, finding.field, finding.text, finding.fix, account});
  }
}

std::vector<FieldError> blockers(const plan::Report& report) {
  std::vector<FieldError> errors;
  collect(report.findings, "", errors);
  for (const auto& target : report.targets) collect(target.findings, target.account.text(), errors);
  return errors;
}

Fault fault_of(const FieldError& error) {
  return invalid(error.code, error.detail, error.field, error.remedy);
}
}  // namespace

std::optional<Fault> first_blocker(const plan::Report& report) {
  const auto errors = blockers(report);
  return errors.empty() ? std::nullopt : std::optional(fault_of(errors.front()));
}

std::optional<wire::Response> blocked(const plan::Report& report, std::string_view request_id) {
  const auto errors = blockers(report);
  if (errors.empty()) return std::nullopt;
  Fault fault = fault_of(errors.front());
  if (errors.size() > 1) fault.text += fmt::format(" ({} more: see errors)", errors.size() - 1);
  return problem(fault, request_id, errors);
}

Result<Shown> show(store::Unit& unit, WorkspaceId workspace, PostId id) {
  store::Posts posts(unit);
  auto post = posts.find(workspace, id);
  if (!post) return refuse(not_found("post"));
  Shown shown{std::move(*post), {}, posts.deliveries(workspace, id)};
  shown.proposal = shown_proposal(unit, shown.post);
  store::Accounts accounts(unit);
  for (const Target& target : shown.post.targets) {
    if (auto account = accounts.find(workspace, target.account))
      shown.accounts.push_back(std::move(*account));
  }
  for (const Delivery& delivery : shown.deliveries) {
    if (find_account(shown.accounts, delivery.account)) continue;
    if (auto account = accounts.find(workspace, delivery.account))
      shown.accounts.push_back(std::move(*account));
  }
  shown.sayings = Sayings(unit).of(shown.post, shown.accounts);
  return shown;
}

std::string render(const Shown& shown) {
  Json json;
  write(json, shown.post, shown.accounts, &shown.deliveries, shown.proposal ? &*shown.proposal : nullptr,
        shown.sayings);
  return json.take();
}

wire::Response post_answer(const Shown& shown, int status) {
  wire::Response response = json_answer(status, render(shown));
  response.headers.push_back({"ETag", fmt::format("\"{}\"", shown.post.revision)});
  return response;
}

void tell(Desk& desk, const Shown& shown) {
  std::vector<std::pair<AccountId, Instant>> told;
  for (const Delivery& delivery : shown.deliveries) {
    if (is_settled(delivery.state) || delivery.superseded) continue;
    const std::pair key(delivery.account, delivery.due);
    if (delivery.line == Line::bulk && std::ranges::find(told, key) != told.end()) continue;
    told.push_back(key);
    desk.dispatcher.expect(delivery.workspace, delivery.account, delivery.line, delivery.due);
  }
  desk.events.publish(
      shown.post.workspace,
      {.kind = "post", .id = shown.post.id.text(), .state = std::string(plan::standing(shown.post))});
}

}  // namespace carillon::api
