// What is said: not yet addressed. One Content is frozen per post version and channel override; deliveries
// refer to it, so a million recipients share one. No branches here.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace carillon {

// What stands for a video before it plays: a moment of it, or a picture of its own. Where both are given (the
// picture is that moment), each network is sent the one that it takes.
struct Cover {
  std::optional<Duration> at;
  std::optional<MediaId> picture;
  bool operator==(const Cover&) const = default;
};

struct MediaRef {
  MediaId id;
  std::string alt;               // what the picture shows, for people who do not see it
  std::optional<Cover> cover{};  // of a video
  bool operator==(const MediaRef&) const = default;
};

// A question with answers to choose from; the text beside it asks it.
struct Poll {
  std::vector<std::string> options;
  Duration open = std::chrono::hours(24);  // how long votes are taken
  bool multiple = false;                   // more than one answer may be chosen
  bool operator==(const Poll&) const = default;
};

// One message of a thread. The first part is the post itself.
struct ContentPart {
  std::string text;
  std::string link;  // a link card where the network has one, else appended to the text
  std::vector<MediaRef> media;
  std::optional<Poll> poll;
  bool comment = false;  // a comment of our own under the post: where there are threads, simply the next part
  bool operator==(const ContentPart&) const = default;
};

struct Content {
  std::vector<ContentPart> parts;  // at least one; more than one is a thread
  boost::json::object options;     // per-channel options, e.g. {"visibility":"unlisted"} for mastodon
  bool operator==(const Content&) const = default;
};

// What is known of a stored media file: measured, never taken from its name.
struct MediaFacts {
  MediaId id;
  std::string mime;  // sniffed: image/jpeg, image/png, image/gif, image/webp, video/mp4, …
  uint64_t bytes = 0;
  uint32_t width = 0, height = 0;  // pixels
  uint32_t frames = 1;
  Duration duration{0};  // of a video
  std::string codec;     // "h264/aac"; empty for images
  std::string sha256;    // hex, of the original
  // Not of the file but of its place in a post: the picture that was chosen as its cover; none or one.
  std::vector<MediaFacts> cover{};
  bool operator==(const MediaFacts&) const = default;
};

boost::json::object to_json(const Content& content);
Result<Content> content_from_json(const boost::json::value& json);  // fault: invalid, names the field
// Canonical hash (hex SHA-256) over the parts and options: equal contents, equal prints.
std::string fingerprint(const Content& content);

}  // namespace carillon
