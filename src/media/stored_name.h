// Where a medium lies below the media folder: a rule over its id, so that whoever has to stream it needs no
// table. The id's tail is random; nothing a person typed is in the name. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace carillon::media {

// "3f/019a…": 256 folders.
inline std::string stored_name(MediaId id) {
  const std::string text = id.text();
  return text.substr(text.size() - 2) + "/" + text;
}

inline constexpr std::string_view thumbnail_ending = ".thumb";

inline std::string thumbnail_name(MediaId id) {
  return stored_name(id) + std::string(thumbnail_ending);
}

inline bool is_thumbnail(std::string_view name) {
  return name.ends_with(thumbnail_ending);
}

// Whose file a name is; none: no name that one of these two gives.
inline std::optional<MediaId> medium_of(std::string_view name) {
  if (is_thumbnail(name)) name.remove_suffix(thumbnail_ending.size());
  const auto id = name.size() > 3 ? MediaId::parse(name.substr(3)) : std::nullopt;
  return id && stored_name(*id) == name ? id : std::nullopt;
}

inline bool is_stored_name(std::string_view name) {
  return medium_of(name).has_value();
}

}  // namespace carillon::media
