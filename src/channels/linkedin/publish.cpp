// A post on LinkedIn: its media first (upload.cpp), then POST /rest/posts. LinkedIn has no key for a request,
// but refuses the same post again for about ten minutes and names the one that is there: so a lost one is
// sent again once within eight. After that it is looked up (find.cpp), where the account lets us.
#include <algorithm>
#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/linkedin/linkedin.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::linkedin {

namespace json = boost::json;

wire::Request request(const Account& account, std::string method, const std::string& path) {
  wire::Request request;
  request.method = std::move(method);
  request.url = account.api_base + path;
  request.headers = {{"Linkedin-Version", version}, {"X-Restli-Protocol-Version", "2.0.0"}};
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

wire::Request json_request(const Account& account, const std::string& path, const json::object& body) {
  wire::Request made = request(account, "POST", path);
  made.headers.push_back({"Content-Type", "application/json"});
  made.body = json::serialize(body);
  return made;
}

bool is_organisation(const Account& account) {
  return account.external_id.starts_with("urn:li:organization:");
}

Move published(const Job& job, const std::string& urn) {
  return Done{urn, permalink(job.from, urn, "https://www.linkedin.com/feed/update/" + urn + "/")};
}

namespace {

constexpr int64_t most_early = 20;                             // with growing pauses a quarter of an hour
constexpr Duration refuses_repeats = std::chrono::minutes(8);  // about ten, less what clocks and queues take

// The same body again within this time makes no second post.
bool repeat_is_refused(const Job& job, const json::object& facts) {
  const auto since = noted(facts, "first_sent");
  return !job.body().comment && (!since || job.now - *since < refuses_repeats);
}

// POST /rest/socialActions/{post}/comments. https://learn.microsoft.com/en-us/linkedin/marketing/
// community-management/shares/comments-api (2026-09)
wire::Request comment_request(const Job& job) {
  return json_request(job.from, "/rest/socialActions/" + wire::percent_encode(job.reply_to) + "/comments",
                      {{"actor", job.from.external_id},
                       {"object", job.reply_to},
                       {"message", {{"text", with_link(job.body())}}}});
}

Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  if (!noted(facts, "first_sent")) note(facts, "first_sent", job.now);
  const bool comment = job.body().comment;
  Repeat repeat = repeat_is_refused(job, facts) ? Repeat::safe : Repeat::probe;
  if (repeat == Repeat::probe && !is_organisation(job.from)) repeat = Repeat::never;  // nobody can be asked
  wire::Request made =
      comment ? comment_request(job) : json_request(job.from, "/rest/posts", post_body(job, facts));
  return {std::move(made), repeat, true, {"post", "post_app"}, {"publish", std::move(facts)}};
}

// After a long wait everything is uploaded again.
Move go_on(const Job& job, json::object facts) {
  if (uploads_stale(facts, job.now)) forget_uploads(facts);
  if (auto next = next_upload(job, facts)) return upload_request(job, *next);
  return publish(job, std::move(facts));
}

Move publish_anew(const Job& job, json::object facts) {  // nothing of it is out there
  for (const char* name : {"first_sent", "lost", "same_as"}) facts.erase(name);
  return go_on(job, std::move(facts));
}

Move ask(const Job& job, json::object facts) {
  if (!noted(facts, "sent_at")) return cannot_be_told();
  if (!is_organisation(job.from)) {
    const std::string same = kept_text(facts, "same_as");
    return Unclear{
        "LinkedIn does not list what a person published, so only you can say whether this is there: " +
        (same.empty() ? "look at the profile's activity." : "it calls it a duplicate of " + same + ".")};
  }
  begin_question(facts);
  return look_up_request(job, std::move(facts));
}

// After a lost answer the post that LinkedIn names is ours. Otherwise it is evidence, no more: for a day or
// two posts are named that are gone. Where the list can be read it decides.
Move on_duplicate(const Job& job, json::object facts, const std::string& urn,
                  const wire::Response& response) {
  if (job.is_known(urn))
    return refused(
        Refusal::content_blocked,
        {linkedin_traits().label, response.status,
         "this says the same as " + urn + ", which was published a few minutes ago", response.body});
  if (facts.contains("lost") && !is_organisation(job.from)) return published(job, urn);
  facts["same_as"] = urn;
  return Unclear{"LinkedIn calls this a duplicate of " + urn + ".", Progress{"look_up", std::move(facts)}};
}

// Refused in words, but only for now: media is still processed, or a write met another.
Move on_refusal(const Job& job, json::object facts, const wire::Response& response) {
  Fault fault = fault_in(response, job.now);
  if (response.status >= 500 || fault.code != "transient") return fault;
  const int64_t early = kept_number(facts, "early") + 1;
  if (early <= most_early) {
    facts["early"] = early;
    return Wait{std::chrono::seconds(std::min<int64_t>(60, 5 * early)), {"publish", std::move(facts)}};
  }
  if (response.status == 409) return fault;
  return refused(Refusal::media_invalid,
                 {linkedin_traits().label, response.status, "processing does not end", response.body});
}

// 201, and the id in a header; the body is empty. A comment says its own urn.
Move on_publish_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (const std::string urn = duplicate_in(response); !urn.empty())
    return on_duplicate(job, progress.facts, urn, response);
  if (!accepted(response)) return on_refusal(job, progress.facts, response);
  const auto answer = read_json(response.body);
  std::string id(wire::header(response.headers, "x-restli-id").value_or(""));
  if (const std::string urn = answer ? text_at(*answer, {"commentUrn"}) : "";
      job.body().comment && !urn.empty())
    id = urn;
  if (id.empty()) return unreadable(linkedin_traits().label, response);
  if (job.body().comment)
    return Done{id, permalink(job.from, id, "https://www.linkedin.com/feed/update/" + job.reply_to + "/")};
  return published(job, id);
}

}  // namespace

Move LinkedinChannel::due(const Job& job, const Progress& progress) const {
  const bool uploads = is_upload_step(progress.step) && !uploads_stale(progress.facts, job.now);
  if (uploads) return upload_request(job, progress);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  if (progress.step != "publish") return go_on(job, progress.facts);
  const bool lost = progress.facts.contains("lost");
  if (lost && !repeat_is_refused(job, progress.facts)) return ask(job, progress.facts);
  return lost ? Move(publish(job, progress.facts)) : publish_anew(job, progress.facts);
}

Move LinkedinChannel::replied(const Job& job, const Progress& progress,
                              const wire::Response& response) const {
  if (progress.step == "look_up") return on_look_up_reply(job, progress, response);
  if (!is_upload_step(progress.step)) return on_publish_reply(job, progress, response);
  auto next = on_upload_reply(job, progress, response);
  if (auto* wait = std::get_if<Wait>(&next)) return std::move(*wait);
  if (auto* fault = std::get_if<Fault>(&next)) return std::move(*fault);
  auto& then = std::get<Progress>(next);
  return is_upload_step(then.step) ? Move(upload_request(job, then)) : go_on(job, std::move(then.facts));
}

Move LinkedinChannel::vanished(const Job& job, const Progress& progress) const {
  if (is_upload_step(progress.step)) return upload_request(job, progress);  // nobody sees an upload
  json::object facts = progress.facts;
  const bool again = progress.step == "publish" && !job.only_ask && repeat_is_refused(job, facts);
  if (!again) return ask(job, std::move(facts));
  facts["lost"] = true;
  return publish(job, std::move(facts));
}

Move LinkedinChannel::disproved(const Job& job, const Progress& progress) const {
  return publish_anew(job, progress.facts);
}

}  // namespace carillon::channels::linkedin
