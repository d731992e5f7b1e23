// Lists of posts: the full one in pages, and the small shape that a calendar shows thousands of.
#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/post_filter.h"
#include "api/words.h"
#include "base/text.h"
#include "plan/standing.h"
#include "store/accounts.h"

namespace carillon::api {

namespace {
constexpr size_t longest_page = 200, longest_calendar = 2000;
constexpr size_t shown_text = 240;  // bytes: two lines of a card, and a hover card

struct Found {
  std::vector<Account> accounts;
  std::vector<Post> posts;
  std::vector<std::string> troubles;         // by post; empty: none
  std::vector<std::vector<Spoken>> sayings;  // by post and target, of those with variables
};

// Why a target failed or is in doubt, in one sentence: of the first that is.
std::string trouble_of(store::Posts& posts, const Post& post) {
  if (post.tally[DeliveryState::failed] + post.tally[DeliveryState::uncertain] == 0) return {};
  for (const Delivery& delivery : posts.deliveries(post.workspace, post.id)) {
    if (delivery.superseded) continue;
    if (delivery.state == DeliveryState::failed)
      return delivery.fault ? delivery.fault->text : std::string(reason_text(delivery));
    if (delivery.state == DeliveryState::uncertain) return std::string(reason_text(delivery));
  }
  return {};
}

Found find(store::Unit& unit, WorkspaceId workspace, Wanted wanted, bool with_troubles) {
  Found found{store::Accounts(unit).list(workspace), {}, {}, {}};
  narrow(wanted, found.accounts);
  store::Posts posts(unit);
  found.posts = posts.list(workspace, wanted.filter);
  Sayings sayings(unit);
  for (const Post& post : found.posts)
    found.sayings.push_back(has_variables(post) ? sayings.of(post, found.accounts) : std::vector<Spoken>{});
  if (!with_troubles) return found;
  for (const Post& post : found.posts) found.troubles.push_back(trouble_of(posts, post));
  return found;
}

size_t media_in(const Post& post) {
  size_t count = 0;
  for (const ContentPart& part : post.content.parts) count += part.media.size();
  return count;
}

void write_entry(Json& json, const Post& post, std::span<const Spoken> sayings, const std::string& trouble) {
  const auto& parts = post.content.parts;
  json.begin().field("id", post.id).field("title", post.title);
  json.field("text", parts.empty() ? "" : shortened(parts.front().text, shown_text));
  if (const auto says = beginning(post, sayings)) json.field("says", shortened(*says, shown_text));
  json.field("state", plan::standing(post)).field("paused", post.paused).field("revision", post.revision);
  json.key("at").begin().field("local", post.local_time).field("zone", post.zone);
  json.field("utc", *post.due).end();
  json.key("targets").list();
  for (const Target& target : post.targets) json.value(target.account);
  json.end_list()
      .field("campaign", post.campaign)
      .texts("tags", post.tags)
      .field("parts", parts.size())
      .field("media", media_in(post));
  json.field("trouble", trouble).end();
}

void write_account(Json& json, const Account& account) {
  json.begin().field("account", account.id).field("network", account.network).field("name", account.name);
  json.field("handle", account.handle).field("sandbox", account.sandbox).end();
}

// A calendar is of some time: without bounds it would be everything there is.
Result<Wanted> read_calendar(const Request& request, const Desk& desk) {
  auto wanted = read_wanted(request);
  if (!wanted) return wanted;
  if (!wanted->filter.from || !wanted->filter.until || *wanted->filter.until <= *wanted->filter.from) {
    return refuse(invalid("missing_range", "A calendar needs a beginning and a later end.",
                          wanted->filter.from ? "until" : "from", "Give from and until, RFC 3339."));
  }
  auto page = read_page(request, desk, longest_calendar, wanted->filter);
  if (!page) return refuse(std::move(page.error()));
  return wanted;
}
}  // namespace

Answering list_posts(Request& request, Desk& desk) {
  auto wanted = read_wanted(request);
  if (!wanted) co_return refuse(std::move(wanted.error()));
  auto page = read_page(request, desk, longest_page, wanted->filter);
  if (!page) co_return refuse(std::move(page.error()));
  auto look = [&](store::Unit& unit) { return find(unit, request.caller.workspace, *wanted, false); };
  auto found = co_await seen(desk.store, std::move(look));
  const auto next = next_page(request, desk, wanted->filter, found.posts);
  Json json;
  json.begin().key("items").list();
  for (size_t i = 0; i < found.posts.size(); ++i)
    write(json, found.posts[i], found.accounts, nullptr, nullptr, found.sayings[i]);
  json.end_list();
  co_return list_answer(json, request, next);
}

Answering list_calendar(Request& request, Desk& desk) {
  auto wanted = read_calendar(request, desk);
  if (!wanted) co_return refuse(std::move(wanted.error()));
  auto look = [&](store::Unit& unit) { return find(unit, request.caller.workspace, *wanted, true); };
  auto found = co_await seen(desk.store, std::move(look));
  const auto next = next_page(request, desk, wanted->filter, found.posts);
  Json json;
  json.begin().key("items").list();
  for (size_t i = 0; i < found.posts.size(); ++i)
    write_entry(json, found.posts[i], found.sayings[i], found.troubles[i]);
  json.end_list().key("accounts").list();
  for (const Account& account : found.accounts) write_account(json, account);
  json.end_list();
  co_return list_answer(json, request, next);
}

}  // namespace carillon::api
