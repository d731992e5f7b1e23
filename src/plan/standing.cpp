#include "plan/standing.h"

#include <numeric>

#include "base/text.h"

namespace carillon::plan {

namespace {
int64_t all_of(const Tally& tally) {
  return std::accumulate(tally.count.begin(), tally.count.end(), int64_t{0});
}
}  // namespace

std::string_view standing(const Post& post) {
  if (post.state == PostState::draft || is_proposal(post.state)) return to_text(post.state);
  const Tally& n = post.tally;
  const int64_t all = all_of(n);
  if (all == 0) return to_text(post.state);
  if (n[DeliveryState::uncertain] > 0) return "uncertain";
  if (n[DeliveryState::waiting] == all) return "scheduled";
  if (n[DeliveryState::waiting] + n[DeliveryState::in_flight] > 0) return "publishing";
  if (n[DeliveryState::delivered] == all) return "delivered";
  if (n[DeliveryState::delivered] > 0) return "partly";
  return n[DeliveryState::failed] > 0 ? "failed" : "canceled";
}

bool still_waits(const Post& post) {
  const bool open = post.state == PostState::scheduled || post.state == PostState::proposed;
  return open && post.tally[DeliveryState::waiting] == all_of(post.tally);
}

std::string called(const Post& post, size_t most) {
  if (!post.title.empty() || post.content.parts.empty()) return shortened(post.title, most);
  return shortened(post.content.parts.front().text, most);
}

std::string quoted(const Post& post) {
  const std::string name = called(post, 80);
  return name.empty() ? "a post" : "“" + name + "”";
}

}  // namespace carillon::plan
