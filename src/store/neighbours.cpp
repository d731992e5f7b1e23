#include "store/neighbours.h"

#include <algorithm>
#include <set>
#include <utility>

#include "plan/likeness.h"
#include "store/posts.h"
#include "store/rows.h"
#include "store/series.h"

namespace carillon::store {
namespace {

constexpr size_t most_alike = 24;  // texts that are read; sketches of strangers rarely meet
constexpr size_t most_close = 3;

Duration apart(Instant one, Instant other) {
  return one < other ? other - one : one - other;
}

void take(std::vector<Utterance>& all, const Rows& rows, bool out) {
  for (size_t i = 0; i < rows.size(); ++i) {
    all.push_back({rows[i].id<PostId>(0), rows[i].id<ContentId>(1), rows[i].instant(2),
                   static_cast<uint64_t>(rows[i].integer(3)), out});
  }
}

class Looking {
 public:
  Looking(Unit& unit, const NeighbourQuestion& question, const plan::Nearness& nearness)
      : unit_(unit), question_(question), nearness_(nearness) {}

  std::vector<plan::Neighbour> run() {
    const Duration widest =
        question_.sketch == 0 ? nearness_.clash : std::max(nearness_.clash, nearness_.duplicate);
    if (widest <= Duration(0)) return {};
    candidates_ = Neighbours(unit_).between(question_.workspace, question_.account, question_.at - widest,
                                            question_.at + widest);
    std::erase_if(candidates_, [&](const Utterance& one) { return question_.except == one.post; });
    return chosen();
  }

 private:
  bool is_close(const Utterance& one) const { return apart(one.at, question_.at) < nearness_.clash; }
  bool may_be_alike(const Utterance& one) const {
    return question_.sketch != 0 && one.sketch != 0 && apart(one.at, question_.at) <= nearness_.duplicate &&
           plan::sketch_distance(one.sketch, question_.sketch) <= plan::sketch_reach;
  }

  // The nearest in time that are close, and those whose sketches are nearest.
  std::vector<plan::Neighbour> chosen() {
    std::vector<plan::Neighbour> found;
    std::set<PostId> taken;
    const auto take_some = [&](size_t most, const auto& fits) {
      for (size_t i = 0; i < candidates_.size() && most > 0; ++i) {
        const Utterance& one = candidates_[i];
        if (!fits(one) || taken.contains(one.post) || of_same_series(one.post)) continue;
        taken.insert(one.post);
        found.push_back(Neighbours(unit_).read(question_.workspace, question_.account, one));
        --most;
      }
    };
    std::ranges::sort(candidates_, {},
                      [&](const Utterance& c) { return std::pair(apart(c.at, question_.at), c.post); });
    take_some(most_close, [&](const Utterance& one) { return is_close(one); });
    std::erase_if(candidates_, [&](const Utterance& one) { return !may_be_alike(one); });
    std::ranges::sort(candidates_, {}, [&](const Utterance& c) {
      return std::pair(plan::sketch_distance(c.sketch, question_.sketch), c.post);
    });
    take_some(most_alike, [](const Utterance&) { return true; });
    return found;
  }

  bool of_same_series(PostId other) {
    if (!question_.except) return false;
    SeriesShelf shelf(unit_);
    if (!mine_) mine_ = shelf.of_post(question_.workspace, *question_.except);
    return *mine_ && *mine_ == shelf.of_post(question_.workspace, other);
  }

  Unit& unit_;
  const NeighbourQuestion& question_;
  const plan::Nearness& nearness_;
  std::vector<Utterance> candidates_;
  std::optional<std::optional<PostId>> mine_;
};

}  // namespace

// What waits, is in doubt, or is on its way this moment; then what went out.
std::vector<Utterance> Neighbours::between(WorkspaceId workspace, AccountId account, Instant from,
                                           Instant until) {
  Connection& db = unit_.connection();
  std::vector<Utterance> all;
  take(all,
       db("SELECT d.post, d.content, d.due, c.sketch FROM deliveries d /*lite INDEXED BY deliveries_queue*/ "
          "JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE d.workspace = $1 AND "
          "d.account = $2 AND d.line = 2 AND d.state < 2 AND d.due >= $3 AND d.due < $4 AND d.part = 0",
          workspace, account, from, until),
       false);
  take(all,
       db("SELECT d.post, d.content, d.due, c.sketch FROM deliveries d /*lite INDEXED BY deliveries_open*/ "
          "JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE d.workspace = $1 AND "
          "d.state = 2 AND d.account = $2 AND d.due >= $3 AND d.due < $4 AND d.part = 0",
          workspace, account, from, until),
       false);
  take(all,
       db("SELECT d.post, d.content, d.settled, c.sketch FROM deliveries d /*lite INDEXED BY "
          "deliveries_delivered*/ JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE "
          "d.workspace = $1 AND d.account = $2 AND d.state = 3 AND d.settled >= $3 AND d.settled < $4 AND "
          "d.part = 0",
          workspace, account, from, until),
       true);
  return all;
}

plan::Neighbour Neighbours::read(WorkspaceId workspace, AccountId account, const Utterance& one) {
  plan::Neighbour neighbour{.post = one.post, .account = account, .at = one.at, .out = one.out};
  const Rows rows = unit_.connection()(
      "SELECT c.body, p.title FROM contents c JOIN posts p ON p.workspace = c.workspace AND p.id = $3 "
      "WHERE c.workspace = $1 AND c.id = $2",
      workspace, one.content, one.post);
  if (rows.empty()) return neighbour;
  const Content content = content_from(rows[0].text(0));
  if (!content.parts.empty()) neighbour.text = content.parts.front().text;
  neighbour.title = rows[0].text(1);
  return neighbour;
}

std::vector<plan::Neighbour> Neighbours::around(const NeighbourQuestion& question,
                                                const plan::Nearness& nearness) {
  return Looking(unit_, question, nearness).run();
}

}  // namespace carillon::store
