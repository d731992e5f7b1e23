#include "run/depot.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>
#include <utility>

#include "base/file.h"
#include "media/landing.h"
#include "media/stored_name.h"
#include "net/bucket_answer.h"

namespace carillon::run {
namespace {

constexpr size_t couriers = 4;
constexpr uint64_t piece_bytes = 4 << 20, spare_bytes = 256 << 20;

Fault disk_fault(const std::exception& broken) {
  return {.kind = FaultKind::unavailable,
          .code = "media_folder",
          .text = "The media folder cannot be used.",
          .remedy = "Look at the disk of this server; see the log.",
          .detail = broken.what()};
}

Result<void> damaged(const std::string& name) {
  return refuse(
      {.kind = FaultKind::unavailable,
       .code = "object_damaged",
       .text = fmt::format("What the bucket has as {} is not the file that was stored.", name),
       .remedy = "Restore this object in the bucket to its earlier version, or upload the file again."});
}

Result<void> no_room(uint64_t bytes) {
  return refuse({.kind = FaultKind::unavailable,
                 .code = "no_room",
                 .text = fmt::format("A file of {:.1f} GB from the bucket has no room on this server's disk.",
                                     static_cast<double>(bytes) / 1e9),
                 .remedy = "Make room on the disk; it is brought again by itself."});
}

}  // namespace

Depot::Depot(Wiring wiring, const BucketPlace& place, uint64_t shelf_limit, net::BucketPace pace)
    : wiring_(std::move(wiring)), shelf_limit_(shelf_limit), couriers_(couriers) {
  if (place.name.empty()) return;
  doubts_ = std::make_unique<Doubts>(wiring_.folder.path() / ".doubts");
  bucket_ = std::make_unique<net::Bucket>(place, wiring_.now, pace);
  for (const auto& file : wiring_.folder.shelved()) here_bytes_ += file.bytes;
}

Depot::~Depot() {
  stop();
  finish();
}

void Depot::stop() {
  if (bucket_) bucket_->stop();
}

void Depot::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  couriers_.join();
}

void Depot::on_courier(std::move_only_function<void()> work) {
  boost::asio::post(couriers_, [this, work = std::move(work)]() mutable {
    try {
      work();
    } catch (const std::exception& broken) {
      wiring_.log.error("media.errand_broken", broken.what());
    }
  });
}

// Only what says something about the bucket as a whole.
Result<void> Depot::heard(Result<void> outcome) {
  const bool bad = !outcome && (outcome.error().code == "storage_unreachable" ||
                                outcome.error().code == "storage_refused");
  if (!outcome && !bad && outcome.error().code != "object_gone") return outcome;
  const std::lock_guard lock(mutex_);
  heard_at_ = wiring_.now();
  const bool before = trouble_.has_value();
  trouble_ = bad ? std::optional(outcome.error()) : std::nullopt;
  if (bad && !before)
    wiring_.log.error("media.unreachable", trouble_->text + " " + trouble_->remedy,
                      {{"where", bucket_->place().shown()}});
  if (!bad && before)
    wiring_.log.info("media.reachable", "The bucket answers again", {{"where", bucket_->place().shown()}});
  return outcome;
}

// ---- What is needed ----

bool Depot::pin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (!wiring_.folder.has(name)) return false;
  ++pins_[name];
  used_[name] = wiring_.now();
  return true;
}

void Depot::unpin(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = pins_.find(name);
  if (--found->second == 0) pins_.erase(found);
}

void Depot::bring(std::vector<std::string> names, Brought done) {
  auto hold = std::make_shared<Hold>(*this);
  if (!bucket_) return done(std::move(hold));
  bring_rest(std::move(hold), std::move(names), std::move(done));
}

// One after the other, from the back; whoever flies already is joined.
void Depot::bring_rest(std::shared_ptr<Hold> hold, std::vector<std::string> names, Brought done) {
  while (!names.empty() && pin(names.back())) {
    hold->names_.push_back(std::move(names.back()));
    names.pop_back();
  }
  if (names.empty()) return done(std::move(hold));
  const std::string name = names.back();
  auto landed = [this, hold = std::move(hold), names = std::move(names),
                 done = std::move(done)](const Result<void>& outcome) mutable {
    if (!outcome) return done(refuse(outcome.error()));
    bring_rest(std::move(hold), std::move(names), std::move(done));
  };
  std::unique_lock lock(mutex_);
  if (finished_) {
    lock.unlock();
    return landed(refuse(net::storage_stopped()));
  }
  Flight& flight = flights_[name];
  flight.waiting.push_back(std::move(landed));
  if (flight.waiting.size() == 1) on_courier([this, name] { land(name); });
}

void Depot::land(const std::string& name) {
  const Result<void> outcome = wiring_.folder.has(name) ? Result<void>() : fetch(name);
  Flight flight;
  {
    const std::lock_guard lock(mutex_);
    flight = std::move(flights_.extract(name).mapped());
    if (outcome) ++pins_[name];  // until those who wait have it
  }
  for (auto& landed : flight.waiting) landed(outcome);
  if (!outcome) return;
  unpin(name);
  make_room();
}

Result<void> Depot::fetch(const std::string& name) {
  try {
    const auto outcome = heard(fetch_bytes(name));
    const std::lock_guard lock(mutex_);
    if (outcome) lost_.erase(name);
    if (!outcome && outcome.error().code == "object_gone") lost_.insert(name);
    return outcome;
  } catch (const std::exception& broken) {
    wiring_.log.error("media.not_brought", broken.what(), {{"file", name}});
    return refuse(disk_fault(broken));
  }
}

Result<void> Depot::fetch_bytes(const std::string& name) {
  auto piece = bucket_->read(name, 0, piece_bytes);
  if (!piece) return refuse(std::move(piece.error()));
  const uint64_t bytes = piece->bytes;
  const std::string sha256 = piece->sha256;
  if (std::filesystem::space(wiring_.folder.path()).available < bytes + spare_bytes) return no_room(bytes);
  media::Landing landing(wiring_.folder, name, wiring_.random);
  for (uint64_t offset = 0; true;) {
    if (piece->bytes != bytes || piece->body.empty()) return damaged(name);
    landing.write(piece->body);
    offset += piece->body.size();
    if (offset >= bytes) break;
    piece = bucket_->read(name, offset, std::min(piece_bytes, bytes - offset));
    if (!piece) return refuse(std::move(piece.error()));
  }
  if (!landing.land(sha256)) return damaged(name);
  confirm(name, bytes);
  return {};
}

Result<std::shared_ptr<Depot::Hold>> Depot::bring_now(const std::string& name) {
  std::promise<Result<std::shared_ptr<Hold>>> brought;
  bring({name}, [&](Result<std::shared_ptr<Hold>> outcome) { brought.set_value(std::move(outcome)); });
  return brought.get_future().get();
}

bool Depot::is_lost(const std::string& name) {
  if (wiring_.folder.has(name)) return false;
  const std::lock_guard lock(mutex_);
  return !bucket_ || lost_.contains(name);
}

// ---- What arrives and goes ----

Result<void> Depot::put(const std::string& name, const std::string& sha256) {
  const auto path = wiring_.folder.path() / name;
  const std::string hash = sha256.empty() ? sha256_of(path) : sha256;
  if (hash.empty()) throw disk_error(path);
  const auto sent = heard(bucket_->put_file(name, path, hash));
  if (!sent) return sent;
  const std::lock_guard lock(mutex_);
  confirmed_.insert(name);
  lost_.erase(name);
  return {};
}

Result<void> Depot::send_both(MediaId media, const std::string& sha256) {
  try {
    for (const std::string& name : {media::thumbnail_name(media), media::stored_name(media)}) {
      if (!wiring_.folder.has(name)) continue;
      const uint64_t bytes = wiring_.folder.size(name);
      if (auto sent = put(name, media::is_thumbnail(name) ? "" : sha256); !sent) return sent;
      const std::lock_guard lock(mutex_);
      here_bytes_ += bytes;
    }
    return {};
  } catch (const std::exception& broken) {
    wiring_.log.error("media.not_sent", broken.what(), {{"media", media}});
    return refuse(disk_fault(broken));
  }
}

void Depot::send(WorkspaceId workspace, const MediaFacts& file, Done done) {
  if (!bucket_) return done({});
  on_courier([this, workspace, file, done = std::move(done)]() mutable { done(send_now(workspace, file)); });
}

Result<void> Depot::send_now(WorkspaceId workspace, const MediaFacts& file) {
  if (!bucket_) return {};
  {
    const std::lock_guard lock(mutex_);
    sending_.insert(file.id);
  }
  Result<void> sent = refuse({});
  try {
    doubt(workspace, file.id);
    sent = send_both(file.id, file.sha256);
  } catch (const std::exception& broken) {
    sent = refuse(disk_fault(broken));
  }
  const std::lock_guard lock(mutex_);
  sending_.erase(file.id);
  return sent;
}

void Depot::settled(MediaId media) {
  if (!bucket_) return;
  doubts_->drop(media);
  on_courier([this] { make_room(); });
}

void Depot::doubt(WorkspaceId workspace, MediaId media) {
  if (bucket_) doubts_->note(workspace, media);
}

void Depot::remove(MediaId media) {
  wiring_.folder.remove(media);
  if (!bucket_ || !doubts_->has(media)) return;
  on_courier([this, media] {
    for (const std::string& name : {media::thumbnail_name(media), media::stored_name(media)}) {
      if (!heard(bucket_->remove(name))) return;  // the doubt stays, and so it is tried again
      const std::lock_guard lock(mutex_);
      confirmed_.erase(name);
    }
    doubts_->drop(media);
  });
}

void Depot::check(Done done) {
  if (!bucket_) return done({});
  on_courier([this, done = std::move(done)]() mutable {
    done(heard(bucket_->check(random_token(wiring_.random, 16))));
  });
}

}  // namespace carillon::run
