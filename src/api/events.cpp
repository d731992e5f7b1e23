#include "api/events.h"

#include <algorithm>
#include <charconv>

#include "api/json.h"

namespace carillon::api {

namespace {
constexpr size_t ring = 1024;  // events kept per workspace

std::string data_of(const Event& event) {
  Json json;
  json.begin().field("kind", event.kind).field("id", event.id);
  if (!event.post.empty()) json.field("post", event.post);
  if (!event.state.empty()) json.field("state", event.state);
  return json.end().take();
}
}  // namespace

void Events::keep(WorkspaceId workspace, const Event& event, const std::string& data) {
  auto& kept = rings_[workspace];
  kept.push_back({++number_, data, std::string(event.kind)});
  if (kept.size() > ring) kept.pop_front();
}

void Events::publish(WorkspaceId workspace, const Event& event) {
  const std::string data = data_of(event);
  const std::lock_guard lock(mutex_);
  if (workspace.empty()) {
    for (auto& entry : rings_) keep(entry.first, event, data);
  } else {
    keep(workspace, event, data);
  }
  for (const auto& [id, subscriber] : subscribers_) {
    if (workspace.empty() || subscriber.workspace == workspace) subscriber.wake();
  }
}

std::string Events::frame(const Kept& kept) const {
  return "id: " + boot_ + "-" + std::to_string(kept.number) + "\nevent: " + kept.kind +
         "\ndata: " + kept.data + "\n\n";
}

Events::Position Events::position(WorkspaceId workspace, std::string_view last_event_id) {
  const std::lock_guard lock(mutex_);
  const auto& kept = rings_[workspace];
  if (last_event_id.empty()) return {number_, false};
  const auto dash = last_event_id.rfind('-');
  uint64_t number = 0;
  const bool ours =
      dash != std::string_view::npos && last_event_id.substr(0, dash) == boot_ &&
      std::from_chars(last_event_id.data() + dash + 1, last_event_id.data() + last_event_id.size(), number)
              .ec == std::errc{} &&
      number <= number_;
  const bool complete = ours && (kept.size() < ring || kept.front().number <= number + 1);
  return complete ? Position{number, false} : Position{number_, true};
}

std::string Events::after(WorkspaceId workspace, Position& position) {
  const std::lock_guard lock(mutex_);
  std::string frames;
  const auto& kept = rings_[workspace];
  if (position.missed || (kept.size() == ring && kept.front().number > position.number + 1)) {
    position = {number_, false};
    return frame({number_, data_of({.kind = "system", .id = "missed"}), "system"});
  }
  auto next = std::ranges::upper_bound(kept, position.number, {}, &Kept::number);
  for (; next != kept.end(); ++next) {
    frames += frame(*next);
    position.number = next->number;
  }
  return frames;
}

uint64_t Events::subscribe(WorkspaceId workspace, std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  subscribers_.emplace(++subscription_, Subscriber{workspace, std::move(wake)});
  return subscription_;
}

void Events::unsubscribe(uint64_t subscription) {
  const std::lock_guard lock(mutex_);
  subscribers_.erase(subscription);
}

void Events::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& [id, subscriber] : subscribers_) subscriber.wake();
}

bool Events::closed() {
  const std::lock_guard lock(mutex_);
  return closed_;
}

size_t Events::listeners() {
  const std::lock_guard lock(mutex_);
  return subscribers_.size();
}

}  // namespace carillon::api
