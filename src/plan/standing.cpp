#include "plan/standing.h"

#include <numeric>

namespace carillon::plan {

std::string_view standing(const Post& post) {
  if (post.state == PostState::draft || is_proposal(post.state)) return to_text(post.state);
  const Tally& n = post.tally;
  const auto all = std::accumulate(n.count.begin(), n.count.end(), int64_t{0});
  if (all == 0) return to_text(post.state);
  if (n[DeliveryState::uncertain] > 0) return "uncertain";
  if (n[DeliveryState::waiting] == all) return "scheduled";
  if (n[DeliveryState::waiting] + n[DeliveryState::in_flight] > 0) return "publishing";
  if (n[DeliveryState::delivered] == all) return "delivered";
  if (n[DeliveryState::delivered] > 0) return "partly";
  return n[DeliveryState::failed] > 0 ? "failed" : "canceled";
}

}  // namespace carillon::plan
