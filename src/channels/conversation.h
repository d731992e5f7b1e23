// The frame of a conversation: hands each event to its own function, so that a network's folder reads like
// the talk itself. Knows no network. Pure, any thread.
#pragma once

#include "channels/channel.h"

namespace carillon::channels {

class Conversation : public Channel {
 public:
  Move step(const Job& job, const Progress& progress, const Event& event) const final;

 protected:
  // Make the request of this progress.
  virtual Move due(const Job& job, const Progress& progress) const = 0;
  virtual Move replied(const Job& job, const Progress& progress, const wire::Response& response) const = 0;
  virtual Move vanished(const Job& job, const Progress& progress) const = 0;
  virtual Move disproved(const Job& job, const Progress& progress) const = 0;
};

}  // namespace carillon::channels
