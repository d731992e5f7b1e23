#include "run/repeating.h"

#include <algorithm>

#include "plan/blackouts.h"
#include "plan/recurrence.h"
#include "plan/schedule.h"
#include "store/accounts.h"
#include "store/blackouts.h"
#include "store/queues.h"

namespace carillon::run {

namespace {
// The post of one occurrence. Accounts that were disconnected since, or for which the day is closed, are left
// out; without any it is left out itself.
std::optional<Post> post_of(store::Unit& unit, const store::Series& series, const plan::Schedule& when,
                            Instant now, store::Minter& mint) {
  Post post = series.pattern;
  const auto closed = store::BlackoutShelf(unit).list(series.workspace);
  std::erase_if(post.targets, [&](const Target& target) {
    const auto account = store::Accounts(unit).find(series.workspace, target.account);
    if (!account || account->hold == Hold::disconnected) return true;
    const std::string& zone = account->zone.empty() ? series.zone : account->zone;
    return plan::blackout_at(closed, account->id, when.at, zone) != nullptr;
  });
  if (post.targets.empty()) return std::nullopt;
  post.id = mint.make<PostId>();
  post.workspace = series.workspace;
  post.state = PostState::scheduled;
  post.local_time = when.local;
  post.zone = when.zone;
  post.due = when.at;
  post.created = post.updated = now;
  return post;
}

class Extending {
 public:
  Extending(store::Unit& unit, store::Series series, Instant now, store::Minter& mint)
      : unit_(unit), series_(std::move(series)), now_(now), mint_(mint) {}

  std::vector<Expected> run();

 private:
  void make(const plan::Schedule& when, const std::string& local);
  store::Leave leave() const {
    return series_.approved ? store::Leave::given_by(series_.pattern.author) : store::Leave{};
  }

  store::Unit& unit_;
  store::Series series_;
  Instant now_;
  store::Minter& mint_;
  size_t ahead_ = 0;
  std::vector<Expected> expected_;
};

void Extending::make(const plan::Schedule& when, const std::string& local) {
  const auto post = post_of(unit_, series_, when, now_, mint_);
  if (!post) return;
  store::Posts posts(unit_);
  posts.add(*post);
  const auto made = posts.schedule(*post, now_, mint_, leave());
  store::SeriesShelf(unit_).add(series_, store::Occurrence{local, post->id});
  if (made.empty()) return;  // it waits for approval
  for (const Target& target : post->targets) expected_.push_back({post->workspace, target.account, when.at});
}

std::vector<Expected> Extending::run() {
  const auto rule = plan::parse_rule(series_.rule, series_.zone);
  const auto start = parse_local(series_.local_time);
  if (!rule || !start) return {};  // written by us: cannot be
  plan::Occurrences occurrences(*rule, *start);
  for (;;) {
    const auto wall = occurrences.next();
    if (!wall) {
      series_.ended = true;
      break;
    }
    const std::string local = to_text(*wall);
    const auto when = plan::schedule_at(local, series_.zone);
    if (!when) break;
    const bool coming = when->at > now_;
    if (coming && ahead_ > 0 && when->at > now_ + series_horizon) break;
    if (coming && ++ahead_ > series_posts) break;
    if (local <= series_.made_until) continue;
    if (coming) make(*when, local);  // one that was missed while nobody was there is not made up for
    series_.made_until = local;
  }
  store::SeriesShelf(unit_).put(series_);
  return std::move(expected_);
}
}  // namespace

std::vector<Expected> extend(store::Unit& unit, store::Series series, Instant now, store::Minter& mint) {
  return Extending(unit, std::move(series), now, mint).run();
}

std::vector<Expected> extend_all(store::Unit& unit, Instant now, store::Minter& mint) {
  std::vector<Expected> all;
  for (store::Series& series : store::SeriesShelf(unit).going_on()) {
    store::Queues(unit).lock(series.workspace);  // another server may be at it
    auto current = store::SeriesShelf(unit).find(series.workspace, series.id);
    if (!current || current->ended) continue;
    const auto made = extend(unit, std::move(*current), now, mint);
    all.insert(all.end(), made.begin(), made.end());
  }
  return all;
}

}  // namespace carillon::run
