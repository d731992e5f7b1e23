// What a drill needs before it begins: accounts on every network of the sandbox, a picture, networks that
// misbehave. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "proof/drill_talk.h"

namespace carillon::proof {

struct DrillSpeaker {
  std::string id, external_id;  // ours, the network's
};

struct DrillNetwork {
  std::string name;
  bool threads = false, can_be_asked = false;
  enum class Wants : uint8_t { words, picture, film } wants = Wants::words;  // without which nothing goes out
  bool films = false;                  // it takes films as well as pictures
  int64_t room = 0;                    // posts that its own limits leave room for
  std::vector<DrillSpeaker> speakers;  // several: limits are per account
};

struct DrillStage {
  std::vector<DrillNetwork> networks;
  std::string picture, film;  // ids of media files
};

// Connects as many accounts of each network as `posts` to each of them need to stay below the networks' own
// limits. `say` hears what is being done.
DrillStage set_the_stage(DrillTalk& talk, net::WaitingClient& sandbox, int64_t posts,
                         const std::function<void(std::string_view)>& say);
// From now on the sandbox's networks lose requests and answers, break down, throttle and talk nonsense, at
// random.
void misbehave(net::WaitingClient& sandbox);

}  // namespace carillon::proof
