// Feeds that become posts: looking at one, following it, changing and ending that, fetching it now.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/approval.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/words.h"
#include "base/text.h"
#include "net/ask.h"
#include "plan/variables.h"
#include "plan/wording.h"
#include "run/feed_posts.h"
#include "store/accounts.h"
#include "store/phrasebook.h"

namespace carillon::api {

namespace {
using store::Feed;

constexpr size_t items_shown = 20, most_feeds = 200;
constexpr int64_t most_newest = 20;
constexpr const char* usual_form = "{{title}}\n\n{{link}}";

struct FeedInput {
  std::optional<std::string> address, form, becomes;
  std::optional<std::vector<AccountId>> accounts;
  std::optional<int64_t> minutes, newest;
  std::optional<bool> paused;
};

void read_address(Reader& in, FeedInput& input) {
  input.address = in.maybe_text("address", {1, 2'000});
  if (!input.address) return;
  input.address = std::string(trimmed(*input.address));
  if (!wire::parse_url(*input.address))
    in.refuse("not_a_url", "This is not a web address: \"" + shortened(*input.address, 80) + "\".", "address",
              "Give one that begins with https:// or http://.");
}

FeedInput read_feed(Reader& in) {
  FeedInput input;
  read_address(in, input);
  input.form = in.maybe_text("template", {1, 5'000});
  input.becomes = in.maybe_text("becomes", {1, 20});
  if (input.becomes && *input.becomes != "draft" && *input.becomes != "queued")
    in.refuse("unknown_kind", "Items cannot become \"" + *input.becomes + "\".", "becomes",
              "Use draft or queued.");
  if (const auto texts = in.maybe_texts("accounts", 200, {1, 40})) {
    input.accounts.emplace();
    for (const std::string& text : *texts) {
      const auto id = AccountId::parse(text);
      if (!id)
        in.refuse("not_an_id", "This is not an id: \"" + text + "\".", "accounts", "Give ids of accounts.");
      input.accounts->push_back(id.value_or(AccountId{}));
    }
  }
  input.minutes = in.maybe_integer("every_minutes", run::shortest_period.count() / 60'000'000,
                                   run::longest_period.count() / 60'000'000);
  input.newest = in.maybe_integer("newest", 0, most_newest);
  input.paused = in.maybe_flag("paused");
  return input;
}

FeedInput read_new_feed(Reader& in) {
  in.require("address");
  return read_feed(in);
}

void put_into(Feed& feed, const FeedInput& input, Instant now) {
  if (input.address && *input.address != feed.address) {
    feed.address = *input.address;
    feed.etag.clear(), feed.modified.clear(), feed.trouble.clear();
    feed.failures = 0, feed.next = now;
  }
  if (input.form) feed.form = *input.form;
  if (input.becomes) feed.becomes = *input.becomes == "queued" ? Feed::Becomes::queued : Feed::Becomes::draft;
  if (input.accounts) feed.accounts = *input.accounts;
  if (input.minutes) feed.period = std::chrono::minutes(*input.minutes);
  if (input.newest) feed.newest = *input.newest;
  if (input.paused) feed.paused = *input.paused;
}

Result<void> check_form(const std::string& form, std::span<const Variable> variables) {
  const auto unknown = plan::unknown_word(form, variables);
  if (!unknown) return {};
  return refuse(
      invalid("unknown_word", "Nothing is called {{" + *unknown + "}}.", "template",
              "There are {{title}}, {{link}}, {{summary}} and {{feed}}, and the variables of texts."));
}

Result<void> check(store::Unit& unit, const Feed& feed) {
  const auto variables = store::Phrasebook(unit).variables(feed.workspace);
  if (auto known = check_form(feed.form, variables); !known) return known;
  for (const AccountId id : feed.accounts) {
    if (!store::Accounts(unit).find(feed.workspace, id))
      return refuse(invalid("account_unknown", "There is no such account here.", "accounts",
                            "Choose one of GET /api/v1/accounts."));
  }
  if (feed.becomes == Feed::Becomes::queued && feed.accounts.empty())
    return refuse(invalid("no_target", "No account is chosen: there is no queue to add items to.", "accounts",
                          "Choose at least one account, or let items become drafts."));
  return {};
}

struct ShownFeed {
  Feed feed;
  std::vector<store::SeenItem> items;
};

void write(Json& json, const ShownFeed& shown) {
  const Feed& feed = shown.feed;
  json.begin().field("id", feed.id).field("address", feed.address).field("title", feed.title);
  json.key("accounts").list();
  for (const AccountId id : feed.accounts) json.value(id);
  json.end_list().field("template", feed.form);
  json.field("becomes", feed.becomes == Feed::Becomes::queued ? "queued" : "draft");
  json.field("every_minutes", feed.period.count() / 60'000'000).field("newest", feed.newest);
  json.field("paused", feed.paused).field("fetched", set(feed.fetched)).field("next", feed.next);
  json.field("failures", feed.failures).field("trouble", feed.trouble).key("items").list();
  for (const store::SeenItem& item : shown.items) {
    json.begin().field("title", item.title).field("link", item.link).field("post", item.post);
    json.field("seen", item.seen).end();
  }
  json.end_list().end();
}

wire::Response feed_answer(const ShownFeed& shown, int status = 200) {
  Json json;
  write(json, shown);
  return json_answer(status, json.take());
}

ShownFeed show(store::Unit& unit, Feed feed) {
  auto items = store::Feeds(unit).items(feed.workspace, feed.id, items_shown);
  return {std::move(feed), std::move(items)};
}

Result<Feed> there(std::optional<Feed> feed) {
  if (!feed) return refuse(not_found("feed"));
  return std::move(*feed);
}

Result<Feed> find_feed(store::Unit& unit, const Request& request, FeedId id) {
  return there(store::Feeds(unit).find(request.caller.workspace, id));
}

Result<Feed> lock_feed(store::Unit& unit, const Request& request, FeedId id) {
  return there(store::Feeds(unit).lock(request.caller.workspace, id));
}

// Redirects are followed here, each through the client that refuses forged targets.
Awaitable<run::FeedAnswer> fetch(Desk& desk, std::string address, const Feed& feed) {
  for (int redirects = 0; redirects <= run::most_redirects; ++redirects) {
    auto request = run::feed_request(address, feed.etag, feed.modified);
    const net::Outcome outcome = co_await net::ask(desk.guarded, std::move(request), {});
    run::FeedAnswer answer = run::read_feed_answer(outcome, address);
    if (answer.redirect.empty()) co_return answer;
    address = answer.redirect;
  }
  run::FeedAnswer lost;
  lost.trouble = "The server sends on and on, and never to a feed.";
  co_return lost;
}

// Who would say an item, and the words of the workspace.
struct Speech {
  std::optional<Account> account;  // the first that was chosen
  plan::Wording wording;
};

Speech speech_of(store::Unit& unit, const Request& request, const FeedInput& input) {
  Speech speech{.account = std::nullopt,
                .wording = store::Phrasebook(unit).wording(request.caller.workspace)};
  if (input.accounts && !input.accounts->empty())
    speech.account = store::Accounts(unit).find(request.caller.workspace, input.accounts->front());
  return speech;
}

// As readers would see it now; of nobody in particular only the workspace's own variables are known.
std::string said(const Speech& speech, ContentPart part, Instant now) {
  if (!speech.account) {
    const auto own = [&](std::string_view name) -> std::optional<std::string> {
      const auto found = std::ranges::find(speech.wording.variables, name, &Variable::name);
      return found == speech.wording.variables.end() ? std::nullopt : std::optional(found->text);
    };
    return plan::expand(part.text, own).text;
  }
  Post post;
  post.content.parts.push_back(std::move(part));
  const Target target{speech.account->id, std::nullopt};
  return plan::worded(post, target, *speech.account, speech.wording, now).content.parts.front().text;
}

void tell(Desk& desk, WorkspaceId workspace, const std::string& id) {
  desk.events.publish(workspace, {.kind = "post", .id = id, .state = "feed"});
}
}  // namespace

Answering list_feeds(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) {
    std::vector<ShownFeed> all;
    for (Feed& feed : store::Feeds(unit).list(request.caller.workspace))
      all.push_back(show(unit, std::move(feed)));
    return all;
  };
  const auto all = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const ShownFeed& each : all) write(json, each);
  json.end_list().end();
  co_return json_answer(200, json.take());
}

// What is there, before it is followed.
Answering look_at_feed(Request& request, Desk& desk) {
  auto input = read_body(request, read_new_feed);
  if (!input) co_return refuse(std::move(input.error()));
  const std::string form = input->form.value_or(usual_form);
  auto learn = [&](store::Unit& unit) { return speech_of(unit, request, *input); };
  const Speech speech = co_await seen(desk.store, std::move(learn));
  if (auto known = check_form(form, speech.wording.variables); !known)
    co_return refuse(std::move(known.error()));
  const Feed blank;
  const run::FeedAnswer answer = co_await fetch(desk, *input->address, blank);
  if (!answer.file)
    co_return refuse(
        invalid("no_feed", answer.trouble.empty() ? "There is nothing." : answer.trouble, "address", ""));
  Json json;
  json.begin().field("title", answer.file->title).key("items").list();
  for (size_t i = 0; i < std::min(answer.file->items.size(), items_shown); ++i) {
    const plan::FeedItem& item = answer.file->items[i];
    json.begin().field("title", item.title).field("link", item.link);
    json.field("text", said(speech, plan::said_of(form, item, answer.file->title), request.now)).end();
  }
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering add_feed(Request& request, Desk& desk) {
  auto input = read_body(request, read_new_feed);
  if (!input) co_return refuse(std::move(input.error()));
  Feed feed{.id = FeedId::make(request.now, desk.random),
            .workspace = request.caller.workspace,
            .form = usual_form};
  feed.author = request.caller.user, feed.created = request.now;
  put_into(feed, *input, request.now);
  auto work = [&](store::Unit& unit) -> Result<ShownFeed> {
    store::Feeds feeds(unit);
    if (feeds.list(feed.workspace).size() >= most_feeds)
      return refuse(closed("too_many",
                           fmt::format("There are {} feeds, and no more are followed.", most_feeds),
                           "Remove one that is not needed."));
    if (auto known = check(unit, feed); !known) return refuse(std::move(known.error()));
    feeds.add(feed);
    audit(unit, request, "feed.added", "feed:" + feed.id.text(), feed.address);
    return show(unit, feed);
  };
  const auto added = co_await written(desk.store, std::move(work));
  if (!added) co_return refuse(added.error());
  tell(desk, feed.workspace, feed.id.text());
  co_return feed_answer(*added, 201);
}

Answering edit_feed(Request& request, Desk& desk) {
  const auto id = request.id_in_path<FeedId>("feed");
  if (!id) co_return refuse(id.error());
  auto input = read_body(request, read_feed);
  if (!input) co_return refuse(std::move(input.error()));
  auto work = [&](store::Unit& unit) -> Result<ShownFeed> {
    auto feed = lock_feed(unit, request, *id);
    if (!feed) return refuse(std::move(feed.error()));
    put_into(*feed, *input, request.now);
    if (asks(leave_of(unit, request))) feed->author = request.caller.user;  // by whose right its posts go out
    if (auto known = check(unit, *feed); !known) return refuse(std::move(known.error()));
    store::Feeds(unit).put(*feed);
    audit(unit, request, "feed.edited", "feed:" + id->text(), feed->address);
    return show(unit, std::move(*feed));
  };
  const auto edited = co_await written(desk.store, std::move(work));
  if (!edited) co_return refuse(edited.error());
  tell(desk, request.caller.workspace, id->text());
  co_return feed_answer(*edited);
}

Answering remove_feed(Request& request, Desk& desk) {
  const auto id = request.id_in_path<FeedId>("feed");
  if (!id) co_return refuse(id.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    const auto feed = lock_feed(unit, request, *id);
    if (!feed) return refuse(feed.error());
    store::Feeds(unit).remove(request.caller.workspace, *id);
    audit(unit, request, "feed.removed", "feed:" + id->text(), feed->address);
    return true;
  };
  const auto removed = co_await written(desk.store, std::move(work));
  if (!removed) co_return refuse(removed.error());
  tell(desk, request.caller.workspace, id->text());
  co_return nothing();
}

Answering fetch_feed(Request& request, Desk& desk) {
  const auto id = request.id_in_path<FeedId>("feed");
  if (!id) co_return refuse(id.error());
  auto look = [&](store::Unit& unit) { return find_feed(unit, request, *id); };
  const auto feed = co_await seen(desk.store, std::move(look));
  if (!feed) co_return refuse(feed.error());
  const run::FeedAnswer answer = co_await fetch(desk, feed->address, *feed);
  run::FeedHarvest harvest;
  auto work = [&](store::Unit& unit) -> Result<ShownFeed> {
    store::Minter mint(request.now, desk.random);
    harvest = run::take_feed(unit, *feed, answer, request.now, mint, desk.registry);
    auto now = find_feed(unit, request, *id);
    if (!now) return refuse(std::move(now.error()));
    return show(unit, std::move(*now));
  };
  const auto fetched = co_await written(desk.store, std::move(work));
  if (!fetched) co_return refuse(fetched.error());
  for (const run::Expected& one : harvest.expected)
    desk.dispatcher.expect(one.workspace, one.account, Line::bulk, one.due);
  tell(desk, request.caller.workspace, id->text());
  co_return feed_answer(*fetched);
}

}  // namespace carillon::api
