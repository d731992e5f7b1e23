// The depot's shelf: what the bucket does not have yet is sent, and when there is more than the limit, what
// was used least and surely lies in the bucket is forgotten.
#include <algorithm>

#include "media/stored_name.h"
#include "run/depot.h"

namespace carillon::run {
namespace {

constexpr Duration silence = std::chrono::minutes(5);  // without word of the bucket: it is asked
constexpr Duration doubt_lasts = std::chrono::hours(1);
constexpr Duration between_sweeps = std::chrono::hours(1);
constexpr Duration parts_live = std::chrono::hours(48);  // of objects that were never ended

}  // namespace

std::vector<Doubt> Depot::old_doubts(Instant started) {
  if (!bucket_) return {};
  std::vector<Doubt> doubts = doubts_->all();
  const Instant now = wiring_.now();
  const std::lock_guard lock(mutex_);
  std::erase_if(doubts, [&](const Doubt& one) {
    const bool young = one.noted >= started - std::chrono::seconds(1) && now - one.noted < doubt_lasts;
    return young || sending_.contains(one.media);
  });
  return doubts;
}

Depot::Standing Depot::standing() {
  const std::lock_guard lock(mutex_);
  if (!bucket_) return {.where = wiring_.folder.path().string()};
  return {bucket_->place().shown(), trouble_, here_bytes_, shelf_limit_, unsent_};
}

void Depot::confirm(const std::string& name, uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  confirmed_.insert(name);
  here_bytes_ += bytes;
}

void Depot::tend() {
  if (!bucket_) return;
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(tending_, true)) return;
  }
  on_courier([this] {
    try {
      keep_house();
    } catch (const std::exception& broken) {
      wiring_.log.error("media.not_tended", broken.what());
    }
    const std::lock_guard lock(mutex_);
    tending_ = false;
  });
}

void Depot::keep_house() {
  bool ask = false;
  {
    const std::lock_guard lock(mutex_);
    ask = trouble_ || wiring_.now() - heard_at_ > silence;
  }
  if (ask && !heard(bucket_->check(random_token(wiring_.random, 16)))) return;
  send_unsent();
  make_room();
  if (wiring_.now() - swept_at_ < between_sweeps) return;
  swept_at_ = wiring_.now();
  const auto swept = bucket_->sweep_parts(wiring_.now() - parts_live);  // not every key may list: no trouble
  if (swept && *swept > 0)
    wiring_.log.info("media.parts_swept", "Unfinished parts were removed from the bucket",
                     {{"uploads", *swept}});
}

// Here since before there was a bucket, or since a send that broke off.
void Depot::send_unsent() {
  std::vector<media::MediaFolder::Shelved> unsent = wiring_.folder.shelved();
  {
    const std::lock_guard lock(mutex_);
    here_bytes_ = 0;  // counted anew: others add to what they knew
    for (const auto& file : unsent) here_bytes_ += file.bytes;
    std::erase_if(unsent, [this](const auto& file) {
      const auto media = media::medium_of(file.name);
      return confirmed_.contains(file.name) || (media && sending_.contains(*media));
    });
    unsent_ = unsent.size();
  }
  for (const auto& file : unsent) {
    if (!is_there(file) && wiring_.folder.has(file.name)) {
      if (!put(file.name)) return;
      if (!wiring_.folder.has(file.name)) (void)bucket_->remove(file.name);  // deleted meanwhile
    }
    const std::lock_guard lock(mutex_);
    --unsent_;
  }
}

bool Depot::is_there(const media::MediaFolder::Shelved& file) {
  const auto object = bucket_->look(file.name);
  if (!object || object->bytes != file.bytes || object->sha256.empty()) return false;
  const std::lock_guard lock(mutex_);
  confirmed_.insert(file.name);
  return true;
}

// Thumbnails last: many are looked at together, and they are small.
void Depot::make_room() {
  const std::lock_guard alone(room_);
  {
    const std::lock_guard lock(mutex_);
    if (!bucket_ || here_bytes_ <= shelf_limit_) return;
  }
  std::vector<media::MediaFolder::Shelved> files = wiring_.folder.shelved();
  uint64_t here = 0;
  for (const auto& file : files) here += file.bytes;
  {
    const std::lock_guard lock(mutex_);
    for (auto& file : files) {
      if (const auto used = used_.find(file.name); used != used_.end())
        file.used = std::max(file.used, used->second);
    }
  }
  std::ranges::sort(files, {},
                    [](const auto& file) { return std::pair(media::is_thumbnail(file.name), file.used); });
  for (const auto& file : files) {
    if (here <= shelf_limit_) break;
    if (!may_forget(file.name) || !is_there(file)) continue;
    const std::lock_guard lock(mutex_);  // nobody takes hold of it between the look and the end
    if (pins_.contains(file.name)) continue;
    wiring_.folder.forget(file.name);
    used_.erase(file.name);
    confirmed_.erase(file.name);
    here -= file.bytes;
  }
  const std::lock_guard lock(mutex_);
  here_bytes_ = here;
}

bool Depot::may_forget(const std::string& name) {
  const auto media = media::medium_of(name);
  const std::lock_guard lock(mutex_);
  return !pins_.contains(name) && !flights_.contains(name) && media && !sending_.contains(*media);
}

}  // namespace carillon::run
