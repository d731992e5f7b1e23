// What `carillon post` was asked, turned into what the API takes. Refuses to know where the server is. Any
// thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace carillon::cli {

struct Composition {
  std::vector<std::string> texts;                              // the post, then the other parts of a thread
  std::vector<std::string> accounts;                           // ids
  std::vector<std::string> media;                              // ids, of the first part
  std::vector<std::string> alts;                               // in the order of media
  std::vector<std::string> poll;                               // answers of a poll beside the first part
  std::string poll_open, comment;                              // "3d"; a first comment under the post
  std::vector<std::pair<std::string, std::string>> own;        // account id, a text of its own
  std::vector<std::pair<std::string, std::string>> own_media;  // account id, media id; empty: none at all
  std::string link, title, at, zone, late, campaign;           // campaign: id
  std::string queue;                                           // next | best: a slot instead of a time
  std::vector<std::string> tags, options;                      // options: "name=value"
  std::string utm_source, utm_medium, utm_campaign, utm_content;  // marks on links
  bool no_utm = false;
  std::string link_in;  // usual | text | comment: where the link goes
  bool draft = false;
};

// The body of POST /api/v1/posts. Fault: invalid with code "usage".
Result<boost::json::object> compose(const Composition& wanted, Instant now);

// "2026-11-20 09:30" (wall time in `zone`), "2026-11-20T09:30:00+01:00" (an instant), "+90s" (from now):
// {"local": …, "zone": …}. An empty zone is left out: the workspace's. Fault: invalid with code "usage".
Result<boost::json::object> when(std::string_view at, std::string_view zone, Instant now);

}  // namespace carillon::cli
