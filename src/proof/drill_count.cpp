#include "proof/drill_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace carillon::proof {
namespace {

using Place = std::pair<std::string, std::string>;  // network, account
using Shelf = std::map<Place, std::vector<const Accepted*>>;

Shelf by_place(const std::vector<Accepted>& accepted) {
  Shelf shelf;
  for (const Accepted& one : accepted) shelf[{one.network, one.account}].push_back(&one);
  return shelf;
}

std::vector<const Accepted*> with_mark(const Shelf& shelf, const Expected& wanted) {
  std::vector<const Accepted*> found;
  const auto place = shelf.find({wanted.network, wanted.account});
  if (place == shelf.end()) return found;
  std::ranges::copy_if(place->second, std::back_inserter(found),
                       [&](const Accepted* one) { return one->text.contains(wanted.mark); });
  return found;
}

// What is wrong about something that is not there twice; empty when all is well.
std::string loss(const Expected& wanted, const std::vector<const Accepted*>& found) {
  if (wanted.state == "delivered") {
    if (found.empty()) return "the server says delivered, the network has nothing";
    if (wanted.told && wanted.external_id.empty()) return "";
    if (found.front()->external_id == wanted.external_id) return "";
    return fmt::format("the server says it is {}, on the network it is {}", wanted.external_id,
                       found.front()->external_id);
  }
  if (wanted.state == "uncertain" && !wanted.can_be_asked) return "";
  return fmt::format("it is {}, and {} on the network", wanted.state, found.empty() ? "not" : "is");
}

}  // namespace

Count count(const std::vector<Expected>& expected, const std::vector<Accepted>& accepted) {
  const Shelf shelf = by_place(accepted);
  Count sum;
  for (const Expected& wanted : expected) {
    const auto found = with_mark(shelf, wanted);
    sum.delivered += wanted.state == "delivered" ? 1 : 0;
    sum.uncertain += wanted.state == "uncertain" ? 1 : 0;
    if (found.size() > 1) {
      ++sum.doubles;
      sum.findings.push_back(fmt::format("DOUBLE {}: {} times on the network", wanted.where, found.size()));
    } else if (const std::string what = loss(wanted, found); !what.empty()) {
      ++sum.losses;
      sum.findings.push_back(fmt::format("LOSS {}: {}", wanted.where, what));
    }
  }
  return sum;
}

}  // namespace carillon::proof
