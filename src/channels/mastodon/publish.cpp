// A post on Mastodon: media first, each awaited until it is processed, then the status under a key of its
// own, so that a repeat within the hour makes no second one. After that hour the account's own posts are
// asked.
#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/mastodon/mastodon.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::mastodon {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + path;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

namespace {

constexpr Duration key_lives = std::chrono::minutes(55);  // the server keeps it for an hour
constexpr int64_t max_polls = 720;                        // an hour of looking

// The chain of sendings under one key began at "keyed_at"; what comes later than its life must be asked
// first.
bool key_is_fresh(const Job& job, const json::object& facts) {
  const auto since = noted(facts, "keyed_at");
  return keeps_keys(job.from) && (!since || job.now - *since < key_lives);
}

void add_options(json::object& body, const Job& job) {
  const json::object& options = job.content.options;
  for (const char* name : {"visibility", "spoiler_text", "language"}) {
    if (const std::string value = kept_text(options, name); !value.empty()) body[name] = value;
  }
  if (option_is(job, "sensitive", "true")) body["sensitive"] = true;
}

// POST /api/v1/statuses. https://docs.joinmastodon.org/methods/statuses/#create (2026-09)
wire::Request status_request(const Job& job, const json::object& facts) {
  json::object body = {{"status", with_link(job.body())}};
  if (const auto ids = uploaded(facts); !ids.empty()) body["media_ids"] = json::array(ids.begin(), ids.end());
  if (const auto& poll = job.body().poll) {
    body["poll"] = {{"options", json::array(poll->options.begin(), poll->options.end())},
                    {"expires_in", poll->open.count() / 1'000'000},
                    {"multiple", poll->multiple}};
  }
  if (!job.reply_to.empty()) body["in_reply_to_id"] = job.reply_to;
  add_options(body, job);
  wire::Request made = request(job.from, "POST", "/api/v1/statuses");
  made.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", job.id.text()}};
  made.body = json::serialize(body);
  return made;
}

// POST /api/v2/media. https://docs.joinmastodon.org/methods/media/#v2 (2026-09)
Send upload(const Job& job, json::object facts) {
  const size_t which = uploaded(facts).size();
  const MediaFacts& file = job.media[which];
  std::vector<wire::Part> parts = {file_part("file", file)};
  if (const std::string& alt = job.body().media[which].alt; !alt.empty())
    parts.push_back(text_part("description", alt));
  if (kind_of(file) == "video" && !file.cover.empty()) parts.push_back(file_part("thumbnail", file.cover[0]));
  wire::Request made = request(job.from, "POST", "/api/v2/media");
  made.body = form_of(job, std::move(parts));
  made.timeout = time_for(file.bytes);
  return {std::move(made), Repeat::safe, false, {"upload", "call"}, {"upload", std::move(facts)}};
}

// GET /api/v1/media/{id}. https://docs.joinmastodon.org/methods/media/#get (2026-09)
Send ask_processed(const Job& job, const Progress& progress) {
  const std::string path = "/api/v1/media/" + wire::percent_encode(kept_text(progress.facts, "processing"));
  return {request(job.from, "GET", path), Repeat::safe, false, {"call"}, progress};
}

Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  if (!noted(facts, "keyed_at")) note(facts, "keyed_at", job.now);
  const Repeat repeat = key_is_fresh(job, facts) ? Repeat::safe : Repeat::probe;
  return {status_request(job, facts), repeat, true, {"post", "call"}, {"publish", std::move(facts)}};
}

Send ask_first(const Job& job, json::object facts, bool then_send) {
  begin_question(facts);
  facts["then_send"] = then_send;
  return look_up_request(job, std::move(facts));
}

// It was sent before, under a key that the server may have forgotten by now.
bool must_ask(const Job& job, const json::object& facts) {
  return noted(facts, "keyed_at") && keeps_keys(job.from) && !key_is_fresh(job, facts);
}

// What waits unused for a day is dropped by the server: then everything is uploaded again.
Move go_on(const Job& job, json::object facts) {
  if (uploads_stale(facts, job.now)) forget_uploads(facts);
  if (uploaded(facts).size() < job.media.size()) return upload(job, std::move(facts));
  if (must_ask(job, facts)) return ask_first(job, std::move(facts), true);  // uploads take their time
  return publish(job, std::move(facts));
}

// Whatever became of the sending before, asking comes first when its key is old.
Move publish_again(const Job& job, json::object facts) {
  if (must_ask(job, facts)) return ask_first(job, std::move(facts), true);
  return go_on(job, std::move(facts));
}

Move publish_anew(const Job& job, json::object facts) {  // proven absent: a new chain
  facts.erase("keyed_at");
  facts.erase("then_send");
  return go_on(job, std::move(facts));
}

Move wait_processed(const Progress& progress, json::object facts, const wire::Response& response) {
  const int64_t polls = kept_number(facts, "polls") + 1;
  if (polls > max_polls) {
    return refused(Refusal::media_invalid,
                   {mastodon_traits().label, response.status, "processing does not end", ""});
  }
  facts["polls"] = polls;
  return Wait{std::chrono::seconds(polls < 5 ? 2 : 5), {progress.step, std::move(facts)}};
}

// 200: processed. 202 after the upload, 206 after a question: not yet.
Move on_media_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return fault_in(response, job.now);
  const auto answer = read_json(response.body);
  std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (progress.step == "processing" && id.empty() && response.status == 206)
    id = kept_text(progress.facts, "processing");
  if (id.empty()) return unreadable(mastodon_traits().label, response);
  json::object facts = progress.facts;
  if (response.status == 202 || response.status == 206) {
    facts["processing"] = id;
    return wait_processed({"processing", {}}, std::move(facts), response);
  }
  facts.erase("processing");
  facts.erase("polls");
  add_uploaded(facts, id, job.now);
  return go_on(job, std::move(facts));
}

Move on_status_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  const auto answer = read_json(response.body);
  const bool early = response.status == 422 && answer &&
                     text_at(*answer, {"error"}).find("have not finished processing") != std::string::npos;
  if (early) return wait_processed(progress, progress.facts, response);
  if (!accepted(response)) return fault_in(response, job.now);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (id.empty()) return unreadable(mastodon_traits().label, response);
  return Done{id, text_at(*answer, {"url"})};
}

}  // namespace

Move MastodonChannel::due(const Job& job, const Progress& progress) const {
  const bool stale = uploads_stale(progress.facts, job.now);
  if (progress.step == "processing" && !stale) return ask_processed(job, progress);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  return progress.step == "publish" ? publish_again(job, progress.facts) : go_on(job, progress.facts);
}

Move MastodonChannel::replied(const Job& job, const Progress& progress,
                              const wire::Response& response) const {
  if (progress.step == "upload" || progress.step == "processing")
    return on_media_reply(job, progress, response);
  if (progress.step == "publish") return on_status_reply(job, progress, response);
  Move move = on_look_up_reply(job, progress, response);
  const json::value* send = progress.facts.if_contains("then_send");
  const bool goes_out = std::holds_alternative<Absent>(move) && send != nullptr && *send == json::value(true);
  return goes_out ? publish_anew(job, progress.facts) : std::move(move);
}

Move MastodonChannel::vanished(const Job& job, const Progress& progress) const {
  if (progress.step == "upload") return upload(job, progress.facts);  // nobody sees an upload
  if (progress.step == "processing") return ask_processed(job, progress);
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  if (progress.step == "publish" && !job.only_ask && key_is_fresh(job, progress.facts))
    return publish(job, progress.facts);
  return ask_first(job, progress.facts, false);
}

Move MastodonChannel::disproved(const Job& job, const Progress& progress) const {
  return publish_anew(job, progress.facts);
}

}  // namespace carillon::channels::mastodon
