// What a network can do and where its limits are, as data with a source and a date. Traits decide nothing.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace carillon::channels {

// At most `limit` requests in any window of that length; `scope` says who shares it.
struct LaneRule {
  enum class Scope : uint8_t { account, app } scope = Scope::account;
  std::string name;   // "post", "upload", "read"
  int64_t limit = 0;  // per window; 0: no known limit
  Duration window{0};
  std::string source;  // address of the document and its date
};

// Width to height. {191, 100} is 1.91:1; {0, 0}: not stated.
struct Ratio {
  uint32_t width = 0, height = 0;
  bool stated() const { return width > 0 && height > 0; }
  double value() const { return stated() ? static_cast<double>(width) / height : 0; }
};

// What a file of one kind must be. 0, {} or empty: not stated by the network.
struct MediaRule {
  std::string kind;  // "image", "gif", "video", "document"
  std::string as;    // only when published so: "reel", "story"; empty: however it is published
  std::vector<std::string> mimes;
  uint64_t min_bytes = 0, max_bytes = 0;
  uint32_t min_width = 0, min_height = 0, max_width = 0, max_height = 0;  // pixels
  uint64_t max_pixels = 0;                                                // width times height
  uint32_t max_sum = 0;                                                   // width and height together
  uint32_t shown_width = 0;  // wider ones are made smaller there: copies of ours are made no wider
  Ratio narrowest, widest;
  uint32_t max_frames = 0;
  Duration min_duration{0}, max_duration{0};
  std::vector<std::string> codecs, sound;  // of a video: {"h264", "hevc"}, {"aac"}
  uint32_t max_count = 0;                  // of this kind in one post
  uint32_t max_alt = 0;                    // characters of alt text; 0: none taken
  bool fetched = false;                    // not taken as bytes, only from a public address of this server
  std::string source;
};

// Which cover a video may be given there.
struct CoverRule {
  std::string as;       // only when published so; empty: however
  bool moment = false;  // takes a moment of the video
  bool picture = false;
  std::vector<std::string> mimes;  // of the picture
  uint64_t max_bytes = 0;
  std::string source;
};

// A shape that pictures have there, offered by name where they are cropped.
struct CropShape {
  std::string label;  // "portrait"
  Ratio ratio;
};

struct Option {  // a per-channel option a person can set
  std::string name, label, help;
  std::vector<std::string> values;  // closed list; empty: free text
  std::string initial;
};

struct ScopeNeed {
  std::string name, why;  // shown when connecting
  bool always = true;     // false: only some of its identities or kinds of posts need it
};

// What a post can be. A network lists those that its API takes.
enum class Kind : uint8_t {
  text,
  link,
  image,
  images,
  video,
  reel,
  story,
  document,
  article,
  poll,
  thread,
  comment
};
inline constexpr std::array kind_names = {"text",  "link",     "image",   "images", "video",  "reel",
                                          "story", "document", "article", "poll",   "thread", "comment"};

struct KindRule {
  Kind kind;
  std::string note;  // what a person should know about it there: "up to 4", "MP4, 3 s to 15 min"
};

struct PollRule {
  uint32_t max_options = 4;  // at least two always
  uint32_t max_option = 25;  // characters of one
  Duration min_open{0}, max_open{0};
  bool multiple = false;      // several answers can be allowed
  bool beside_media = false;  // pictures may stand beside it
  std::string source;
};

// What a person types where an account is connected by token.
struct ConnectField {
  std::string name, label, help, example;
  bool secret = false;  // typed unseen, sealed, never shown again
  bool optional = false;
};

enum class ConnectBy : uint8_t { oauth, token };

// Where a network lives that has one address for everybody.
struct Home {
  std::string authorize, api;  // "https://x.com", "https://api.x.com"; empty: each server has its own
};

struct Traits {
  std::string network;       // "x"
  std::string label;         // "X"
  uint32_t max_text = 0;     // in `unit`
  std::string unit;          // "weighted characters", "graphemes", "UTF-16 units"
  uint32_t max_caption = 0;  // text beside media, when that is another number; 0: same
  uint32_t max_media = 0;
  bool thread = false;           // parts can be chained
  bool comment = false;          // takes a comment of our own under the post; thread: as its next part
  bool link_card = false;        // takes a link of its own
  std::optional<PollRule> poll;  // none: no polls through the API
  std::vector<KindRule> kinds;   // everything a post can be there
  std::string recovery;          // what is done when the answer to publishing is lost, in words
  uint32_t url_weight = 0;       // every URL counts as this; 0: as it is
  std::vector<MediaRule> media;
  std::vector<CoverRule> covers;  // none: its API takes no cover
  std::vector<CropShape> shapes;
  bool fetches_media = false;  // takes no bytes: it fetches files from a public address of this server
  std::vector<LaneRule> lanes;
  std::vector<std::string> post_lanes;  // lanes that publishing takes: claims wait for a slot in all of them
  uint32_t parallel = 1;                // deliveries of one account in flight together; 1: serial
  Duration settling{0};                 // a just-made post is certainly visible to a look-up after this span
  bool can_look_up = false;             // a lost answer can be cleared up by asking
  Duration key_lives{0};  // a post sent again under its key makes no second one for this long; 0: no keys
  // An option's name belongs to one network, or means the same on all that have it.
  std::vector<Option> options;
  Home home;
  ConnectBy connect_by = ConnectBy::oauth;
  std::vector<ConnectField> connect_fields;  // by token: what is typed, in order
  std::vector<ScopeNeed> scopes;
  std::string connect_help;  // what a person needs and where to get it
  std::string source;        // where the text limits are documented, with date
};

// A lane to close or correct, learned from an answer.
struct LaneNews {
  std::string lane;  // name within the traits
  Instant closed_until;
  std::string why;
};

enum class Severity : uint8_t { blocker, warning, info };

struct Finding {
  std::string id;  // "text_too_long"
  Severity severity = Severity::blocker;
  std::string field;  // "parts[0].text"
  std::string text;   // what is wrong, what was seen, why it matters
  std::string fix;    // what to do
};

struct CheckReport {
  uint64_t counted = 0, limit = 0;  // of this part's text, as the network counts
  std::string unit;
  std::string as;  // how it is published there, where that chooses the rules of media: "reel"
  std::vector<Finding> findings;
};

}  // namespace carillon::channels
