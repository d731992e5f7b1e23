// The verdict of a drill: what the networks accepted against what the server believes. Pure. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace carillon::proof {

// One thing that should be in public once: a post, or one part of a thread, by one account.
struct Expected {
  std::string network, account;  // the network's id of the account
  std::string mark;              // a word that is in its text and in no other's
  bool can_be_asked = true;      // the network can say whether it is there
  std::string state;             // as the server says: "delivered", "uncertain", …
  std::string external_id;       // likewise; empty unless delivered
  bool told = false;             // a person said so, who knows no id
  std::string where;             // for people: "post 17 on x"
};

struct Accepted {
  std::string network, account, external_id, text;
};

struct Count {
  int64_t delivered = 0, uncertain = 0, doubles = 0, losses = 0;
  std::vector<std::string> findings;
};

Count count(const std::vector<Expected>& expected, const std::vector<Accepted>& accepted);

}  // namespace carillon::proof
