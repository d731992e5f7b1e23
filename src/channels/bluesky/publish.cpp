// A post on Bluesky: blobs first, then who is mentioned, then what is replied to, then the record under a key
// of our own. Sending that again changes nothing, so a lost answer costs nothing.
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "channels/bluesky/bluesky.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::bluesky {

namespace json = boost::json;

wire::Request request(const std::string& api_base, std::string method, std::string_view nsid) {
  wire::Request request;
  request.method = std::move(method);
  request.url = api_base + "/xrpc/" + std::string(nsid);
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

namespace {

constexpr const char* collection = "app.bsky.feed.post";
constexpr size_t max_mentions = 10;

// POST com.atproto.repo.uploadBlob. https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob (2026-04)
Send upload(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  wire::Request made = request(job.from.api_base, "POST", "com.atproto.repo.uploadBlob");
  made.headers = {{"Content-Type", file.mime}};
  made.body = wire::MediaSlice{file.id, 0, file.bytes};
  made.timeout = time_for(file.bytes);
  return {std::move(made), Repeat::safe, false, {"call"}, {"upload", std::move(facts)}};
}

// GET com.atproto.identity.resolveHandle (2026-04)
Send resolve(const Job& job, json::object facts) {
  const std::string path =
      wire::with_query("com.atproto.identity.resolveHandle", {{"handle", kept_text(facts, "asking")}});
  return {
      request(job.from.api_base, "GET", path), Repeat::safe, false, {"call"}, {"resolve", std::move(facts)}};
}

// GET com.atproto.repo.getRecord. https://docs.bsky.app/docs/api/com-atproto-repo-get-record (2026-04)
Send get_record(const Job& job, const std::string& key, Progress then) {
  const std::string path =
      wire::with_query("com.atproto.repo.getRecord",
                       {{"repo", job.from.external_id}, {"collection", collection}, {"rkey", key}});
  return {request(job.from.api_base, "GET", path), Repeat::safe, false, {"call"}, std::move(then)};
}

// POST com.atproto.repo.putRecord: an upsert. https://docs.bsky.app/docs/api/com-atproto-repo-put-record
// (2026-04)
Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  if (!facts.contains("rkey")) {
    facts["rkey"] = record_key(job.now, job.id);
    facts["created"] = to_text(job.now);
  }
  const json::object body = {{"repo", job.from.external_id},
                             {"collection", collection},
                             {"rkey", kept_text(facts, "rkey")},
                             {"record", record_of(job, facts)}};
  wire::Request made = request(job.from.api_base, "POST", "com.atproto.repo.putRecord");
  made.headers = {{"Content-Type", "application/json"}};
  made.body = json::serialize(body);
  return {std::move(made), Repeat::safe, true, {"post", "post_day", "call"}, {"publish", std::move(facts)}};
}

Send look_up(const Job& job, json::object facts) {
  note_asking(facts, job.now);
  const std::string key = kept_text(facts, "rkey");
  return get_record(job, key, {"look_up", std::move(facts)});
}

// A handle whose owner is not known yet; "" when all are, or when there are too many.
std::string unknown_handle(const Job& job, const json::object& facts) {
  const json::value* known = facts.if_contains("dids");
  const json::object none, &dids = known != nullptr && known->is_object() ? known->get_object() : none;
  if (dids.size() >= max_mentions) return "";
  for (const Facet& facet : facets_in(text_of(job.body()))) {
    if (facet.kind == Facet::Kind::mention && !dids.contains(facet.value)) return facet.value;
  }
  return "";
}

Move go_on(const Job& job, json::object facts) {
  if (uploaded(facts).size() < job.media.size()) return upload(job, std::move(facts));
  if (const std::string handle = unknown_handle(job, facts); !handle.empty()) {
    facts["asking"] = handle;
    return resolve(job, std::move(facts));
  }
  if (!job.reply_to.empty() && !facts.contains("reply"))
    return get_record(job, job.reply_to, {"parent", std::move(facts)});
  return publish(job, std::move(facts));
}

Move on_upload(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return fault_in(response, job.now);
  const auto answer = read_json(response.body);
  const json::value* blob = answer ? look(*answer, {"blob"}) : nullptr;
  if (blob == nullptr || text_at(*blob, {"ref", "$link"}).empty())
    return unreadable(bluesky_traits().label, response);
  json::object facts = progress.facts;
  add_uploaded(facts, json::serialize(*blob), job.now);
  return go_on(job, std::move(facts));
}

// Whoever does not exist is no reason not to publish: the name stays plain text.
Move on_resolve(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const std::string did = accepted(response) && answer ? text_at(*answer, {"did"}) : "";
  const bool nobody = response.status == 400 && error_in(response) != "" &&
                      fault_in(response, job.now).kind != FaultKind::unauthorized;
  if (did.empty() && !nobody)
    return accepted(response) ? unreadable(bluesky_traits().label, response) : fault_in(response, job.now);
  json::object facts = progress.facts;
  json::object dids;
  if (const json::value* known = facts.if_contains("dids"); known != nullptr && known->is_object())
    dids = known->get_object();
  dids[kept_text(facts, "asking")] = did;
  facts["dids"] = std::move(dids);
  facts.erase("asking");
  return go_on(job, std::move(facts));
}

// The part before, as a strong reference, and the first of the thread:
// https://docs.bsky.app/docs/tutorials/creating-a-post
Move on_parent(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return fault_in(response, job.now);
  const auto answer = read_json(response.body);
  const std::string uri = answer ? text_at(*answer, {"uri"}) : "",
                    cid = answer ? text_at(*answer, {"cid"}) : "";
  if (uri.empty() || cid.empty()) return unreadable(bluesky_traits().label, response);
  const json::object parent{{"uri", uri}, {"cid", cid}};
  json::object root = parent;
  const std::string first = text_at(*answer, {"value", "reply", "root", "uri"});
  const std::string its_cid = text_at(*answer, {"value", "reply", "root", "cid"});
  if (!first.empty() && !its_cid.empty()) root = {{"uri", first}, {"cid", its_cid}};
  json::object facts = progress.facts;
  facts["reply"] = {{"root", std::move(root)}, {"parent", parent}};
  return go_on(job, std::move(facts));
}

Done done(const Job& job, const std::string& key) {
  const std::string who = job.from.handle.starts_with('@') ? job.from.handle.substr(1) : job.from.handle;
  const std::string profile = who.empty() ? job.from.external_id : who;
  return {key, permalink(job.from, key, "https://bsky.app/profile/" + profile + "/post/" + key)};
}

bool speaks_of(const wire::Response& response, const std::string& key) {
  const auto answer = read_json(response.body);
  return answer && !key.empty() && text_at(*answer, {"uri"}).ends_with("/" + key);
}

// Blobs that nobody refers to are dropped after a while: uploaded once more.
bool has_lost_blobs(const wire::Response& response, const json::object& facts) {
  const auto answer = read_json(response.body);
  const std::string words = answer ? lowered(text_at(*answer, {"message"})) : "";
  return response.status == 400 && !uploaded(facts).empty() && !facts.contains("again") &&
         words.find("could not find blob") != std::string::npos;
}

Move on_publish(const Job& job, const Progress& progress, const wire::Response& response) {
  if (has_lost_blobs(response, progress.facts)) {
    json::object facts = progress.facts;
    forget_uploads(facts);
    facts["again"] = true;
    return go_on(job, std::move(facts));
  }
  if (!accepted(response)) return fault_in(response, job.now);
  const std::string key = kept_text(progress.facts, "rkey");
  return speaks_of(response, key) ? Move(done(job, key)) : Move(unreadable(bluesky_traits().label, response));
}

Move on_look_up(const Job& job, const Progress& progress, const wire::Response& response) {
  const std::string key = kept_text(progress.facts, "rkey");
  if (accepted(response) && speaks_of(response, key)) return done(job, key);
  if (response.status == 400 && error_in(response) == "RecordNotFound")
    return not_listed(bluesky_traits(), progress.facts);
  return not_answered(accepted(response) ? unreadable(bluesky_traits().label, response)
                                         : fault_in(response, job.now));
}

}  // namespace

Move BlueskyChannel::due(const Job& job, const Progress& progress) const {
  if (progress.step == "upload") return upload(job, progress.facts);
  if (progress.step == "resolve") return resolve(job, progress.facts);
  if (progress.step == "parent") return get_record(job, job.reply_to, progress);
  if (progress.step == "look_up") return look_up(job, progress.facts);
  return progress.step == "publish" ? Move(publish(job, progress.facts)) : go_on(job, progress.facts);
}

Move BlueskyChannel::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  if (progress.step == "upload") return on_upload(job, progress, response);
  if (progress.step == "resolve") return on_resolve(job, progress, response);
  if (progress.step == "parent") return on_parent(job, progress, response);
  return progress.step == "publish" ? on_publish(job, progress, response)
                                    : on_look_up(job, progress, response);
}

Move BlueskyChannel::vanished(const Job& job, const Progress& progress) const {
  const bool published = noted(progress.facts, "sent_at") && !kept_text(progress.facts, "rkey").empty();
  if (progress.step == "publish" && !job.only_ask && published) return publish(job, progress.facts);
  if (published) return look_up(job, progress.facts);
  return progress.step == "publish" || progress.step == "look_up" ? Move(cannot_be_told())
                                                                  : due(job, progress);
}

Move BlueskyChannel::disproved(const Job& job, const Progress& progress) const {
  return go_on(job, progress.facts);
}

}  // namespace carillon::channels::bluesky
