// Sets of hashtags, and which of one's own tags come to mind: completed and suggested from what was published
// here.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/shared_words.h"
#include "base/text.h"
#include "plan/hashtags.h"
#include "store/accounts.h"
#include "store/phrasebook.h"
#include "store/said.h"

namespace carillon::api {

namespace {
constexpr size_t most_tags = 60;
constexpr size_t posts_counted = 1000;
constexpr size_t most_suggested = 30;

std::string bare(std::string_view tag) {
  tag = trimmed(tag);
  while (tag.starts_with('#')) tag.remove_prefix(1);
  return std::string(tag);
}

HashtagGroup read_group(Reader& in) {
  HashtagGroup group;
  group.name = trimmed(in.text("name", {1, 60}));
  if (group.name.empty()) in.refuse("too_short", "The group has no name.", "name", "Give it one.");
  in.require("tags");
  std::set<std::string> seen;
  for (const auto& text : in.maybe_texts("tags", most_tags, {1, 200}).value_or(std::vector<std::string>{})) {
    std::string tag = bare(text);
    if (!plan::is_hashtag(tag)) {
      in.refuse("not_a_hashtag", fmt::format("“{}” cannot be a hashtag.", shortened(text, 40)), "tags",
                "Use letters, digits and “_” only, and one letter at least.");
    }
    if (seen.insert(folded(tag)).second) group.tags.push_back(std::move(tag));
  }
  if (group.tags.empty()) in.refuse("too_few", "The group has no hashtag.", "tags", "Give it one at least.");
  return group;
}

void write(Json& json, const HashtagGroup& group) {
  json.begin().field("id", group.id).field("name", group.name).texts("tags", group.tags).end();
}

wire::Response group_answer(const HashtagGroup& group, int status) {
  Json json;
  write(json, group);
  return json_answer(status, json.take());
}

Result<HashtagGroup> keep_group(store::Unit& unit, const Request& request, const HashtagGroup& group,
                                std::string action) {
  if (auto kept = store::Phrasebook(unit).put(group); !kept) return refuse(std::move(kept.error()));
  audit(unit, request, std::move(action), "hashtags:" + group.id.text(), group.name);
  return group;
}

void tell_words(Desk& desk, const Request& request) {
  desk.events.publish(request.caller.workspace, {.kind = "words", .id = "hashtags", .state = "edited"});
}
}  // namespace

Answering list_hashtag_groups(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::Phrasebook(unit).groups(request.caller.workspace); };
  const auto groups = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const HashtagGroup& group : groups) write(json, group);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering make_hashtag_group(Request& request, Desk& desk) {
  auto group = read_body(request, read_group);
  if (!group) co_return refuse(std::move(group.error()));
  group->workspace = request.caller.workspace;
  group->id = HashtagGroupId::make(request.now, desk.random);
  auto work = [&](store::Unit& unit) { return keep_group(unit, request, *group, "hashtags.made"); };
  const auto made = co_await written(desk.store, std::move(work));
  if (!made) co_return refuse(made.error());
  tell_words(desk, request);
  co_return group_answer(*made, 201);
}

Answering edit_hashtag_group(Request& request, Desk& desk) {
  const auto id = request.id_in_path<HashtagGroupId>("hashtag group");
  if (!id) co_return refuse(id.error());
  auto group = read_body(request, read_group);
  if (!group) co_return refuse(std::move(group.error()));
  group->workspace = request.caller.workspace;
  group->id = *id;
  auto work = [&](store::Unit& unit) -> Result<HashtagGroup> {
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    if (!store::Phrasebook(unit).group(request.caller.workspace, *id))
      return refuse(not_found("hashtag group"));
    return keep_group(unit, request, *group, "hashtags.edited");
  };
  const auto kept = co_await written(desk.store, std::move(work));
  if (!kept) co_return refuse(kept.error());
  tell_words(desk, request);
  co_return group_answer(*kept, 200);
}

Answering remove_hashtag_group(Request& request, Desk& desk) {
  const auto id = request.id_in_path<HashtagGroupId>("hashtag group");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    if (!store::Phrasebook(unit).remove(request.caller.workspace, *id))
      return refuse(not_found("hashtag group"));
    audit(unit, request, "hashtags.removed", "hashtags:" + id->text());
    return true;
  };
  const auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(done.error());
  tell_words(desk, request);
  co_return nothing();
}

namespace {
struct TagQuestion {
  std::set<std::string> networks;
  std::vector<std::string> beside;
  std::string beginning;
};

// "a,b" as often as the field is there.
std::vector<std::string> words_of(const Request& request, std::string_view field) {
  std::vector<std::string> words;
  for (const auto& [name, text] : request.query) {
    std::string_view rest = name == field ? std::string_view(text) : "";
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(','), rest.size());
      if (std::string word = bare(rest.substr(0, end)); !word.empty()) words.push_back(std::move(word));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return words;
}

std::string suggestions(store::Unit& unit, WorkspaceId workspace, const TagQuestion& question) {
  std::set<AccountId> accounts;
  for (const Account& account : store::Accounts(unit).list(workspace)) {
    if (question.networks.empty() || question.networks.contains(account.network)) accounts.insert(account.id);
  }
  std::vector<plan::TaggedPost> history;
  for (const store::Said& said : store::said_lately(unit, workspace, accounts, posts_counted)) {
    auto tags = plan::hashtags_in(said.text);
    if (!tags.empty()) history.push_back({std::move(tags), said.at});
  }
  Json json;
  json.begin().field("posts", history.size()).key("items").list();
  for (const auto& one :
       plan::suggest_hashtags(history, question.beside, question.beginning, most_suggested)) {
    json.begin().field("tag", one.tag).field("uses", one.uses).field("together", one.together);
    json.field("last", one.last).end();
  }
  return json.end_list().end().take();
}
}  // namespace

Answering suggest_hashtags(Request& request, Desk& desk) {
  TagQuestion question;
  for (std::string& network : words_of(request, "networks")) question.networks.insert(std::move(network));
  question.beside = words_of(request, "beside");
  question.beginning = bare(wire::field(request.query, "beginning").value_or(""));
  auto look = [&](store::Unit& unit) { return suggestions(unit, request.caller.workspace, question); };
  auto body = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, std::move(body));
}

}  // namespace carillon::api
