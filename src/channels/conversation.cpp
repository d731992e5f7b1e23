#include "channels/conversation.h"

namespace carillon::channels {

Move Conversation::step(const Job& job, const Progress& progress, const Event& event) const {
  if (const auto* reply = std::get_if<Replied>(&event)) return replied(job, progress, reply->response);
  if (std::holds_alternative<Vanished>(event)) return vanished(job, progress);
  if (std::holds_alternative<Disproved>(event)) return disproved(job, progress);
  return due(job, progress);
}

}  // namespace carillon::channels
