#include "run/feed_posts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ranges>

#include "base/text.h"
#include "plan/check.h"
#include "plan/schedule.h"
#include "plan/slots.h"
#include "store/accounts.h"
#include "store/people.h"
#include "store/phrasebook.h"
#include "store/queues.h"
#include "wire/url.h"

namespace carillon::run {

namespace {
constexpr Duration gone_for = std::chrono::hours(24 * 90);  // then an item is forgotten
constexpr Duration longest_backoff = std::chrono::hours(24);

std::string header_of(const wire::Response& response, std::string_view name) {
  const std::string value(wire::header(response.headers, name).value_or(""));
  return value.size() <= 500 ? value : std::string();
}

// Of the Content-Type; empty: it names none.
std::string charset_of(const wire::Response& response) {
  constexpr std::string_view name = "charset=";
  const std::string type = lowered(header_of(response, "content-type"));
  const size_t at = type.find(name);
  if (at == std::string::npos) return {};
  const size_t begin = type.find_first_not_of("\" ", at + name.size());
  return begin == std::string::npos ? "" : type.substr(begin, type.find_first_of("\"; ", begin) - begin);
}

// "Retry-After: 120"; dates are rare, and then our own pace is taken.
std::optional<Duration> wait_of(const wire::Response& response) {
  const std::string text = header_of(response, "retry-after");
  int64_t seconds = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || parsed.ec != std::errc{} || seconds < 0) return std::nullopt;
  return std::chrono::seconds(std::min<int64_t>(seconds, 86'400));
}

std::string status_text(int status) {
  if (status == 404 || status == 410)
    return fmt::format("There is no feed at this address (any more): {}.", status);
  if (status == 401 || status == 403)
    return fmt::format("The server does not give this feed to everybody: {}.", status);
  if (status == 429) return "The server says that it is asked too often.";
  if (status >= 500) return fmt::format("The server is broken: {}.", status);
  return fmt::format("The server answered {} instead of a feed.", status);
}

FeedAnswer trouble(std::string text) {
  FeedAnswer answer;
  answer.trouble = std::move(text);
  return answer;
}

FeedAnswer redirected(const wire::Response& response, const std::string& address) {
  std::string to = header_of(response, "location");
  if (to.starts_with('/')) {
    const auto base = wire::parse_url(address);
    if (base) to = (to.starts_with("//") ? base->scheme + ":" : base->origin()) + to;
  }
  if (!wire::parse_url(to)) return trouble("The server sends on to an address that is none.");
  FeedAnswer answer;
  answer.redirect = to;
  return answer;
}
}  // namespace

wire::Request feed_request(const std::string& address, const std::string& etag, const std::string& modified) {
  wire::Request request{.url = address, .timeout = std::chrono::seconds(20)};
  request.headers = {
      {"accept",
       "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, "
       "text/xml;q=0.9, */*;q=0.1"},
      {"user-agent", "Carillon (feed reader)"}};
  if (!etag.empty()) request.headers.push_back({"if-none-match", etag});
  if (!modified.empty()) request.headers.push_back({"if-modified-since", modified});
  return request;
}

FeedAnswer read_feed_answer(const net::Outcome& outcome, const std::string& address) {
  if (const auto* not_sent = std::get_if<net::NotSent>(&outcome))
    return trouble(fmt::format("The server cannot be reached: {}", not_sent->why));
  if (const auto* lost = std::get_if<net::Lost>(&outcome))
    return trouble(fmt::format("The server did not answer to the end: {}", lost->why));
  const auto& response = std::get<wire::Response>(outcome);
  if (response.status >= 301 && response.status <= 308 && response.status != 304 && response.status != 306)
    return redirected(response, address);
  FeedAnswer answer;
  answer.wait = wait_of(response);
  answer.unchanged = response.status == 304;
  if (answer.unchanged) return answer;
  if (response.status != 200) {
    answer.trouble = status_text(response.status);
    return answer;
  }
  auto file = plan::parse_feed(response.body, address, charset_of(response));
  if (!file) return trouble(file.error().text + " " + file.error().remedy);
  answer.file = std::move(*file);
  answer.etag = header_of(response, "etag");
  answer.modified = header_of(response, "last-modified");
  return answer;
}

namespace {
// One feed's items on their way to posts.
class Harvesting {
 public:
  Harvesting(store::Unit& unit, store::Feed& feed, Instant now, store::Minter& mint,
             const channels::Registry& registry)
      : unit_(unit), feed_(feed), now_(now), mint_(mint), registry_(registry) {}
  FeedHarvest run(const plan::FeedFile& file);

 private:
  Post post_of(const plan::FeedItem& item);
  bool put_on_queue(Post& post);
  std::optional<Instant> free_slot();
  std::string zone() const;

  store::Unit& unit_;
  store::Feed& feed_;
  Instant now_;
  store::Minter& mint_;
  const channels::Registry& registry_;
  std::vector<Account> accounts_;
  FeedHarvest made_;
};

std::string Harvesting::zone() const {
  if (!accounts_.empty() && !accounts_.front().zone.empty()) return accounts_.front().zone;
  const auto workspace = store::People(unit_).workspace(feed_.workspace);
  return workspace ? workspace->zone : "UTC";
}

Post Harvesting::post_of(const plan::FeedItem& item) {
  Post post;
  post.id = mint_.make<PostId>();
  post.workspace = feed_.workspace;
  post.author = feed_.author;
  post.title = shortened(item.title.empty() ? item.link : item.title, 200);
  post.content.parts.push_back(plan::said_of(feed_.form, item, feed_.title));
  for (const Account& account : accounts_) post.targets.push_back({account.id, std::nullopt});
  post.created = post.updated = now_;
  return post;
}

std::optional<Instant> Harvesting::free_slot() {
  std::vector<plan::Queue> queues;
  const Instant from = now_ + plan::queue_lead, until = now_ + plan::queue_horizon;
  for (const Account& account : accounts_) {
    const auto workspace = store::People(unit_).workspace(feed_.workspace);
    const std::string own = !account.zone.empty() ? account.zone : workspace ? workspace->zone : "UTC";
    queues.push_back(store::Queues(unit_).queue(account, own, from, until));
  }
  const auto free = plan::free_in_common(queues, from, until);
  return free.empty() ? std::nullopt : std::optional(free.front());
}

// Only what its networks take; the others stay drafts.
bool Harvesting::put_on_queue(Post& post) {
  const auto at = accounts_.empty() ? std::nullopt : free_slot();
  const auto when = at ? plan::schedule_now(*at, zone()) : Result<plan::Schedule>(refuse(Fault{}));
  if (!when) return false;
  const std::map<MediaId, MediaFacts> no_media;
  const auto wording = store::Phrasebook(unit_).wording(feed_.workspace);
  const plan::Facts facts{
      .accounts = accounts_, .media = no_media, .schedule = *when, .now = now_, .wording = &wording};
  const auto report = plan::check(post, facts, registry_);
  if (!report.ready()) return false;
  post.state = PostState::scheduled;
  post.local_time = when->local, post.zone = when->zone, post.due = when->at;
  return true;
}

FeedHarvest Harvesting::run(const plan::FeedFile& file) {
  const size_t wanted = feed_.begun ? most_new_items : static_cast<size_t>(feed_.newest);
  if (feed_.becomes == store::Feed::Becomes::queued) store::Queues(unit_).lock(feed_.workspace);
  for (const AccountId id : feed_.accounts) {
    auto account = store::Accounts(unit_).find(feed_.workspace, id);
    if (account && account->hold != Hold::disconnected) accounts_.push_back(std::move(*account));
  }
  store::Feeds feeds(unit_);
  std::vector<std::pair<Post, const plan::FeedItem*>> fresh;  // the newest first, as it stands in the feed
  for (const plan::FeedItem& item : file.items) {
    Post post = post_of(item);
    const bool takes = fresh.size() < wanted;
    const store::SeenItem seen{item.name, item.title, item.link,
                               takes ? std::optional(post.id) : std::nullopt, now_};
    if (feeds.see(feed_, seen) && takes) fresh.emplace_back(std::move(post), &item);
  }
  store::Posts posts(unit_);
  for (auto& [post, item] : fresh | std::views::reverse) {  // the oldest takes the first slot
    const bool queued = feed_.becomes == store::Feed::Becomes::queued && put_on_queue(post);
    posts.add(post);
    made_.posts.push_back(post.id);
    if (!queued) continue;
    posts.schedule(post, now_, mint_);
    for (const Target& target : post.targets)
      made_.expected.push_back({post.workspace, target.account, *post.due});
  }
  return std::move(made_);
}

Duration pause_after(const store::Feed& feed, const FeedAnswer& answer) {
  Duration pause = feed.period;
  for (int64_t i = 1; i < feed.failures && pause < longest_backoff; ++i) pause *= 2;
  if (feed.failures > 0) pause = std::min(pause, std::max(longest_backoff, feed.period));
  return std::max(pause, answer.wait.value_or(Duration{0}));
}
}  // namespace

FeedHarvest take_feed(store::Unit& unit, const store::Feed& asked, const FeedAnswer& answer, Instant now,
                      store::Minter& mint, const channels::Registry& registry) {
  auto feed = store::Feeds(unit).lock(asked.workspace, asked.id);
  if (!feed || feed->address != asked.address) return {};
  FeedHarvest made;
  if (answer.file || answer.unchanged) {
    if (answer.file) {
      if (!answer.file->title.empty()) feed->title = answer.file->title;
      made = Harvesting(unit, *feed, now, mint, registry).run(*answer.file);
      feed->etag = answer.etag, feed->modified = answer.modified;
      store::Feeds(unit).forget_items(*feed, now - gone_for);
    } else {
      store::Feeds(unit).see_again(*feed, now);
    }
    feed->begun = true;
    feed->fetched = now;
    feed->failures = 0;
    feed->trouble.clear();
  } else {
    ++feed->failures;
    feed->trouble = shortened(answer.trouble, 500);
  }
  feed->next = now + pause_after(*feed, answer);
  store::Feeds(unit).put(*feed);
  return made;
}

}  // namespace carillon::run
