#include "api/words.h"

#include <algorithm>

#include "api/budget.h"
#include "delivery/reasons.h"
#include "plan/account_check.h"
#include "plan/standing.h"
#include "run/upload_sweep.h"

namespace carillon::api {

std::optional<Instant> set(Instant at) {
  return at.us == 0 ? std::nullopt : std::optional(at);
}

const Account* find_account(std::span<const Account> accounts, AccountId id) {
  const auto found = std::ranges::find(accounts, id, &Account::id);
  return found == accounts.end() ? nullptr : &*found;
}

void write(Json& json, const Workspace& workspace) {
  json.begin().field("id", workspace.id).field("name", workspace.name).field("zone", workspace.zone);
  json.field("approval", workspace.approval).field("created", workspace.created).end();
}

void write(Json& json, const User& user) {
  json.begin().field("id", user.id).field("email", user.email).field("name", user.name);
  json.field("role", carillon::to_text(user.role)).field("disabled", user.disabled);
  json.field("approves", user.approves).texts("mails", mail_words(user.mails));
  json.field("created", user.created).end();
}

void write(Json& json, const Session& session, bool current) {
  json.begin().field("id", session.id).field("agent", session.agent).field("address", session.address);
  json.field("created", session.created).field("seen", session.seen).field("expires", session.expires);
  json.field("current", current).end();
}

void write(Json& json, const ApiKey& key) {
  json.begin()
      .field("id", key.id)
      .field("name", key.name)
      .field("prefix", key.prefix)
      .field("user", key.user);
  json.texts("scopes", key.scopes).field("created", key.created).field("used", set(key.used));
  json.field("expires", key.expires).end();
}

void write(Json& json, const Account& account, const channels::Registry& registry, Instant now,
           const std::vector<LaneState>* lanes) {
  const channels::Entry* entry = registry.find(account.network);
  const channels::Traits* traits = entry ? &entry->channel->traits() : nullptr;
  const auto health = plan::health(account, traits, now);
  json.begin()
      .field("id", account.id)
      .field("network", account.network)
      .field("external_id", account.external_id);
  json.field("name", account.name).field("handle", account.handle).field("avatar_url", account.avatar_url);
  json.field("zone", account.zone).field("sandbox", account.sandbox);
  json.field("hold", carillon::to_text(account.hold)).field("hold_text", account.hold_text);
  json.key("health").begin().field("level", health.level).field("text", health.text);
  json.field("action", health.action).end();
  json.texts("scopes", account.scopes);
  json.texts("missing_scopes", traits ? plan::missing_scopes(account, *traits) : std::vector<std::string>{});
  json.field("expires", account.expires)
      .field("refreshable", account.refreshable)
      .field("facts", account.facts);
  json.field("connected", account.connected).field("checked", set(account.checked));
  if (lanes && traits) write_budget(json, account, *traits, *lanes, now);
  json.end();
}

namespace {
void write_poll(Json& json, const Poll& poll) {
  json.key("poll").begin().texts("options", poll.options);
  json.field("minutes", poll.open.count() / 60'000'000).field("multiple", poll.multiple).end();
}
}  // namespace

void write_media(Json& json, const MediaRef& ref) {
  json.begin().field("id", ref.id).field("alt", ref.alt);
  if (ref.cover) {
    json.key("cover").begin();
    if (ref.cover->at) json.field("at_ms", *ref.cover->at / std::chrono::milliseconds(1));
    if (ref.cover->picture) json.field("picture", *ref.cover->picture);
    json.end();
  }
  json.end();
}

void write(Json& json, const Content& content) {
  json.begin().key("parts").list();
  for (const ContentPart& part : content.parts) {
    json.begin().field("text", part.text);
    if (!part.link.empty()) json.field("link", part.link);
    if (part.comment) json.field("comment", true);
    if (part.poll) write_poll(json, *part.poll);
    if (!part.media.empty()) {
      json.key("media").list();
      for (const MediaRef& ref : part.media) write_media(json, ref);
      json.end_list();
    }
    json.end();
  }
  json.end_list();
  if (!content.options.empty()) json.field("options", content.options);
  json.end();
}

void write(Json& json, const std::optional<Fault>& fault) {
  if (!fault) {
    json.value(nullptr);
    return;
  }
  json.begin()
      .field("kind", carillon::to_text(fault->kind))
      .field("code", fault->code)
      .field("text", fault->text);
  json.field("field", fault->field).field("remedy", fault->remedy).field("detail", fault->detail).end();
}

void write(Json& json, const Attempt& attempt) {
  json.begin().field("id", attempt.id).field("number", attempt.number).field("step", attempt.step);
  json.field("summary", attempt.summary)
      .field("repeat", attempt.repeat)
      .field("publishes", attempt.publishes);
  json.field("outcome", carillon::to_text(attempt.outcome)).field("opened", attempt.opened);
  json.field("closed", set(attempt.closed)).field("status", attempt.status).field("answer", attempt.answer);
  write(json.key("fault"), attempt.fault);
  json.field("next", attempt.next).end();
}

void write(Json& json, const Notice& notice) {
  json.begin().field("id", notice.id).field("kind", notice.kind).field("text", notice.text);
  json.field("post", notice.post).field("delivery", notice.delivery).field("account", notice.account);
  json.field("at", notice.at).field("read", notice.read).end();
}

void write(Json& json, const AuditEntry& entry) {
  json.begin().field("number", entry.number).field("at", entry.at).field("actor", entry.actor);
  json.field("action", entry.action).field("subject", entry.subject).field("detail", entry.detail).end();
}

void write(Json& json, const store::MediaFile& file, int64_t uses) {
  json.begin();
  write_fields(json, file, uses);
  json.end();
}

std::string render(const store::MediaFile& file, int64_t uses) {
  Json json;
  write(json, file, uses);
  return json.take();
}

void write_fields(Json& json, const store::MediaFile& file, int64_t uses) {
  const MediaFacts& facts = file.facts;
  const std::string address = "/api/v1/media/" + facts.id.text();
  json.field("id", facts.id).field("name", file.name).field("mime", facts.mime).field("bytes", facts.bytes);
  json.field("width", facts.width).field("height", facts.height).field("frames", facts.frames);
  json.field("duration_s", static_cast<double>(facts.duration.count()) / 1e6).field("codec", facts.codec);
  json.field("sha256", facts.sha256).field("file", address + "/file").key("thumbnail");
  if (file.thumbnail.empty()) {
    json.value(nullptr);
  } else {
    json.value(address + "/thumbnail");
  }
  json.field("folder", file.folder).field("alt", file.alt).texts("tags", file.tags);
  json.field("uses", uses).field("created", file.created);
}

void write(Json& json, const store::Upload& upload) {
  json.begin().field("id", upload.id).field("name", upload.name).field("folder", upload.folder);
  json.field("bytes", upload.bytes).field("offset", upload.received).field("piece", upload_piece);
  json.field("media", upload.done ? std::optional(upload.medium()) : std::nullopt);
  json.field("created", upload.created).field("expires", upload.touched + run::upload_lives).end();
}

void write(Json& json, const Tally& tally) {
  json.begin();
  for (size_t i = 0; i < tally.count.size(); ++i) {
    json.field(carillon::to_text(static_cast<DeliveryState>(i)), tally.count[i]);
  }
  json.end();
}

void write(Json& json, const Delivery& delivery, const Account* account, std::span<const Attempt> attempts,
           bool with_attempts) {
  json.begin().field("id", delivery.id).field("post", delivery.post).field("account", delivery.account);
  json.field("network", account ? account->network : "").field("sandbox", account && account->sandbox);
  json.field("part", delivery.part).field("state", carillon::to_text(delivery.state));
  json.field("reason", delivery.reason).field("reason_text", reason_text(delivery));
  json.field("due", is_settled(delivery.state) ? std::nullopt : set(delivery.due))
      .field("planned", delivery.planned);
  json.field("tries", delivery.tries).field("asks", delivery.asks).field("external_id", delivery.external_id);
  json.field("url", delivery.url);
  write(json.key("fault"), delivery.fault);
  json.field("wish", carillon::to_text(delivery.wish)).field("superseded", delivery.superseded);
  json.field("settled", set(delivery.settled));
  if (with_attempts) {
    json.key("attempts").list();
    for (const Attempt& attempt : attempts) write(json, attempt);
    json.end_list();
  }
  json.end();
}

std::string_view reason_text(const Delivery& delivery) {
  using namespace delivery::reason;
  const std::string_view code = delivery.reason;
  if (code == scheduled) return "Its time has not come.";
  if (code == rate_limit) return "Waiting for a free slot: the network's limit is reached.";
  if (code == backing_off) return "The last try failed; it is tried again by itself.";
  if (code == processing) return "The network is still processing it.";
  if (code == account_held) return "Its account is held.";
  if (code == paused) return "Its post is paused.";
  if (code == stopped) return "Its campaign is stopped.";
  if (code == after_part) return "Waiting until the part before is out.";
  if (code == late) return "Its time was missed: decide what to do.";
  if (code == next_slot)
    return "Its time was missed: moved to the next free slot, or the same time tomorrow.";
  if (code == sending) return "A request is on its way.";
  if (code == checking) return "The answer was lost: asking the network whether it is there.";
  if (code == unknown) return "The answer was lost and the network cannot say: did this go out?";
  if (code == proven_absent) return "It is not there: it is sent once more.";
  if (code == recheck) return "Something changed: looking at it again.";
  if (code == part_before_failed) return "Skipped: the part before did not go out.";
  if (code == part_before_unknown)
    return "Skipped: the part before is out, but its id is not known, so nothing can be attached to it. Add "
           "this part by hand.";
  if (code == too_late) return "Skipped: its time was missed.";
  return "";
}

}  // namespace carillon::api
