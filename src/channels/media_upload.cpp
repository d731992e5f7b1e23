#include "channels/media_upload.h"

#include <boost/json/array.hpp>

#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "wire/url.h"

namespace carillon::channels {

namespace json = boost::json;

std::string file_name(const MediaFacts& facts) {
  const auto slash = facts.mime.find('/');
  std::string ending = slash == std::string::npos ? "bin" : facts.mime.substr(slash + 1);
  if (ending == "jpeg") ending = "jpg";
  if (ending == "quicktime") ending = "mov";
  return "media." + ending;
}

Duration time_for(uint64_t bytes) {
  return std::chrono::seconds(30) + std::chrono::seconds(bytes / (128 << 10));
}

wire::Part text_part(std::string name, std::string value) {
  wire::Part part;
  part.name = std::move(name);
  part.value = std::move(value);
  return part;
}

wire::Part file_part(std::string name, const MediaFacts& facts) {
  return {std::move(name), file_name(facts), facts.mime, wire::MediaSlice{facts.id, 0, facts.bytes}};
}

wire::Multipart form_of(const Job& job, std::vector<wire::Part> parts) {
  return {"carillon-" + job.id.text(), std::move(parts)};
}

bool belongs_to(const Account& from, std::string_view domain, std::string_view address) {
  const auto url = wire::parse_url(address), base = wire::parse_url(from.api_base);
  if (!url || !base) return false;
  const bool inside = url->host == domain || url->host.ends_with("." + std::string(domain));
  return url->origin() == base->origin() || (url->scheme == "https" && inside);
}

std::string_view kind_of(const MediaFacts& facts) {
  if (facts.mime == "image/gif") return "gif";
  if (facts.mime.starts_with("image/")) return "image";
  if (facts.mime.starts_with("video/")) return "video";
  if (facts.mime.starts_with("audio/")) return "audio";
  if (facts.mime == "application/pdf") return "document";
  return "file";
}

std::vector<std::string> uploaded(const json::object& facts) {
  std::vector<std::string> ids;
  const json::value* list = facts.if_contains("media");
  if (list == nullptr || !list->is_array()) return ids;
  for (const json::value& id : list->get_array()) ids.push_back(as_text(id));
  return ids;
}

void add_uploaded(json::object& facts, const std::string& id, Instant now) {
  if (!facts.contains("media")) {
    facts["media"] = json::array();
    note(facts, "uploaded_at", now);
  }
  if (json::array* list = facts["media"].if_array()) list->push_back(json::value(id));
}

bool uploads_stale(const json::object& facts, Instant now) {
  const auto at = noted(facts, "uploaded_at");
  return at && now - *at > std::chrono::hours(23);
}

void forget_uploads(json::object& facts) {
  facts.erase("media");
  facts.erase("uploaded_at");
}

}  // namespace carillon::channels
