#include "sandbox/shelf.h"

#include <cmath>
#include <utility>

namespace carillon::sandbox {
namespace {
constexpr uint64_t largest_kept = 1 << 20, all_kept = 64 << 20;
}

Post& Shelf::add(Post post) {
  places_.emplace(post.id, posts_.size());
  return posts_.emplace_back(std::move(post));
}

Post* Shelf::find(std::string_view id) {
  return const_cast<Post*>(std::as_const(*this).find(id));
}

const Post* Shelf::find(std::string_view id) const {
  const auto found = places_.find(std::string(id));
  return found == places_.end() || posts_[found->second].gone ? nullptr : &posts_[found->second];
}

std::string_view Medium::kind() const {
  if (type == "image/gif") return "gif";
  return type.starts_with("video/") ? "video" : "image";
}

Medium& Gallery::add(Medium medium) {
  const std::string id = medium.id;
  return media_.insert_or_assign(id, std::move(medium)).first->second;
}

Medium* Gallery::find(std::string_view id) {
  const auto found = media_.find(std::string(id));
  return found == media_.end() ? nullptr : &found->second;
}

void Gallery::keep_bytes(Medium& medium, std::string_view bytes) {
  if (!medium.type.starts_with("image/") || bytes.size() > largest_kept || bytes.empty()) return;
  medium.bytes = bytes;
  kept_.push_back(medium.id);
  kept_bytes_ += bytes.size();
  while (kept_bytes_ > all_kept) {
    Medium* oldest = find(kept_.front());
    kept_.pop_front();
    kept_bytes_ -= oldest->bytes.size();
    oldest->bytes.clear();
  }
}

uint64_t fingerprint(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash ^ (hash >> 29);
}

// Fast at first, then slower: reach * (1 - e^(-t/τ)), with τ of half an hour.
Applause applause(std::string_view id, Instant at, Instant now) {
  if (now <= at) return {};
  const uint64_t dice = fingerprint(id);
  const double minutes = double((now - at).count()) / 60e6;
  const double share = 1 - std::exp(-minutes / 30);
  const double reach = 120 + double(dice % 900);
  const auto part = [&](double of, uint64_t shift) {
    return int64_t(reach * share * of * (0.5 + double((dice >> shift) % 100) / 100));
  };
  return {int64_t(reach * share), part(0.06, 8), part(0.012, 16), part(0.008, 24)};
}

}  // namespace carillon::sandbox
