// Where a medium lies below the media folder: a rule over its id, so that whoever has to stream it needs no table.
// The id's tail is random; nothing a person typed is in the name. Any thread.
#pragma once

#include <string>

#include "base/id.h"

namespace carillon::media {

// "3f/019a…": 256 folders.
inline std::string stored_name(MediaId id) {
  const std::string text = id.text();
  return text.substr(text.size() - 2) + "/" + text;
}

inline std::string thumbnail_name(MediaId id) { return stored_name(id) + ".thumb"; }

}  // namespace carillon::media
