// Live events: what changed, per workspace, in a ring of the most recent ones, so that a page that was away
// for a moment can resume. An event says what changed, not how: whoever hears it asks. Thread-safe; streams
// run on the listener's io_context.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"

namespace carillon::api {

struct Event {
  std::string_view kind;    // post | delivery | account | notice | system | words
  std::string id;           // of the thing that changed
  std::string post, state;  // of a delivery: its post; the new state; may be empty
};

class Events {
 public:
  // boot tells this run of the server from earlier ones: numbers start again.
  explicit Events(std::string boot) : boot_(std::move(boot)) {}

  // Nobody in particular (an empty workspace) means everybody.
  void publish(WorkspaceId workspace, const Event& event);

  // Where a stream stands: after Last-Event-ID, or now. An id of another run, or one that is not kept any
  // more, stands at the very beginning, and the stream is told to ask for everything.
  struct Position {
    uint64_t number = 0;
    bool missed = false;
  };
  Position position(WorkspaceId workspace, std::string_view last_event_id);
  // Frames after the position, ready to be written; moves it.
  std::string after(WorkspaceId workspace, Position& position);

  // `wake` is called on the publisher's thread and must be quick.
  uint64_t subscribe(WorkspaceId workspace, std::function<void()> wake);
  void unsubscribe(uint64_t subscription);

  // Ends all streams: the server stops.
  void close();
  bool closed();
  size_t listeners();

 private:
  struct Kept {
    uint64_t number;
    std::string data;
    std::string kind;
  };
  struct Subscriber {
    WorkspaceId workspace;
    std::function<void()> wake;
  };
  std::string frame(const Kept& kept) const;
  void keep(WorkspaceId workspace, const Event& event, const std::string& data);

  const std::string boot_;
  std::mutex mutex_;
  bool closed_ = false;
  uint64_t number_ = 0;
  std::unordered_map<WorkspaceId, std::deque<Kept>> rings_;
  uint64_t subscription_ = 0;
  std::map<uint64_t, Subscriber> subscribers_;
};

}  // namespace carillon::api
