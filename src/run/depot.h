// Where the bytes of media lie: in the media folder alone, or in a bucket, and then the folder is a shelf of
// what is being worked with, with a limit. Sends files to the bucket before anybody is told that they are
// stored, brings them back when somebody needs them (once, however many ask), forgets what was used least and
// surely lies in the bucket. Refuses to know what a medium is for. Thread-safe; what takes long runs on its
// own threads.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "media/folder.h"
#include "net/bucket.h"
#include "run/doubts.h"
#include "run/log.h"

namespace carillon::run {

class Depot {
 public:
  struct Wiring {
    media::MediaFolder& folder;
    Random& random;  // usable from any thread
    Log& log;
    std::function<Instant()> now;
  };
  // place.name empty: the folder alone. shelf_limit: bytes.
  Depot(Wiring wiring, const BucketPlace& place, uint64_t shelf_limit, net::BucketPace pace = {});
  ~Depot();
  Depot(const Depot&) = delete;
  Depot& operator=(const Depot&) = delete;

  bool has_bucket() const { return bucket_ != nullptr; }

  // ---- Files that are needed. While a Hold lives its files are not forgotten.
  class Hold;
  using Brought = std::move_only_function<void(Result<std::shared_ptr<Hold>>)>;
  // Names as media/stored_name.h gives them. `done`: at once when all are here, else on a thread of the
  // depot. Fault: unavailable "storage_unreachable", "storage_refused", "storage_stopped", "no_room",
  // "object_damaged"; gone "object_gone". In the folder alone: nothing is looked at, nothing refused.
  void bring(std::vector<std::string> names, Brought done);
  Result<std::shared_ptr<Hold>> bring_now(const std::string& name);  // waits
  // Surely nowhere: not here, and the bucket has said so (or there is none).
  bool is_lost(const std::string& name);

  // ---- Files that arrive and go.
  using Done = std::move_only_function<void(Result<void>)>;
  // The medium lies on its shelf: sends it and its thumbnail. Once `done` without a fault it is stored; then
  // write it down and call settled(), or remove(). Of the facts: id and sha256. Fault: unavailable.
  void send(WorkspaceId workspace, const MediaFacts& file, Done done);
  Result<void> send_now(WorkspaceId workspace, const MediaFacts& file);  // waits
  void settled(MediaId media);
  // Before the store writes it off: what happens to the object is known after a crash.
  void doubt(WorkspaceId workspace, MediaId media);
  // Here at once; in the bucket soon, if it is in doubt. An object of which this installation had none may be
  // somebody else's by now: a copy made from a backup knows uploads that its original has finished.
  void remove(MediaId media);
  // What is in doubt for long or since before `started`, and not being sent.
  std::vector<Doubt> old_doubts(Instant started);

  // ---- Keeping house. On a thread of the depot, one at a time.
  void tend();
  void check(Done done);  // writes to the bucket and reads back

  struct Standing {
    std::string where;  // "s3://bucket/prefix", or the folder
    std::optional<Fault> trouble;
    uint64_t here_bytes = 0, limit_bytes = 0;  // of the shelf
    size_t unsent = 0;                         // files on the shelf that the bucket is not known to have
  };
  Standing standing();

  void stop();    // what is under way ends soon, with "storage_stopped"
  void finish();  // waits until it has ended; nothing is begun after this

 private:
  struct Flight {
    std::vector<std::move_only_function<void(const Result<void>&)>> waiting;
  };
  void bring_rest(std::shared_ptr<Hold> hold, std::vector<std::string> names, Brought done);
  bool pin(const std::string& name);  // false: not here
  void unpin(const std::string& name);
  void land(const std::string& name);
  Result<void> fetch(const std::string& name);
  Result<void> fetch_bytes(const std::string& name);
  Result<void> put(const std::string& name, const std::string& sha256 = "");
  Result<void> send_both(MediaId media, const std::string& sha256);
  bool is_there(const media::MediaFolder::Shelved& file);
  void confirm(const std::string& name, uint64_t bytes);
  void keep_house();
  void send_unsent();
  void make_room();
  bool may_forget(const std::string& name);
  Result<void> heard(Result<void> outcome);  // remembers whether the bucket can be used
  void on_courier(std::move_only_function<void()> work);

  Wiring wiring_;
  uint64_t shelf_limit_;
  std::unique_ptr<Doubts> doubts_;
  std::unique_ptr<net::Bucket> bucket_;
  std::mutex mutex_, room_;  // room_: one at a time makes room
  std::map<std::string, Flight> flights_;
  std::map<std::string, int> pins_;
  std::map<std::string, Instant> used_;
  std::set<std::string> confirmed_, lost_;  // the bucket has it; the bucket has said that it has not
  std::set<MediaId> sending_;
  uint64_t here_bytes_ = 0;
  size_t unsent_ = 0;
  std::optional<Fault> trouble_;
  Instant heard_at_, swept_at_;
  bool tending_ = false, finished_ = false;
  boost::asio::thread_pool couriers_;
};

class Depot::Hold {
 public:
  explicit Hold(Depot& depot) : depot_(depot) {}
  ~Hold() {
    for (const std::string& name : names_) depot_.unpin(name);
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  friend class Depot;
  Depot& depot_;
  std::vector<std::string> names_;
};

}  // namespace carillon::run
