// Freezing what is said: from then on a delivery refers to it. Variables are expanded, links marked and
// placed for each account (plan/wording.h); accounts that say the same share one content. Storage threads.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/post.h"
#include "plan/wording.h"
#include "store/connection.h"
#include "store/posts.h"

namespace carillon::store {

class Freezer {
 public:
  Freezer(Connection& connection, const Post& post, Minter& mint)
      : connection_(connection), post_(post), mint_(mint), words_(plan::needs_wording(post)) {}

  struct Frozen {
    ContentId id;
    uint32_t parts = 0;
  };
  Frozen of(const Target& target);

 private:
  Frozen freeze(const Content& content);
  Content said(const Target& target);

  Connection& connection_;
  const Post& post_;
  Minter& mint_;
  bool words_;
  std::optional<plan::Wording> wording_;
  std::vector<std::pair<Content, Frozen>> said_;
  std::optional<Frozen> common_;
};

// The post has another time, and its texts speak of it: what still waits says the new one.
void freeze_again(Connection& connection, const Post& post);

}  // namespace carillon::store
