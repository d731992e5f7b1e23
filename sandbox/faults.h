// Faults on demand: which order, if any, applies to this request, and what it does to an answer.
// Refuses to know the networks: how a limit or a breakdown looks there is theirs.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "sandbox/world.h"

namespace carillon::sandbox {

class Faults {
 public:
  explicit Faults(Random& random) : random_(random) {}

  static bool known(std::string_view kind);
  int64_t order(FaultOrder fault);
  bool remove(int64_t id);
  void heal() { orders_.clear(); }
  const std::vector<FaultOrder>& orders() const { return orders_; }
  // The first order that matches, used up by one. `path` with the network in front: "/x/2/tweets".
  std::optional<FaultOrder> strike(std::string_view network, std::string_view method, std::string_view path);
  // Is what this request brings taken, worked on and given up? Asked by a network that works on things, and
  // only then is such an order used.
  bool gives_up(std::string_view network, std::string_view method, std::string_view path);
  // What becomes of an answer after the work was done.
  Answer spoil(const FaultOrder& fault, wire::Response response);

 private:
  std::optional<FaultOrder> use_up(bool later, std::string_view network, std::string_view method,
                                   std::string_view path);

  Random& random_;
  std::vector<FaultOrder> orders_;
  int64_t last_ = 0;
};

}  // namespace carillon::sandbox
