// What uploads of all networks need: a file's name from its kind, time enough for its size, form parts, and
// whether what was uploaded is still good. Pure, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "channels/channel.h"
#include "wire/request.h"

namespace carillon::channels {

std::string file_name(const MediaFacts& facts);  // "media.jpg": the original name is nobody's business
Duration time_for(uint64_t bytes);               // 30 s and what a slow line needs
wire::Part text_part(std::string name, std::string value);
wire::Part file_part(std::string name, const MediaFacts& facts);  // the whole file, streamed
// A form of parts; its boundary is the delivery's id, so that the same request has the same bytes after a
// restart.
wire::Multipart form_of(const Job& job, std::vector<wire::Part> parts);
// May the token go to this address that an answer names? To where the account's calls go, and over https to
// the network's own domain ("facebook.com" and all below it).
bool belongs_to(const Account& from, std::string_view domain, std::string_view address);
// Kind of a medium as the rules name it: "image", "gif", "video", "audio", "document", "file".
std::string_view kind_of(const MediaFacts& facts);

// The ids that the network gave to the media of this part, in order: the fact "media".
std::vector<std::string> uploaded(const boost::json::object& facts);
void add_uploaded(boost::json::object& facts, const std::string& id, Instant now);
// Networks drop unused uploads after a day: after 23 hours they are made again.
bool uploads_stale(const boost::json::object& facts, Instant now);
void forget_uploads(boost::json::object& facts);

}  // namespace carillon::channels
