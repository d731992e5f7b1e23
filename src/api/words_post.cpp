// Posts, readiness reports and networks as the API writes them.
#include "api/words.h"
#include "base/zones.h"
#include "channels/media_rule.h"
#include "plan/standing.h"

namespace carillon::api {

namespace {
double seconds(Duration span) {
  return static_cast<double>(span.count()) / 1e6;
}

void write_when(Json& json, const Post& post) {
  if (post.local_time.empty() || !post.due) {
    json.value(nullptr);
    return;
  }
  json.begin().field("local", post.local_time).field("zone", post.zone).field("utc", *post.due).end();
}

void write_target(Json& json, const Target& target, const Account* account, const Spoken* saying) {
  json.begin().field("account", target.account).field("network", account ? account->network : "");
  json.field("name", account ? account->name : "").field("handle", account ? account->handle : "");
  json.field("sandbox", account && account->sandbox);
  if (target.content) write(json.key("content"), *target.content);
  if (target.link != LinkPlace::usual) json.field("link", carillon::to_text(target.link));
  if (saying && saying->content) write(json.key("says"), *saying->content);
  if (saying && !saying->variables.empty()) json.texts("variables", saying->variables);
  json.end();
}

bool any_sandbox(const Post& post, std::span<const Account> accounts) {
  for (const Target& target : post.targets) {
    const Account* account = find_account(accounts, target.account);
    if (account && account->sandbox) return true;
  }
  return false;
}

void write(Json& json, const Utm& utm) {
  if (utm == Utm{}) {
    json.value(nullptr);
    return;
  }
  json.begin().field("off", utm.off).field("source", utm.source).field("medium", utm.medium);
  json.field("campaign", utm.campaign).field("content", utm.content).end();
}

void write_when(Json& json, const std::optional<plan::Schedule>& schedule) {
  if (!schedule) {
    json.value(nullptr);
    return;
  }
  json.begin().field("local", schedule->local).field("zone", schedule->zone).field("utc", schedule->at);
  json.field("note", plan::to_text(schedule->note)).end();
}

void write_replacement(Json& json, const plan::Finding& finding) {
  if (finding.replace.empty()) {
    json.value(nullptr);
    return;
  }
  json.begin().field("from", finding.replace).field("to", finding.with).end();
}

void write_person(Json& json, const std::optional<UserId>& id, const std::string& name) {
  if (id)
    json.begin().field("id", *id).field("name", name).end();
  else
    json.value(nullptr);
}

void write_proposal(Json& json, const ShownProposal* shown) {
  if (!shown) {
    json.value(nullptr);
    return;
  }
  const Proposal& p = shown->proposal;
  json.begin().field("wants", carillon::to_text(p.wants)).field("answer", carillon::to_text(p.answer));
  write_person(json.key("asked_by"), p.asked_by, shown->asked_by);
  json.field("asked", p.asked);
  write_person(json.key("answered_by"), p.answered_by, shown->answered_by);
  json.field("answered", set(p.answered)).field("note", p.note).end();
}
}  // namespace

void write(Json& json, const Post& post, std::span<const Account> accounts,
           const std::vector<Delivery>* deliveries, const ShownProposal* proposal,
           std::span<const Spoken> sayings) {
  json.begin().field("id", post.id).field("title", post.title).field("state", plan::standing(post));
  json.field("paused", post.paused).field("stopped", post.stopped).field("campaign", post.campaign);
  write(json.key("content"), post.content);
  json.key("targets").list();
  for (size_t i = 0; i < post.targets.size(); ++i) {
    const Target& target = post.targets[i];
    write_target(json, target, find_account(accounts, target.account),
                 i < sayings.size() ? &sayings[i] : nullptr);
  }
  json.end_list();
  write_when(json.key("at"), post);
  json.key("late").begin().field("then", carillon::to_text(post.late.then));
  json.field("within_s", post.late.within.count() / 1'000'000).end();
  json.texts("tags", post.tags);
  write(json.key("utm"), post.utm);
  write(json.key("tally"), post.tally);
  json.field("sandbox", any_sandbox(post, accounts))
      .field("author", post.author)
      .field("revision", post.revision);
  json.field("created", post.created).field("updated", post.updated);
  if (deliveries) {
    json.key("deliveries").list();
    for (const Delivery& delivery : *deliveries) {
      write(json, delivery, find_account(accounts, delivery.account), {}, false);
    }
    json.end_list();
    write_proposal(json.key("proposal"), proposal);
  }
  json.end();
}

std::string_view to_text(channels::Severity severity) {
  switch (severity) {
    case channels::Severity::blocker: return "blocker";
    case channels::Severity::warning: return "warning";
    case channels::Severity::info: return "info";
  }
  return "info";
}

namespace {
void write_repair(Json& json, const std::optional<plan::Repair>& repair) {
  if (!repair) {
    json.value(nullptr);
    return;
  }
  json.begin().field("media", repair->media).field("part", repair->part).field("index", repair->index);
  json.field("cover", repair->cover)
      .field("recipe", to_json(repair->recipe))
      .field("label", repair->label)
      .end();
}
}  // namespace

void write(Json& json, const plan::Finding& finding) {
  json.begin()
      .field("id", finding.id)
      .field("group", finding.group)
      .field("severity", to_text(finding.severity));
  json.field("field", finding.field).field("text", finding.text).field("fix", finding.fix);
  json.field("action", finding.action).field("deadline", finding.deadline).field("post", finding.post);
  write_replacement(json.key("replace"), finding);
  json.field("insert", finding.action == "insert" ? std::optional(finding.with) : std::nullopt)
      .field("confirmable", finding.confirmable);
  write_when(json.key("slot"), finding.slot);
  write_repair(json.key("repair"), finding.repair);
  json.end();
}

void write(Json& json, const plan::Report& report, const std::optional<plan::Schedule>& schedule) {
  json.begin().field("ready", report.ready());
  write_when(json.key("at"), schedule);
  json.key("findings").list();
  for (const auto& finding : report.findings) write(json, finding);
  json.end_list().key("targets").list();
  for (const plan::TargetReport& target : report.targets) {
    json.begin()
        .field("account", target.account)
        .field("network", target.network)
        .field("sandbox", target.sandbox);
    json.field("ready", !plan::blocks(target.findings)).key("parts").list();
    for (const auto& part : target.parts) {
      json.begin().field("counted", part.counted).field("limit", part.limit).field("unit", part.unit).end();
    }
    json.end_list();
    write(json.key("content"), target.content);
    json.key("findings").list();
    for (const auto& finding : target.findings) write(json, finding);
    json.end_list().end();
  }
  json.end_list().end();
}

namespace {
void write_ratio(Json& json, const channels::Ratio& ratio) {
  if (!ratio.stated()) {
    json.value(nullptr);
    return;
  }
  json.begin().field("width", ratio.width).field("height", ratio.height);
  json.field("text", channels::ratio_text(ratio)).end();
}

void write_covers(Json& json, const channels::Traits& traits) {
  json.key("covers").list();
  for (const channels::CoverRule& rule : traits.covers) {
    json.begin().field("as", rule.as).field("moment", rule.moment).field("picture", rule.picture);
    json.texts("mimes", rule.mimes).field("max_bytes", rule.max_bytes).field("source", rule.source).end();
  }
  json.end_list();
}

void write_shapes(Json& json, const channels::Traits& traits) {
  json.key("shapes").list();
  for (const channels::CropShape& shape : traits.shapes) {
    json.begin().field("label", shape.label);
    write_ratio(json.key("ratio"), shape.ratio);
    json.end();
  }
  json.end_list();
}

void write_media_rule(Json& json, const channels::MediaRule& rule) {
  json.begin().field("kind", rule.kind).field("as", rule.as).texts("mimes", rule.mimes);
  json.field("min_bytes", rule.min_bytes).field("max_bytes", rule.max_bytes);
  json.field("min_width", rule.min_width).field("min_height", rule.min_height);
  json.field("max_width", rule.max_width)
      .field("max_height", rule.max_height)
      .field("max_pixels", rule.max_pixels)
      .field("max_sum", rule.max_sum);
  write_ratio(json.key("narrowest"), rule.narrowest);
  write_ratio(json.key("widest"), rule.widest);
  json.field("max_frames", rule.max_frames).texts("codecs", rule.codecs).texts("sound", rule.sound);
  json.field("min_duration_s", seconds(rule.min_duration))
      .field("max_duration_s", seconds(rule.max_duration));
  json.field("max_count", rule.max_count).field("max_alt", rule.max_alt).field("source", rule.source).end();
}

void write_poll_rule(Json& json, const std::optional<channels::PollRule>& rule) {
  if (!rule) return;
  json.key("poll").begin().field("max_options", rule->max_options).field("max_option", rule->max_option);
  json.field("min_open_s", seconds(rule->min_open)).field("max_open_s", seconds(rule->max_open));
  json.field("multiple", rule->multiple).field("beside_media", rule->beside_media).end();
}

void write_lane(Json& json, const channels::LaneRule& lane) {
  const bool shared = lane.scope == channels::LaneRule::Scope::app;
  json.begin().field("name", lane.name).field("scope", shared ? "app" : "account").field("limit", lane.limit);
  json.field("window_s", lane.window.count() / 1'000'000).field("source", lane.source).end();
}
}  // namespace

void write(Json& json, const channels::Traits& traits) {
  json.begin()
      .field("network", traits.network)
      .field("label", traits.label)
      .field("max_text", traits.max_text);
  json.field("unit", traits.unit)
      .field("max_caption", traits.max_caption)
      .field("max_media", traits.max_media);
  json.field("url_weight", traits.url_weight)
      .field("thread", traits.thread)
      .field("comment", traits.comment)
      .field("link_card", traits.link_card);
  write_poll_rule(json, traits.poll);
  json.key("kinds").list();
  for (const auto& rule : traits.kinds)
    json.begin()
        .field("kind", channels::kind_names[static_cast<size_t>(rule.kind)])
        .field("note", rule.note)
        .end();
  json.end_list().field("recovery", traits.recovery);
  json.field("can_look_up", traits.can_look_up).key("media").list();
  for (const auto& rule : traits.media) write_media_rule(json, rule);
  json.end_list();
  write_covers(json, traits);
  write_shapes(json, traits);
  json.key("lanes").list();
  for (const auto& lane : traits.lanes) write_lane(json, lane);
  json.end_list().key("options").list();
  for (const auto& option : traits.options) {
    json.begin().field("name", option.name).field("label", option.label).field("help", option.help);
    json.texts("values", option.values).field("initial", option.initial).end();
  }
  json.end_list().field("source", traits.source);
}

}  // namespace carillon::api
