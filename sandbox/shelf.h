// What a network keeps: posts and media. Values with lookups; the rules are the networks'.
#pragma once

#include <boost/json/object.hpp>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.h"
#include "sandbox/call.h"

namespace carillon::sandbox {

struct Post {
  std::string id, url;
  size_t person = 0;                 // index of the identity that spoke
  std::string text;                  // as typed, without markup
  std::string reply_to, thread;      // thread: the first post of a chain of replies
  std::string link, group;           // group: of an album
  std::vector<std::string> media;    // ids in the gallery
  std::vector<std::string> choices;  // of a poll
  Duration open{0};                  // of a poll: how long votes are taken
  bool several = false;              // of a poll: more than one choice
  std::string visibility = "public", spoiler, language;
  bool sensitive = false;
  Instant at;
  bool out = true;    // people can see it; false: kept back until `at`, or for good
  bool gone = false;  // deleted
};

// Posts in the order they came. References stay valid.
class Shelf {
 public:
  Post& add(Post post);
  Post* find(std::string_view id);
  const Post* find(std::string_view id) const;
  const std::deque<Post>& posts() const { return posts_; }
  std::deque<Post>& posts() { return posts_; }

 private:
  std::deque<Post> posts_;
  std::unordered_map<std::string, size_t> places_;
};

struct Medium {
  std::string id, type, category, alt;
  uint64_t size = 0;
  size_t person = 0;
  std::string bytes;                     // of a small image; empty: only known by size
  Instant made, ready;                   // ready: processing is over
  std::string failure;                   // why processing fails; empty: it does not
  bool used = false, loose = false;      // loose: not published by itself (Facebook)
  std::map<int64_t, uint64_t> segments;  // of a chunked upload
  uint64_t promised = 0;                 // bytes announced; 0: came in one piece
  bool complete = true;
  std::string cover;   // of a video: the picture in the gallery that was given for it
  std::string moment;  // or the moment: "1.5 s"

  std::string_view kind() const;  // "image", "gif", "video"
};

class Gallery {
 public:
  Medium& add(Medium medium);
  Medium* find(std::string_view id);
  // Keeps the bytes of small images to show them; drops the oldest when many were kept.
  void keep_bytes(Medium& medium, std::string_view bytes);

 private:
  std::unordered_map<std::string, Medium> media_;
  std::deque<std::string> kept_;
  uint64_t kept_bytes_ = 0;
};

// How liked is this after some time: grows with time, differs per post, needs no memory.
struct Applause {
  int64_t views = 0, likes = 0, shares = 0, replies = 0;
};
Applause applause(std::string_view id, Instant at, Instant now);
uint64_t fingerprint(std::string_view text);  // FNV-1a: stable, not for secrets

}  // namespace carillon::sandbox
