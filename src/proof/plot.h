// What a world is made of: which troubles it has (a random subset, so that each is met alone and together),
// who speaks, what is to be said when. Made from the seed alone.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "model/account.h"
#include "model/post.h"

namespace carillon::proof {

struct Troubles {
  bool crashes = false;        // the server dies between any two effects
  bool take_overs = false;     // it freezes beyond its lease, another takes office, the first wakes up
  bool refusals = false;       // connections refused before a byte
  bool lost_requests = false;  // bytes left, never arrived
  bool lost_answers = false;   // worked on, the answer never came
  bool slow = false;           // answers that take longer than patience
  bool limits = false;         // 429 with and without a word about when
  bool server_errors = false;  // 5xx before and after acceptance
  bool garbage = false;        // truncated JSON, HTML, empty answers
  bool expiry = false;         // tokens die
  bool clock = false;          // the wall clock steps
  bool people = false;         // cancel, pause, edit, reschedule at the worst moment
  bool burst = false;          // many posts at once on one account
  bool late = false;           // the server is down when things are due

  static Troubles draw(Random& dice);
};

struct Part {  // of the plot: one post and when it is planned
  int number = 0;
  Post post;
  Instant made;  // when the person schedules it
};

// The content of post `number`, version `version`: every part begins with its mark ("p7k0v1"), by which the
// oracle finds it in the networks' ledgers.
Content written(int number, int version, size_t parts, bool link, const std::vector<MediaRef>& media);
std::string mark(int number, size_t part);  // "p7k0": the beginning of the first word, any version

}  // namespace carillon::proof
