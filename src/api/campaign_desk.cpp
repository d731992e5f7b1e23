#include "api/campaign_desk.h"

#include <algorithm>

#include "api/answers.h"
#include "api/events.h"
#include "api/post_desk.h"
#include "api/words.h"
#include "base/zones.h"
#include "store/accounts.h"
#include "store/tasks.h"

namespace carillon::api {

namespace {
constexpr size_t next_posts = 5, latest_failures = 20;

std::vector<DayCount> days_of(const std::vector<store::QuarterCount>& quarters, const std::string& zone) {
  std::vector<DayCount> days;
  for (const store::QuarterCount& quarter : quarters) {
    const auto local = localize(quarter.from, zone);
    const std::string day = local ? to_text(*local).substr(0, 10) : "";
    if (days.empty() || days.back().day != day) days.push_back({day});
    for (size_t i = 0; i < quarter.posts.size(); ++i) days.back().posts[i] += quarter.posts[i];
  }
  return days;
}

void write_counts(Json& json, const store::StandingCounts& posts) {
  json.begin();
  for (size_t i = 0; i < posts.size(); ++i) json.field(store::standings[i], posts[i]);
  json.end();
}

void write_fields(Json& json, const Campaign& campaign, const store::StandingCounts& posts) {
  json.field("id", campaign.id).field("name", campaign.name).field("notes", campaign.notes);
  json.field("colour", campaign.colour).field("from", campaign.from_day).field("to", campaign.to_day);
  json.field("state", carillon::to_text(campaign.state));
  write_counts(json.key("posts"), posts);
  json.field("created", campaign.created).field("updated", campaign.updated);
}

void write_hindrance(Json& json, const plan::Hindrance& hindrance) {
  json.key("hindrance");
  if (hindrance.code.empty()) {
    json.value(nullptr);
    return;
  }
  json.begin().field("code", hindrance.code).field("text", hindrance.text).field("fix", hindrance.fix);
  json.field("action", hindrance.action).end();
}

Tally add(Tally sum, const Tally& more) {
  for (size_t i = 0; i < sum.count.size(); ++i) sum.count[i] += more.count[i];
  return sum;
}

Tally tally_of(const CampaignView& view, AccountId account) {
  const auto found = view.sums.deliveries.find(account);
  return found == view.sums.deliveries.end() ? Tally{} : found->second;
}

void write_accounts(Json& json, const CampaignView& view, const Desk& desk, Instant now) {
  json.key("accounts").list();
  for (const Account& account : view.accounts) {
    const channels::Entry* entry = desk.registry.find(account.network);
    const bool enabled = std::ranges::find(view.enabled, account.id) != view.enabled.end();
    if (account.hold == Hold::disconnected && !enabled) continue;
    json.begin().field("account", account.id).field("network", account.network).field("name", account.name);
    json.field("handle", account.handle).field("sandbox", account.sandbox).field("enabled", enabled);
    write_hindrance(json, plan::hindrance(account, entry ? &entry->channel->traits() : nullptr, now));
    write(json.key("deliveries"), tally_of(view, account.id));
    json.end();
  }
  json.end_list();
}

void write_networks(Json& json, const CampaignView& view) {
  std::map<std::string, Tally> networks;
  Tally all;
  for (const auto& [id, tally] : view.sums.deliveries) {
    const Account* account = find_account(view.accounts, id);
    Tally& sum = networks[account ? account->network : ""];
    sum = add(sum, tally);
    all = add(all, tally);
  }
  write(json.key("deliveries"), all);
  json.key("networks").list();
  for (const auto& [network, tally] : networks) {
    json.begin().field("network", network);
    write(json.key("deliveries"), tally);
    json.end();
  }
  json.end_list();
}

void write_resumption(Json& json, const store::Resumption& found) {
  json.key("resume").begin().field("on_time", found.on_time).key("late").begin();
  for (size_t i = 0; i < found.late.size(); ++i)
    json.field(carillon::to_text(static_cast<LatePolicy::Then>(i)), found.late[i]);
  json.end().end();
}
}  // namespace

Result<Campaign> find_campaign(store::Unit& unit, const Request& request) {
  const auto id = request.id_in_path<CampaignId>("campaign");
  if (!id) return refuse(id.error());
  auto campaign = store::Campaigns(unit).find(request.caller.workspace, *id);
  if (!campaign) return refuse(not_found("campaign"));
  return std::move(*campaign);
}

Result<std::optional<plan::CampaignFacts>> campaign_facts(store::Unit& unit, const Post& post) {
  if (!post.campaign) return std::optional<plan::CampaignFacts>();
  store::Campaigns campaigns(unit);
  auto campaign = campaigns.find(post.workspace, *post.campaign);
  if (!campaign) {
    return refuse(invalid("campaign_unknown", "There is no such campaign here.", "campaign",
                          "Choose one of GET /api/v1/campaigns."));
  }
  return std::optional(
      plan::CampaignFacts{std::move(*campaign), campaigns.accounts(post.workspace, *post.campaign)});
}

CampaignView view_campaign(store::Unit& unit, const Campaign& campaign, Instant now) {
  store::Campaigns campaigns(unit);
  const WorkspaceId workspace = campaign.workspace;
  CampaignView view{.campaign = campaign};
  view.sums = campaigns.sums(workspace, campaign.id);
  view.resumption = campaigns.resumption(workspace, campaign.id, now);
  view.accounts = store::Accounts(unit).list(workspace);
  view.enabled = campaigns.accounts(workspace, campaign.id);
  view.next = store::Posts(unit).list(
      workspace, {.states = {"scheduled"}, .campaign = campaign.id, .from = now, .limit = next_posts});
  view.failures = campaigns.failures(workspace, campaign.id, latest_failures);
  view.timeline = days_of(campaigns.timeline(workspace, campaign.id), workspace_zone(unit, workspace));
  view.open_tasks = static_cast<int64_t>(
      store::Tasks(unit).list(workspace, {.campaign = campaign.id, .limit = 1000}).size());
  return view;
}

void write(Json& json, const Campaign& campaign, const store::StandingCounts& posts) {
  json.begin();
  write_fields(json, campaign, posts);
  json.end();
}

std::string render(const CampaignView& view, const Desk& desk, Instant now) {
  Json json;
  json.begin();
  write_fields(json, view.campaign, view.sums.posts);
  write_networks(json, view);
  write_resumption(json, view.resumption);
  write_accounts(json, view, desk, now);
  json.key("next").list();
  for (const Post& post : view.next) write(json, post, view.accounts, nullptr);
  json.end_list().key("failures").list();
  for (const Delivery& delivery : view.failures)
    write(json, delivery, find_account(view.accounts, delivery.account), {}, false);
  json.end_list().key("timeline").list();
  for (const DayCount& day : view.timeline) {
    json.begin().field("day", day.day);
    write_counts(json.key("posts"), day.posts);
    json.end();
  }
  json.end_list().field("open_tasks", view.open_tasks);
  return json.end().take();
}

void tell(Desk& desk, const Campaign& campaign, const std::vector<store::Waiting>& waiting) {
  for (const store::Waiting& first : waiting)
    desk.dispatcher.expect(campaign.workspace, first.account, first.line, first.due);
  desk.events.publish(campaign.workspace, {.kind = "campaign",
                                           .id = campaign.id.text(),
                                           .state = std::string(carillon::to_text(campaign.state))});
}

}  // namespace carillon::api
