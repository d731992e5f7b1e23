// Media for LinkedIn: register it, put its bytes where LinkedIn says (a video in pieces), wait until it is
// processed. Nobody sees any of it, so all of it may be repeated. https://learn.microsoft.com/en-us/linkedin/
// marketing/community-management/shares/images-api, …/videos-api, …/documents-api (2026-09)
#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "base/text.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

namespace {

using Next = std::variant<Progress, Wait, Fault>;

constexpr Duration addresses_live = std::chrono::hours(23);  // uploadUrlsExpireAt: a day
constexpr int64_t most_polls = 400;                          // about half an hour of looking

// "images", "videos", "documents": the collection it belongs to.
std::string collection_of(const MediaFacts& file) {
  const auto kind = kind_of(file);
  return kind == "video" ? "videos" : kind == "document" ? "documents" : "images";
}

std::string name_of(const MediaFacts& file) {  // "image": its name in answers
  std::string name = collection_of(file);
  name.pop_back();
  return name;
}

void forget_current(json::object& facts) {
  for (const char* name : {"urn", "addresses", "pieces", "token", "cover_to", "begun_at", "polls"})
    facts.erase(name);
}

bool has_cover(const MediaFacts& file) {
  return kind_of(file) == "video" && !file.cover.empty();
}

Send begin(const Job& job, json::object facts) {
  forget_current(facts);
  note(facts, "begun_at", job.now);
  const MediaFacts& file = job.media[uploaded(facts).size()];
  json::object wish = {{"owner", job.from.external_id}};
  if (kind_of(file) == "video") {
    wish["fileSizeBytes"] = file.bytes;
    wish["uploadCaptions"] = false;
    wish["uploadThumbnail"] = has_cover(file);
  }
  auto made = json_request(job.from, "/rest/" + collection_of(file) + "?action=initializeUpload",
                           {{"initializeUploadRequest", std::move(wish)}});
  return {std::move(made), Repeat::safe, false, {"media"}, {"begin", std::move(facts)}};
}

// PUT of one piece; images and documents have one, and want the token with it.
Send put(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  const json::value all(facts["addresses"]), done(facts["pieces"]);
  const size_t which = done.is_array() ? done.get_array().size() : 0;
  const json::value piece =
      all.is_array() && which < all.get_array().size() ? all.get_array()[which] : json::value();
  const auto first = static_cast<uint64_t>(number_at(piece, {"first"}).value_or(0));
  const auto last = static_cast<uint64_t>(number_at(piece, {"last"}).value_or(0));
  wire::Request made;
  made.method = "PUT";
  made.url = text_at(piece, {"to"});
  made.headers = {{"Content-Type", "application/octet-stream"}};
  made.body = wire::MediaSlice{file.id, first, last + 1 - first};
  if (kind_of(file) != "video" && belongs_to(job.from, "linkedin.com", made.url))
    made.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  made.timeout = time_for(last + 1 - first);
  return {std::move(made), Repeat::safe, false, {"media"}, {"put", std::move(facts)}};
}

// The cover has an address of its own, between the last piece and the end; it takes no token either.
Send put_cover(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  if (!has_cover(file)) return begin(job, std::move(facts));  // cannot be
  const MediaFacts& picture = file.cover[0];
  wire::Request made;
  made.method = "PUT";
  made.url = kept_text(facts, "cover_to");
  made.headers = {{"Content-Type", "application/octet-stream"}, {"media-type-family", "STILLIMAGE"}};
  made.body = wire::MediaSlice{picture.id, 0, picture.bytes};
  made.timeout = time_for(picture.bytes);
  return {std::move(made), Repeat::safe, false, {"media"}, {"thumbnail", std::move(facts)}};
}

Send finish(const Job& job, json::object facts) {
  const json::object wish = {{"video", kept_text(facts, "urn")},
                             {"uploadToken", kept_text(facts, "token")},
                             {"uploadedPartIds", facts["pieces"]}};
  auto made = json_request(job.from, "/rest/videos?action=finalizeUpload", {{"finalizeUploadRequest", wish}});
  return {std::move(made), Repeat::safe, false, {"media"}, {"finish", std::move(facts)}};
}

Send look(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  const std::string path =
      "/rest/" + collection_of(file) + "/" + wire::percent_encode(kept_text(facts, "urn"));
  return {request(job.from, "GET", path), Repeat::safe, false, {"read"}, {"processing", std::move(facts)}};
}

// The addresses of a video's pieces must cover the file without a gap.
bool covers(const json::array& pieces, uint64_t bytes) {
  uint64_t next = 0;
  for (const json::value& piece : pieces) {
    const auto first = number_at(piece, {"first"}), last = number_at(piece, {"last"});
    if (!first || !last || static_cast<uint64_t>(*first) != next || *last < *first) return false;
    if (!wire::parse_url(text_at(piece, {"to"}))) return false;
    next = static_cast<uint64_t>(*last) + 1;
  }
  return next == bytes;
}

Next on_begun(const Job& job, json::object facts, const wire::Response& response) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  const auto answer = read_json(response.body);
  const std::string urn = answer ? text_at(*answer, {"value", name_of(file)}) : "";
  json::array pieces;
  if (answer && kind_of(file) == "video") {
    for (const json::value& one : list_at(*answer, {"value", "uploadInstructions"})) {
      pieces.push_back({{"to", text_at(one, {"uploadUrl"})},
                        {"first", number_at(one, {"firstByte"}).value_or(-1)},
                        {"last", number_at(one, {"lastByte"}).value_or(-1)}});
    }
  } else if (answer && file.bytes > 0) {
    pieces.push_back({{"to", text_at(*answer, {"value", "uploadUrl"})},
                      {"first", 0},
                      {"last", static_cast<int64_t>(file.bytes) - 1}});
  }
  if (urn.empty() || !covers(pieces, file.bytes)) return unreadable(linkedin_traits().label, response);
  if (has_cover(file)) {
    const std::string address = text_at(*answer, {"value", "thumbnailUploadUrl"});
    if (!wire::parse_url(address)) return unreadable(linkedin_traits().label, response);
    facts["cover_to"] = address;
  }
  facts["urn"] = urn;
  facts["addresses"] = std::move(pieces);
  facts["pieces"] = json::array();
  if (const std::string token = text_at(*answer, {"value", "uploadToken"}); !token.empty())
    facts["token"] = token;
  return Progress{"put", std::move(facts)};
}

Next on_put(const Job& job, json::object facts, const wire::Response& response) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  const bool video = kind_of(file) == "video";
  const auto tag = wire::header(response.headers, "etag");
  if (video && !tag) return unreadable(linkedin_traits().label, response);
  json::array* pieces = facts["pieces"].if_array();
  const json::array* all = facts["addresses"].if_array();
  if (!pieces || !all) return unreadable(linkedin_traits().label, response);
  pieces->push_back(json::value(video ? *tag : "sent"));
  const bool more = pieces->size() < all->size();
  const char* last = has_cover(file) ? "thumbnail" : video ? "finish" : "processing";
  return Progress{more ? "put" : last, std::move(facts)};
}

Next on_look(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string status = answer ? text_at(*answer, {"status"}) : "";
  json::object facts = progress.facts;
  // Apps for persons may not read media everywhere: then the post itself says whether it is ready.
  const bool may_not_look =
      response.status == 403 && answer && text_at(*answer, {"message"}).starts_with("Not enough permissions");
  if (!accepted(response) && !may_not_look) return fault_in(response, job.now);
  if (may_not_look || status == "AVAILABLE") {
    add_uploaded(facts, kept_text(facts, "urn"), job.now);
    forget_current(facts);
    return Progress{"start", std::move(facts)};
  }
  const int64_t polls = kept_number(facts, "polls") + 1;
  if (status == "PROCESSING_FAILED" || polls > most_polls) {
    const std::string words = polls > most_polls
                                  ? "processing does not end"
                                  : "processing failed: " + text_at(*answer, {"processingFailureReason"});
    return refused(Refusal::media_invalid, {linkedin_traits().label, response.status, words, response.body});
  }
  if (status != "PROCESSING" && status != "WAITING_UPLOAD")
    return unreadable(linkedin_traits().label, response);
  facts["polls"] = polls;
  return Wait{std::chrono::seconds(polls < 5 ? 2 : 5), {"processing", std::move(facts)}};
}

// An address for bytes that is no good any more: everything about this medium is begun again, once.
bool begin_again(json::object& facts, const wire::Response& response) {
  const bool dead = response.status >= 400 && response.status < 500 && response.status != 429;
  if (!dead || facts.contains("begun_again")) return false;
  facts["begun_again"] = true;
  return true;
}

}  // namespace

bool is_upload_step(std::string_view step) {
  return step == "begin" || step == "put" || step == "thumbnail" || step == "finish" || step == "processing";
}

std::optional<Progress> next_upload(const Job& job, const json::object& facts) {
  if (job.body().comment || uploaded(facts).size() >= job.media.size()) return std::nullopt;
  return Progress{"begin", facts};
}

Send upload_request(const Job& job, const Progress& progress) {
  const auto begun = noted(progress.facts, "begun_at");
  const bool cold =
      uploaded(progress.facts).size() >= job.media.size();  // cannot be: begin with the first again
  json::object facts = progress.facts;
  if (cold) forget_uploads(facts);
  const bool stale = cold || !begun || job.now - *begun > addresses_live || !facts.contains("urn");
  if (progress.step == "begin" || stale) return begin(job, std::move(facts));
  if (progress.step == "put") return put(job, std::move(facts));
  if (progress.step == "thumbnail") return put_cover(job, std::move(facts));
  return progress.step == "finish" ? finish(job, std::move(facts)) : look(job, std::move(facts));
}

Next on_upload_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (uploaded(progress.facts).size() >= job.media.size())
    return unreadable(linkedin_traits().label, response);
  if (progress.step == "processing") return on_look(job, progress, response);
  json::object facts = progress.facts;
  if (!accepted(response)) {
    const bool bytes = progress.step == "put" || progress.step == "thumbnail";
    if (bytes && begin_again(facts, response)) return Progress{"begin", std::move(facts)};
    return fault_in(response, job.now);
  }
  if (progress.step == "begin") return on_begun(job, std::move(facts), response);
  if (progress.step == "put") return on_put(job, std::move(facts), response);
  return Progress{progress.step == "thumbnail" ? "finish" : "processing", std::move(facts)};
}

}  // namespace carillon::channels::linkedin
