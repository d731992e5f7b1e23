// Campaigns: making, finding, changing and removing them.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/campaign_desk.h"
#include "api/handlers.h"
#include "base/text.h"
#include "base/zones.h"

namespace carillon::api {

namespace {
struct CampaignInput {
  std::optional<std::string> name, notes, colour, from, to;
};

bool is_colour(std::string_view text) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  return text.size() == 7 && text[0] == '#' && std::ranges::all_of(text.substr(1), hex);
}

void check_day(Reader& in, const std::optional<std::string>& day, std::string_view name) {
  if (!day || day->empty() || (day->size() == 10 && parse_local(*day + "T00:00"))) return;
  in.refuse("not_a_day", "This is not a day: \"" + shortened(*day, 30) + "\".", name,
            "Write it as 2026-11-20.");
}

CampaignInput read_shared(Reader& in) {
  CampaignInput input{.name = in.maybe_text("name", {1, 100}),
                      .notes = in.maybe_text("notes", {0, 5000}),
                      .colour = in.maybe_text("colour", {0, 7}),
                      .from = in.maybe_text("from", {0, 10}),
                      .to = in.maybe_text("to", {0, 10})};
  if (input.name && trimmed(*input.name).empty())
    in.refuse("too_short", "The name is empty.", "name", "Give it a name.");
  if (input.colour && !input.colour->empty() && !is_colour(*input.colour)) {
    in.refuse("not_a_colour", "This is not a colour: \"" + shortened(*input.colour, 10) + "\".", "colour",
              "Write it as #2f6fde.");
  }
  check_day(in, input.from, "from");
  check_day(in, input.to, "to");
  return input;
}

CampaignInput read_campaign(Reader& in) {
  in.require("name");
  return read_shared(in);
}

// Fault: invalid: it ends before it begins.
Result<void> apply(const CampaignInput& input, Campaign& campaign) {
  if (input.name) campaign.name = trimmed(*input.name);
  if (input.notes) campaign.notes = *input.notes;
  if (input.colour) campaign.colour = *input.colour;
  if (input.from) campaign.from_day = *input.from;
  if (input.to) campaign.to_day = *input.to;
  if (campaign.from_day.empty() || campaign.to_day.empty() || campaign.from_day <= campaign.to_day) return {};
  return refuse(
      invalid("ends_before",
              fmt::format("It would end on {}, before it begins on {}.", campaign.to_day, campaign.from_day),
              "to", "Choose a later end."));
}

std::string shown(const Campaign& campaign, const store::StandingCounts& posts) {
  Json json;
  write(json, campaign, posts);
  return json.take();
}
}  // namespace

Answering list_campaigns(Request& request, Desk& desk) {
  std::map<CampaignId, store::StandingCounts> posts;
  auto look = [&](store::Unit& unit) {
    store::Campaigns campaigns(unit);
    posts = campaigns.posts_of_all(request.caller.workspace);
    return campaigns.list(request.caller.workspace);
  };
  const auto all = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Campaign& campaign : all) write(json, campaign, posts[campaign.id]);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering make_campaign(Request& request, Desk& desk) {
  auto input = read_body(request, read_campaign);
  if (!input) co_return refuse(std::move(input.error()));
  auto key = key_of(request);
  if (!key) co_return refuse(std::move(key.error()));
  Campaign campaign{.id = CampaignId::make(request.now, desk.random),
                    .workspace = request.caller.workspace,
                    .created = request.now,
                    .updated = request.now};
  if (auto fits = apply(*input, campaign); !fits) co_return refuse(std::move(fits.error()));
  auto work = [&](store::Unit& unit) {
    return once(unit, request, *key, print_of(request), [&]() -> Result<Made> {
      store::Campaigns(unit).add(campaign);
      audit(unit, request, "campaign.made", "campaign:" + campaign.id.text(), campaign.name);
      return Made{201, shown(campaign, {})};
    });
  };
  auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(std::move(made.error()));
  if (!made->replayed) tell(desk, campaign, {});
  co_return made_answer(std::move(*made));
}

Answering get_campaign(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) -> Result<CampaignView> {
    auto campaign = find_campaign(unit, request);
    if (!campaign) return refuse(std::move(campaign.error()));
    return view_campaign(unit, *campaign, request.now);
  };
  const auto view = co_await seen(desk.store, std::move(look));
  if (!view) co_return refuse(view.error());
  co_return json_answer(200, render(*view, desk, request.now));
}

Answering edit_campaign(Request& request, Desk& desk) {
  auto input = read_body(request, read_shared);
  if (!input) co_return refuse(std::move(input.error()));
  auto work = [&](store::Unit& unit) -> Result<CampaignView> {
    auto campaign = find_campaign(unit, request);
    if (!campaign) return refuse(std::move(campaign.error()));
    if (auto fits = apply(*input, *campaign); !fits) return refuse(std::move(fits.error()));
    campaign->updated = request.now;
    store::Campaigns(unit).edit(*campaign);
    audit(unit, request, "campaign.edited", "campaign:" + campaign->id.text(), campaign->name);
    return view_campaign(unit, *campaign, request.now);
  };
  const auto view = co_await written(desk.store, std::move(work));
  if (!view) co_return refuse(view.error());
  tell(desk, view->campaign, {});
  co_return json_answer(200, render(*view, desk, request.now));
}

Answering remove_campaign(Request& request, Desk& desk) {
  auto work = [&](store::Unit& unit) -> Result<Campaign> {
    auto campaign = find_campaign(unit, request);
    if (!campaign) return refuse(std::move(campaign.error()));
    const int64_t posts = store::Campaigns(unit).remove(campaign->workspace, campaign->id);
    if (posts > 0) {
      return refuse(closed("has_posts",
                           fmt::format("{} posts belong to {}: they are its record.", posts, campaign->name),
                           "End the campaign; or remove its drafts first, if that is all there is."));
    }
    audit(unit, request, "campaign.removed", "campaign:" + campaign->id.text(), campaign->name);
    return campaign;
  };
  const auto gone = co_await written(desk.store, std::move(work));
  if (!gone) co_return refuse(gone.error());
  tell(desk, *gone, {});
  co_return nothing();
}

}  // namespace carillon::api
