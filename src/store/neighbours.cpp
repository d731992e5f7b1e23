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

struct Candidate {
  PostId post;
  ContentId content;
  Instant at;
  uint64_t sketch = 0;
  bool out = false;
};

Duration apart(Instant one, Instant other) {
  return one < other ? other - one : one - other;
}

class Looking {
 public:
  Looking(Unit& unit, const NeighbourQuestion& question, const plan::Nearness& nearness)
      : unit_(unit), db_(unit.connection()), question_(question), nearness_(nearness) {}

  std::vector<plan::Neighbour> run() {
    const Duration widest =
        question_.sketch == 0 ? nearness_.clash : std::max(nearness_.clash, nearness_.duplicate);
    if (widest <= Duration(0)) return {};
    read_waiting(question_.at - widest, question_.at + widest);
    read_delivered(question_.at - widest, question_.at + widest);
    return chosen();
  }

 private:
  void take(const Rows& rows, bool out) {
    for (size_t i = 0; i < rows.size(); ++i) {
      Candidate one{rows[i].id<PostId>(0), rows[i].id<ContentId>(1), rows[i].instant(2),
                    static_cast<uint64_t>(rows[i].integer(3)), out};
      if (question_.except != one.post) candidates_.push_back(one);
    }
  }

  // What waits, is in doubt, or is on its way this moment.
  void read_waiting(Instant from, Instant until) {
    take(db_("SELECT d.post, d.content, d.due, c.sketch FROM deliveries d /*lite INDEXED BY "
             "deliveries_queue*/ "
             "JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE d.workspace = $1 AND "
             "d.account = $2 AND d.line = 2 AND d.state < 2 AND d.due >= $3 AND d.due < $4 AND d.part = 0",
             question_.workspace, question_.account, from, until),
         false);
    take(
        db_("SELECT d.post, d.content, d.due, c.sketch FROM deliveries d /*lite INDEXED BY deliveries_open*/ "
            "JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE d.workspace = $1 AND "
            "d.state = 2 AND d.account = $2 AND d.due >= $3 AND d.due < $4 AND d.part = 0",
            question_.workspace, question_.account, from, until),
        false);
  }

  void read_delivered(Instant from, Instant until) {
    take(db_("SELECT d.post, d.content, d.settled, c.sketch FROM deliveries d /*lite INDEXED BY "
             "deliveries_delivered*/ JOIN contents c ON c.workspace = d.workspace AND c.id = d.content WHERE "
             "d.workspace = $1 AND d.account = $2 AND d.state = 3 AND d.settled >= $3 AND d.settled < $4 AND "
             "d.part = 0",
             question_.workspace, question_.account, from, until),
         true);
  }

  bool is_close(const Candidate& one) const { return apart(one.at, question_.at) < nearness_.clash; }
  bool may_be_alike(const Candidate& one) const {
    return question_.sketch != 0 && one.sketch != 0 && apart(one.at, question_.at) <= nearness_.duplicate &&
           plan::sketch_distance(one.sketch, question_.sketch) <= plan::sketch_reach;
  }

  // The nearest in time that are close, and those whose sketches are nearest.
  std::vector<plan::Neighbour> chosen() {
    std::vector<plan::Neighbour> found;
    std::set<PostId> taken;
    const auto take_some = [&](size_t most, const auto& fits) {
      for (size_t i = 0; i < candidates_.size() && most > 0; ++i) {
        const Candidate& one = candidates_[i];
        if (!fits(one) || taken.contains(one.post) || of_same_series(one.post)) continue;
        taken.insert(one.post);
        found.push_back(read(one));
        --most;
      }
    };
    std::ranges::sort(candidates_, {},
                      [&](const Candidate& c) { return std::pair(apart(c.at, question_.at), c.post); });
    take_some(most_close, [&](const Candidate& one) { return is_close(one); });
    std::erase_if(candidates_, [&](const Candidate& one) { return !may_be_alike(one); });
    std::ranges::sort(candidates_, {}, [&](const Candidate& c) {
      return std::pair(plan::sketch_distance(c.sketch, question_.sketch), c.post);
    });
    take_some(most_alike, [](const Candidate&) { return true; });
    return found;
  }

  bool of_same_series(PostId other) {
    if (!question_.except) return false;
    SeriesShelf shelf(unit_);
    if (!mine_) mine_ = shelf.of_post(question_.workspace, *question_.except);
    return *mine_ && *mine_ == shelf.of_post(question_.workspace, other);
  }

  plan::Neighbour read(const Candidate& one) {
    plan::Neighbour neighbour{one.post, question_.account, one.at, one.out, {}, {}};
    const Rows rows =
        db_("SELECT c.body, p.title FROM contents c JOIN posts p ON p.workspace = c.workspace AND p.id = $3 "
            "WHERE c.workspace = $1 AND c.id = $2",
            question_.workspace, one.content, one.post);
    if (rows.empty()) return neighbour;
    const Content content = content_from(rows[0].text(0));
    if (!content.parts.empty()) neighbour.text = content.parts.front().text;
    neighbour.title = rows[0].text(1);
    return neighbour;
  }

  Unit& unit_;
  Connection& db_;
  const NeighbourQuestion& question_;
  const plan::Nearness& nearness_;
  std::vector<Candidate> candidates_;
  std::optional<std::optional<PostId>> mine_;
};

}  // namespace

std::vector<plan::Neighbour> Neighbours::around(const NeighbourQuestion& question,
                                                const plan::Nearness& nearness) {
  return Looking(unit_, question, nearness).run();
}

}  // namespace carillon::store
