// Where files are made from files: one thing after the other, on a thread of its own, with progress, and
// stopped when somebody cancels it. What was made once is not made again. What is under way is not stored: a
// restart forgets it, and whoever asks again gets it. Thread-safe.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/fault.h"
#include "base/id.h"
#include "base/random.h"
#include "media/folder.h"
#include "model/recipe.h"
#include "run/depot.h"
#include "store/media.h"
#include "store/store.h"

namespace carillon::run {

using ConversionId = Id<struct ConversionNoun>;

struct Conversion {
  enum class State : uint8_t { waiting, working, done, failed, canceled } state = State::waiting;
  ConversionId id;
  WorkspaceId workspace;
  MediaId origin;
  Recipe recipe;
  std::string print;
  double share = 0;             // of the work, 0 to 1
  std::optional<MediaId> made;  // when it is done
  std::optional<Fault> fault;   // when it failed
  Instant asked;
  bool over() const { return state >= State::done; }
};
std::string_view to_text(Conversion::State state);

class Workshop {
 public:
  struct Tools {
    store::Store& store;
    media::MediaFolder& folder;
    Depot& depot;
    Random& random;  // usable from any thread
    std::function<Instant()> now;
  };
  // changed: on the workshop's thread or that of whoever asked; must be quick.
  Workshop(Tools tools, std::function<void(const Conversion&)> changed);
  ~Workshop();  // close()
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  // `over` is called once it is over, with how it ended; not at all when the workshop closes before. Somebody
  // who asked for the same before is given the same conversion. Fault: invalid, what can_derive() says;
  // throttled, "workshop_full".
  Result<Conversion> ask(const store::MediaFile& origin, const Recipe& recipe,
                         std::function<void(const Conversion&)> over = nullptr);
  std::optional<Conversion> find(WorkspaceId workspace, ConversionId id);
  void close();  // stops what is being made, and waits for that
  // Of those that are not over: what it was canceled to; none: there is none.
  std::optional<Conversion> cancel(WorkspaceId workspace, ConversionId id);

 private:
  struct Order {
    Conversion conversion;
    store::MediaFile origin;
    std::stop_source stop;
    std::vector<std::function<void(const Conversion&)>> waiting;
  };
  void work(const std::stop_token& closing);
  void make(Order& order);
  Result<MediaId> make_file(Order& order);
  Result<MediaId> shelve(const Order& order, media::Intake& intake, MediaFacts facts);
  void report(Order& order, double share);
  void finish(Order& order, const std::function<void(Conversion&)>& put);
  Order* order_of(WorkspaceId workspace, ConversionId id);
  void forget_old();

  Tools tools_;
  std::function<void(const Conversion&)> changed_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<std::unique_ptr<Order>> orders_;  // oldest first
  std::jthread thread_;
};

}  // namespace carillon::run
