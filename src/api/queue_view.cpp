#include "api/queue_view.h"

#include <algorithm>
#include <map>

#include "api/saying.h"
#include "api/words.h"
#include "base/text.h"
#include "plan/blackouts.h"
#include "plan/standing.h"
#include "store/blackouts.h"
#include "store/posts.h"
#include "store/queues.h"

namespace carillon::api {

namespace {
constexpr size_t words_shown = 280;

// One time of the list: a slot, or a time that was chosen without one; and what is due then.
struct Entry {
  std::string local;
  Resolved::Note note = Resolved::Note::exact;
  bool slot = false;
  std::optional<std::string> closed;  // why nothing is put there
  std::vector<PostId> posts;
};
using Entries = std::map<Instant, Entry>;

std::optional<std::string> reason_of(std::span<const Blackout> closed, const SlotsOf& slots,
                                     const plan::Opening& opening) {
  const Blackout* blackout = plan::blackout_at(closed, slots.account.id, opening.at, slots.zone);
  return blackout ? std::optional(blackout->reason) : std::nullopt;
}

Entries entries_of(store::Unit& unit, const SlotsOf& slots, Span span) {
  Entries entries;
  const auto closed = store::BlackoutShelf(unit).list(slots.account.workspace);
  for (const plan::Opening& opening : plan::openings(slots.slots, slots.zone, span.from, span.until)) {
    entries[opening.at] = {opening.local, opening.note, true, reason_of(closed, slots, opening), {}};
  }
  const Account& account = slots.account;
  for (const auto& placed :
       store::Queues(unit).placed(account.workspace, account.id, span.from, span.until)) {
    Entry& entry = entries[placed.at];
    if (entry.local.empty()) {
      const auto wall = localize(placed.at, slots.zone);
      entry.local = wall ? to_text(*wall) : "";
    }
    entry.posts.push_back(placed.post);
  }
  return entries;
}

// Posts that several accounts carry are read once.
class Shelf {
 public:
  Shelf(store::Unit& unit, WorkspaceId workspace) : posts_(unit), sayings_(unit), workspace_(workspace) {}
  const Post* find(PostId id) {
    const auto [at, fresh] = known_.try_emplace(id);
    if (fresh) at->second = posts_.find(workspace_, id);
    return at->second ? &*at->second : nullptr;
  }
  std::vector<Spoken> sayings(const Post& post, const Account& account) {
    return has_variables(post) ? sayings_.of(post, {&account, 1}) : std::vector<Spoken>{};
  }

 private:
  store::Posts posts_;
  Sayings sayings_;
  WorkspaceId workspace_;
  std::map<PostId, std::optional<Post>> known_;
};

void write_item(Json& json, const Post& post, const Account& account, Shelf& shelf) {
  const auto target = std::ranges::find(post.targets, account.id, &Target::account);
  const Content& content = target != post.targets.end() && target->content ? *target->content : post.content;
  size_t media = 0;
  for (const ContentPart& part : content.parts) media += part.media.size();
  json.begin().field("id", post.id).field("title", post.title);
  json.field("text", content.parts.empty() ? "" : shortened(content.parts.front().text, words_shown));
  if (const auto says = beginning(post, shelf.sayings(post, account), account.id))
    json.field("says", shortened(*says, words_shown));
  json.field("state", plan::standing(post)).field("paused", post.paused);
  json.field("targets", post.targets.size()).field("media", media).end();
}

void write_entries(Json& json, const Entries& entries, const Account& account, Shelf& shelf) {
  json.key("entries").list();
  for (const auto& [at, entry] : entries) {
    json.begin().field("local", entry.local).field("utc", at).field("note", plan::to_text(entry.note));
    json.field("slot", entry.slot).field("closed", entry.closed).key("posts").list();
    for (const PostId id : entry.posts) {
      if (const Post* post = shelf.find(id)) write_item(json, *post, account, shelf);
    }
    json.end_list().end();
  }
  json.end_list();
}

void write_account(Json& json, const SlotsOf& slots, const Entries& entries, Shelf& shelf) {
  const Account& account = slots.account;
  json.begin().field("account", account.id).field("network", account.network).field("name", account.name);
  json.field("handle", account.handle).field("sandbox", account.sandbox).field("zone", slots.zone);
  json.field("usual", slots.usual).field("hold", carillon::to_text(account.hold));
  json.field("hold_text", account.hold_text);
  write_entries(json, entries, account, shelf);
  json.end();
}
}  // namespace

SlotsOf slots_of(store::Unit& unit, const Account& account) {
  const auto own = store::Queues(unit).own(account.workspace, account.id);
  return {account, zone_of(unit, account), !own, own.value_or(plan::usual_slots())};
}

std::string render(const SlotsOf& slots) {
  Json json;
  json.begin().field("account", slots.account.id).field("zone", slots.zone).field("usual", slots.usual);
  json.key("days").list();
  for (int weekday = 0; weekday < 7; ++weekday) {
    std::vector<std::string> times;
    for (const plan::Slot& slot : slots.slots) {
      if (slot.weekday == weekday) times.push_back(plan::clock_text(slot.minute));
    }
    json.begin().field("weekday", plan::weekday_name(weekday)).texts("times", times).end();
  }
  return json.end_list().end().take();
}

std::string queue_view(store::Unit& unit, std::span<const Account> accounts, Span span) {
  Json json;
  json.begin().field("from", span.from).field("until", span.until).key("accounts").list();
  if (!accounts.empty()) {
    Shelf shelf(unit, accounts.front().workspace);
    for (const Account& account : accounts) {
      const SlotsOf slots = slots_of(unit, account);
      write_account(json, slots, entries_of(unit, slots, span), shelf);
    }
  }
  return json.end_list().end().take();
}

void write(Json& json, const PickedSlot& picked) {
  const plan::Schedule& at = picked.schedule;
  json.begin().key("at").begin().field("local", at.local).field("zone", at.zone).field("utc", at.at);
  json.field("note", plan::to_text(at.note)).end();
  json.field("basis", picked.basis).field("text", picked.text).end();
}

}  // namespace carillon::api
