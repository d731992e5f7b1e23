// The switch of a campaign, who may speak for it, and a copy of it.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/campaign_desk.h"
#include "api/handlers.h"
#include "api/post_desk.h"
#include "base/text.h"
#include "plan/schedule.h"
#include "store/accounts.h"

namespace carillon::api {

namespace {
struct Turned {
  CampaignView view;
  std::vector<store::Waiting> waiting;
};

Fault same_already(const Campaign& campaign) {
  return closed("same_already",
                fmt::format("{} is {} already.", campaign.name, carillon::to_text(campaign.state)),
                "Load it again.");
}

int64_t unsettled(const store::CampaignSums& sums) {
  int64_t count = 0;
  for (const auto& [account, n] : sums.deliveries)
    count += n[DeliveryState::waiting] + n[DeliveryState::in_flight] + n[DeliveryState::uncertain];
  return count;
}

// What has ended has nothing on its way.
Result<void> may_end(store::Unit& unit, const Campaign& campaign) {
  const int64_t left = unsettled(store::Campaigns(unit).sums(campaign.workspace, campaign.id));
  if (left == 0) return {};
  return refuse(
      closed("still_waiting", fmt::format("{} deliveries of {} are not settled.", left, campaign.name),
             "Let them go out or cancel them first; to keep them from going out, stop the campaign."));
}

Result<Turned> turn(store::Unit& unit, const Request& request, CampaignState to) {
  auto campaign = find_campaign(unit, request);
  if (!campaign) return refuse(std::move(campaign.error()));
  if (campaign->state == to) return refuse(same_already(*campaign));
  if (to == CampaignState::ended) {
    if (auto may = may_end(unit, *campaign); !may) return refuse(std::move(may.error()));
  }
  store::Campaigns campaigns(unit);
  campaigns.turn(campaign->workspace, campaign->id, to, request.now);
  campaign->state = to;
  campaign->updated = request.now;
  const char* action = to == CampaignState::stopped ? "campaign.stopped"
                       : to == CampaignState::ended ? "campaign.ended"
                                                    : "campaign.resumed";
  audit(unit, request, action, "campaign:" + campaign->id.text(), campaign->name);
  return Turned{view_campaign(unit, *campaign, request.now),
                campaigns.waiting(campaign->workspace, campaign->id)};
}

Answering set_state(Request& request, Desk& desk, CampaignState to) {
  auto work = [&](store::Unit& unit) { return turn(unit, request, to); };
  const auto turned = co_await written(desk.store, std::move(work));
  if (!turned) co_return refuse(turned.error());
  tell(desk, turned->view.campaign, turned->waiting);
  co_return json_answer(200, render(turned->view, desk, request.now));
}

AccountId read_account(Reader& in) {
  return in.id<AccountId>("account");
}

template <class Change>  // Result<void>(store::Unit&, const Campaign&, const Account&)
Answering change_account(Request& request, Desk& desk, const char* action, Change change) {
  const auto id = read_body(request, read_account);
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<CampaignView> {
    auto campaign = find_campaign(unit, request);
    if (!campaign) return refuse(std::move(campaign.error()));
    const auto account = store::Accounts(unit).find(campaign->workspace, *id);
    if (!account) {
      return refuse(invalid("account_unknown", "There is no such account here.", "account",
                            "Choose one of GET /api/v1/accounts."));
    }
    if (auto done = change(unit, *campaign, *account); !done) return refuse(std::move(done.error()));
    audit(unit, request, action, "campaign:" + campaign->id.text(), account->network + " " + account->name);
    return view_campaign(unit, *campaign, request.now);
  };
  const auto view = co_await written(desk.store, std::move(work));
  if (!view) co_return refuse(view.error());
  tell(desk, view->campaign, {});
  co_return json_answer(200, render(*view, desk, request.now));
}

struct CopyOrder {
  std::string name;
  int64_t days = 0;
};

CopyOrder read_copy(Reader& in) {
  CopyOrder order{.name = in.text("name", {1, 100})};
  order.days = in.maybe_integer("shift_days", -3660, 3660).value_or(0);
  return order;
}

// "2026-11-20" some days later; empty stays empty.
std::string shifted_day(const std::string& day, int64_t days) {
  const auto local = parse_local(day + "T12:00");
  if (!local) return day;
  const auto noon = resolve(*local, "UTC");
  if (!noon) return day;
  const auto moved = localize(noon->at + days * 24h, "UTC");
  return moved ? to_text(*moved).substr(0, 10) : day;
}

// The same clock time, some days later.
void shift(Post& post, int64_t days) {
  if (post.local_time.empty()) return;
  const auto when = plan::schedule_at(
      shifted_day(post.local_time.substr(0, 10), days) + post.local_time.substr(10), post.zone);
  if (when) put_time(post, *when);
}

Post copy_of(Post post, const Campaign& to, int64_t days, const Request& request, Desk& desk) {
  shift(post, days);
  post.id = PostId::make(request.now, desk.random);
  post.author = request.caller.user;
  post.campaign = to.id;
  post.state = PostState::draft;
  post.tally = {};
  post.paused = post.stopped = false;
  post.revision = 1;
  post.created = post.updated = request.now;
  return post;
}

constexpr size_t most_copied = 2000;

Result<Made> copy(store::Unit& unit, const Request& request, Desk& desk, const CopyOrder& order) {
  auto original = find_campaign(unit, request);
  if (!original) return refuse(std::move(original.error()));
  store::Campaigns campaigns(unit);
  store::Posts posts(unit);
  const auto all = posts.list(original->workspace, {.campaign = original->id, .limit = most_copied + 1});
  if (all.size() > most_copied) {
    return refuse(closed("too_many", fmt::format("{} has more than {} posts.", original->name, most_copied),
                         "Export them and import the table into a new campaign."));
  }
  Campaign made = *original;
  made.id = CampaignId::make(request.now, desk.random);
  made.name = trimmed(order.name);
  made.from_day = shifted_day(made.from_day, order.days);
  made.to_day = shifted_day(made.to_day, order.days);
  made.state = CampaignState::active;
  made.created = made.updated = request.now;
  campaigns.add(made);
  for (const AccountId account : campaigns.accounts(original->workspace, original->id))
    campaigns.enable(made.workspace, made.id, account);
  for (const Post& post : all) posts.add(copy_of(post, made, order.days, request, desk));
  audit(unit, request, "campaign.duplicated", "campaign:" + made.id.text(), made.name);
  return Made{201, render(view_campaign(unit, made, request.now), desk, request.now)};
}
}  // namespace

Answering stop_campaign(Request& request, Desk& desk) {
  return set_state(request, desk, CampaignState::stopped);
}

Answering resume_campaign(Request& request, Desk& desk) {
  return set_state(request, desk, CampaignState::active);
}

Answering end_campaign(Request& request, Desk& desk) {
  return set_state(request, desk, CampaignState::ended);
}

Answering enable_account(Request& request, Desk& desk) {
  auto change = [&](store::Unit& unit, const Campaign& campaign, const Account& account) -> Result<void> {
    const channels::Entry* entry = desk.registry.find(account.network);
    const auto hindrance = plan::hindrance(account, entry ? &entry->channel->traits() : nullptr, request.now);
    if (!hindrance.code.empty()) return refuse(closed(hindrance.code, hindrance.text, hindrance.fix));
    store::Campaigns(unit).enable(campaign.workspace, campaign.id, account.id);
    return {};
  };
  Answer answer = co_await change_account(request, desk, "campaign.enabled", change);
  co_return std::move(answer);
}

Answering disable_account(Request& request, Desk& desk) {
  auto change = [&](store::Unit& unit, const Campaign& campaign, const Account& account) -> Result<void> {
    const int64_t waiting = store::Campaigns(unit).disable(campaign.workspace, campaign.id, account.id);
    if (waiting == 0) return {};
    return refuse(
        closed("still_waiting",
               fmt::format("{} deliveries of this campaign are on their way by {}.", waiting, account.name),
               "Cancel them, or let them go out first."));
  };
  Answer answer = co_await change_account(request, desk, "campaign.disabled", change);
  co_return std::move(answer);
}

Answering duplicate_campaign(Request& request, Desk& desk) {
  auto order = read_body(request, read_copy);
  if (!order) co_return refuse(std::move(order.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&] { return copy(unit, request, desk, *order); });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  co_return made_answer(std::move(*made));
}

}  // namespace carillon::api
