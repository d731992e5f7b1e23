#include "plan/plan_entry.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/import_accounts.h"
#include "plan/recurrence.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_key = 200;

class EntryReader {
 public:
  EntryReader(const YamlNode& node, const std::string& path, const PlanWishes& wishes,
              std::vector<NamedFile>& files)
      : wishes_(wishes),
        files_(files),
        fields_(node, path, {"key",  "id",      "title", "text",   "parts",    "accounts", "at",
                             "zone", "queue",   "draft", "link",   "media",    "tags",     "options",
                             "poll", "comment", "late",  "repeat", "versions", "campaign", "link_in"},
                entry_.troubles) {
    entry_.line = node.line, entry_.column = node.column;
    entry_.post.late = wishes.late;
  }
  PlanEntry read();

 private:
  void wrong(std::string_view name, std::string code, std::string text, std::string fix) {
    const YamlNode* node = fields_.find(name);
    fields_.wrong(node ? *node : fields_.node(), name, std::move(code), std::move(text), std::move(fix));
  }
  void read_key();
  std::vector<AccountId> accounts(YamlFields& fields);
  void read_versions();
  void read_link_places();
  void put_link(const YamlNode& place, std::span<const AccountId> ids);
  void read_late();
  void read_time();
  void read_queue();
  void read_wall(std::string text);
  void read_repeat();
  void read_tags();

  const PlanWishes& wishes_;
  std::vector<NamedFile>& files_;
  PlanEntry entry_;
  YamlFields fields_;
};

void EntryReader::read_key() {
  entry_.key = std::string(trimmed(fields_.text("key", longest_key).value_or("")));
  if (entry_.key.empty())
    wrong("key", "no_key", "This post has no key.", "Give it one: by its key it is known again.");
  const auto id = fields_.text("id", 100);
  if (!id) return;
  entry_.id = PostId::parse(*id);
  if (!entry_.id) wrong("id", "not_an_id", "This is no id of a post.", "Leave it out.");
}

std::vector<AccountId> EntryReader::accounts(YamlFields& fields) {
  std::vector<AccountId> ids;
  for (const std::string& word : fields.texts("accounts", 200, 300)) {
    const auto meant = accounts_named(word, wishes_.accounts);
    if (!meant) {
      fields.wrong(*fields.find("accounts"), "accounts", meant.error().code, meant.error().text,
                   meant.error().remedy);
      continue;
    }
    for (const AccountId id : *meant) {
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
  }
  return ids;
}

// What some of the accounts say instead.
void EntryReader::read_versions() {
  for (const YamlNode* node : fields_.many("versions", 200)) {
    YamlFields own(*node, fields_.path("versions"),
                   {"accounts", "text", "parts", "link", "media", "poll", "comment", "options"},
                   entry_.troubles);
    const auto ids = accounts(own);
    const Content content = PlanSaying(wishes_, files_, entry_).read(own);
    if (ids.empty() && own.find("accounts") == nullptr)
      own.wrong(*node, "accounts", "no_target", "This version names no account.", "Say whose it is.");
    for (const AccountId id : ids) {
      const auto target = std::ranges::find(entry_.post.targets, id, &Target::account);
      if (target == entry_.post.targets.end() || target->content) {
        own.wrong(*node, "accounts", "version_of_nobody",
                  "This version is for an account that the post does not go to, or that has one already.",
                  "Name it among the post's accounts, once here.");
      } else {
        target->content = content;
      }
    }
  }
}

void EntryReader::put_link(const YamlNode& place, std::span<const AccountId> ids) {
  const auto known = link_place_from(lowered(place.text));
  if (!known)
    return fields_.wrong(place, "link_in", "unknown_place",
                         fmt::format("A link cannot go to \"{}\".", shortened(place.text, 30)),
                         "Use usual, text or comment.");
  for (const AccountId id : ids) {
    const auto target = std::ranges::find(entry_.post.targets, id, &Target::account);
    if (target == entry_.post.targets.end())
      fields_.wrong(place, "link_in", "link_of_nobody",
                    "This is for an account that the post does not go to.",
                    "Name it among the post's accounts.");
    else
      target->link = *known;
  }
}

// One place for all, or one for each account.
void EntryReader::read_link_places() {
  const YamlNode* node = fields_.find("link_in");
  if (node == nullptr) return;
  std::vector<AccountId> all;
  for (const Target& target : entry_.post.targets) all.push_back(target.account);
  if (node->kind != YamlNode::Kind::map) return put_link(*node, all);
  for (const YamlMember& member : node->members) {
    const auto meant = accounts_named(member.name, wishes_.accounts);
    if (meant)
      put_link(member.value, *meant);
    else
      fields_.wrong(member.value, "link_in", meant.error().code, meant.error().text, meant.error().remedy);
  }
}

void EntryReader::read_late() {
  const YamlNode* node = fields_.find("late");
  if (node == nullptr) return;
  std::string word = node->text;
  if (node->kind == YamlNode::Kind::map) {
    YamlFields inside(*node, fields_.path("late"), {"then", "within"}, entry_.troubles);
    word = inside.text("then", 20).value_or("ask");
    const auto within = inside.text("within", 20);
    const auto span = within ? span_from(*within) : std::nullopt;
    if (span && *span <= longest_grace) entry_.post.late.within = *span;
    if (within && (!span || *span > longest_grace))
      inside.wrong(*inside.find("within"), "within", "not_a_span", "This is no span of time up to 7 days.",
                   "Write 30m or 2h.");
  }
  if (const auto then = late_then_from(word))
    entry_.post.late.then = *then;
  else
    wrong("late", "unknown_policy", fmt::format("There is no late policy \"{}\".", shortened(word, 30)),
          "Use ask, skip or next_slot.");
}

// A wall time in the post's zone, or an instant with its offset.
void EntryReader::read_wall(std::string text) {
  const std::string zone = fields_.text("zone", 64).value_or(wishes_.zone);
  auto schedule = schedule_written(std::move(text), zone);
  if (!schedule) {
    const Fault& fault = schedule.error();
    return wrong(fault.field, fault.code, fault.text, fault.remedy);
  }
  entry_.schedule = std::move(*schedule);
  entry_.post.local_time = entry_.schedule->local;
  entry_.post.zone = entry_.schedule->zone;
  entry_.post.due = entry_.schedule->at;
}

void EntryReader::read_queue() {
  const YamlNode* node = fields_.find("queue");
  if (node == nullptr || fields_.find("at")) return;  // its own time wins over a default
  const std::string word = lowered(node->text);
  entry_.queued = word == "next" || word == "best" || word == "true" || word == "yes";
  entry_.best = word == "best";
  if (!entry_.queued && word != "false" && word != "no")
    wrong("queue", "unknown_queue", fmt::format("The queue has no \"{}\".", shortened(word, 30)),
          "Use next or best.");
}

void EntryReader::read_time() {
  entry_.draft = fields_.flag("draft").value_or(false);
  read_queue();
  if (entry_.draft) entry_.queued = entry_.best = false;
  if (const auto at = fields_.text("at", 60)) read_wall(std::string(trimmed(*at)));
  if (!fields_.find("at") && !entry_.queued && !entry_.draft)
    wrong("at", "no_time", "This post has no time.", "Write at: a time, queue: next, or draft: true.");
}

void EntryReader::read_repeat() {
  const auto text = fields_.text("repeat", 500);
  if (!text || text->empty()) return;
  if (!entry_.schedule || entry_.draft)
    return wrong("repeat", "no_time", "Only a post with a time of its own can repeat.", "Write at: a time.");
  const auto rule = parse_rule(*text, entry_.schedule->zone);
  if (!rule) return wrong("repeat", rule.error().code, rule.error().text, rule.error().remedy);
  if (rule->count && *rule->count <= 1)
    return wrong("repeat", "bad_rule", "Once is no repetition.", "Give a higher COUNT, or none.");
  entry_.repeat = to_text(*rule);
}

void EntryReader::read_tags() {
  for (const std::string& tag : fields_.texts("tags", 20, 50)) {
    const std::string clean(trimmed(tag));
    if (!clean.empty() && std::ranges::find(entry_.post.tags, clean) == entry_.post.tags.end())
      entry_.post.tags.push_back(clean);
  }
}

PlanEntry EntryReader::read() {
  if (fields_.node().kind != YamlNode::Kind::map) return std::move(entry_);
  read_key();
  entry_.post.title = fields_.text("title", 200).value_or("");
  for (const AccountId id : accounts(fields_)) entry_.post.targets.push_back({id, std::nullopt});
  entry_.post.content = PlanSaying(wishes_, files_, entry_).read(fields_);
  if (!PlanSaying::says_anything(fields_))
    wrong("text", "no_text", "This post says nothing.", "Write a text.");
  read_versions();
  read_link_places();
  read_tags();
  read_late();
  read_time();
  read_repeat();
  entry_.campaign = std::string(trimmed(fields_.text("campaign", 200).value_or("")));
  if (entry_.post.targets.empty() && !entry_.draft && fields_.find("accounts") == nullptr)
    wrong("accounts", "no_target", "This post names no account.", "Say who it is for.");
  return std::move(entry_);
}
}  // namespace

PlanEntry read_entry(const YamlNode& node, const std::string& path, const PlanWishes& wishes,
                     std::vector<NamedFile>& files) {
  return EntryReader(node, path, wishes, files).read();
}

}  // namespace carillon::plan
