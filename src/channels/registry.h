// The explicit list of networks. Adding one means adding a folder and a line in registry.cpp.
#pragma once

#include <span>
#include <string_view>

#include "channels/auth.h"
#include "channels/channel.h"

namespace carillon::channels {

struct Entry {
  const Channel* channel;
  const Auth* auth;
};

class Registry {
 public:
  virtual ~Registry() = default;
  virtual std::span<const Entry> all() const = 0;
  const Entry* find(std::string_view network) const;  // nullptr: not known
};

// The networks that are shipped.
const Registry& shipped();

}  // namespace carillon::channels
