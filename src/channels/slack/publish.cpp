// A message in a Slack channel: pictures are uploaded first and shown by blocks, so that everything becomes
// one message with one id; later parts go under the thread's first message.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "channels/slack/slack.h"
#include "wire/url.h"

namespace carillon::channels::slack {

namespace json = boost::json;

wire::Request call(const std::string& api_base, std::string method, const std::string& name) {
  wire::Request request;
  request.method = std::move(method);
  request.url = api_base + "/api/" + name;
  request.secrets = {{"access", wire::Insert::Place::bearer, ""}};
  return request;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::string message_of(const ContentPart& part) {
  return escaped(with_link(part));
}

Done done(const Job& job, const std::string& ts) {
  std::string plain;
  for (const char c : ts)
    if (c != '.') plain += c;
  const std::string team = kept_text(job.from.facts, "url");
  const std::string real = team.empty() ? "" : team + "archives/" + job.from.external_id + "/p" + plain;
  return {ts, permalink(job.from, ts, real)};
}

namespace {

wire::Request json_call(const Job& job, const std::string& name, const json::object& body) {
  wire::Request made = call(job.from.api_base, "POST", name);
  made.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  made.body = json::serialize(body);
  return made;
}

// https://docs.slack.dev/messaging/working-with-files (2026-09): an address, the bytes, "that was all".
Send ask_address(const Job& job, json::object facts) {
  const size_t which = uploaded(facts).size();
  const MediaFacts& file = job.media[which];
  wire::Fields form = {{"filename", file_name(file)}, {"length", std::to_string(file.bytes)}};
  if (const std::string& alt = job.body().media[which].alt; !alt.empty()) form.emplace_back("alt_txt", alt);
  wire::Request made = call(job.from.api_base, "POST", "files.getUploadURLExternal");
  made.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  made.body = wire::encode_form(form);
  return {std::move(made), Repeat::safe, false, {"upload"}, {"address", std::move(facts)}};
}

Send send_bytes(const Job& job, json::object facts) {
  const MediaFacts& file = job.media[uploaded(facts).size()];
  wire::Request made;
  made.method = "POST";
  made.url = kept_text(facts, "upload_url");
  made.headers = {{"Content-Type", "application/octet-stream"}};
  made.body = wire::MediaSlice{file.id, 0, file.bytes};
  made.timeout = time_for(file.bytes);
  return {std::move(made), Repeat::safe, false, {"upload"}, {"bytes", std::move(facts)}};
}

Send complete(const Job& job, json::object facts) {
  const json::object body{{"files", json::array{json::object{{"id", kept_text(facts, "file")}}}}};
  return {json_call(job, "files.completeUploadExternal", body),
          Repeat::safe,
          false,
          {"upload"},
          {"complete", std::move(facts)}};
}

// A thread hangs on its first message; from the third part on the part before must be asked for it.
// https://docs.slack.dev/reference/methods/conversations.replies (2026-09)
Send ask_root(const Job& job, json::object facts) {
  const std::string name = wire::with_query(
      "conversations.replies", {{"channel", job.from.external_id}, {"ts", job.reply_to}, {"limit", "1"}});
  return {call(job.from.api_base, "GET", name), Repeat::safe, false, {"read"}, {"root", std::move(facts)}};
}

json::array blocks_of(const Job& job, const json::object& facts) {
  json::array blocks;
  if (const std::string text = message_of(job.body()); !text.empty())
    blocks.emplace_back(json::object{{"type", "section"}, {"text", {{"type", "mrkdwn"}, {"text", text}}}});
  const auto files = uploaded(facts);
  for (size_t i = 0; i < files.size(); ++i) {
    const std::string& alt = job.body().media[i].alt;
    blocks.emplace_back(json::object{
        {"type", "image"}, {"slack_file", {{"id", files[i]}}}, {"alt_text", alt.empty() ? "Picture" : alt}});
  }
  return blocks;
}

// https://docs.slack.dev/reference/methods/chat.postMessage, /messaging/message-metadata (2026-09)
Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  json::object body{{"channel", job.from.external_id}, {"text", message_of(job.body())}};
  if (!job.media.empty()) body["blocks"] = blocks_of(job, facts);
  if (!job.reply_to.empty()) {
    const std::string root = kept_text(facts, "root");
    body["thread_ts"] = root.empty() ? job.reply_to : root;
  }
  if (kept_text(job.content.options, "link_preview") == "false") {
    body["unfurl_links"] = false;
    body["unfurl_media"] = false;
  }
  body["metadata"] = {{"event_type", "carillon_delivery"}, {"event_payload", {{"id", job.id.text()}}}};
  return {
      json_call(job, "chat.postMessage", body), Repeat::probe, true, {"post"}, {"publish", std::move(facts)}};
}

Move go_on(const Job& job, json::object facts) {
  if (uploaded(facts).size() < job.media.size()) return ask_address(job, std::move(facts));
  if (job.part >= 2 && !job.reply_to.empty() && !facts.contains("root"))
    return ask_root(job, std::move(facts));
  return publish(job, std::move(facts));
}

Move on_address(const Job& job, const Progress& progress, const json::value& answer,
                const wire::Response& response) {
  json::object facts = progress.facts;
  const std::string url = text_at(answer, {"upload_url"}), file = text_at(answer, {"file_id"});
  if (!wire::parse_url(url) || file.empty()) return unreadable(slack_traits().label, response);
  facts["upload_url"] = url;
  facts["file"] = file;
  return send_bytes(job, std::move(facts));
}

Move on_complete(const Job& job, const Progress& progress, const json::value&, const wire::Response&) {
  json::object facts = progress.facts;
  add_uploaded(facts, kept_text(facts, "file"), job.now);
  for (const char* name : {"upload_url", "file"}) facts.erase(name);
  return go_on(job, std::move(facts));
}

Move on_root(const Job& job, const Progress& progress, const json::value& answer,
             const wire::Response& response) {
  const json::array& messages = list_at(answer, {"messages"});
  const std::string ts = messages.empty() ? "" : text_at(messages[0], {"ts"});
  if (ts.empty()) return unreadable(slack_traits().label, response);
  const std::string root = text_at(messages[0], {"thread_ts"});
  json::object facts = progress.facts;
  facts["root"] = root.empty() ? ts : root;
  return go_on(job, std::move(facts));
}

Move on_publish(const Job& job, const Progress&, const json::value& answer, const wire::Response& response) {
  const std::string ts = text_at(answer, {"ts"});
  return ts.empty() ? Move(unreadable(slack_traits().label, response)) : Move(done(job, ts));
}

// The bytes are taken by a server of its own: it answers with words, not with JSON.
Move on_bytes(const Job& job, const Progress& progress, const wire::Response& response) {
  if (response.status == 200 && response.body.starts_with("OK")) return complete(job, progress.facts);
  if (accepted(response)) return unreadable(slack_traits().label, response);
  return unreadable_answer(slack_traits().label, response, std::nullopt);
}

}  // namespace

Move SlackChannel::due(const Job& job, const Progress& progress) const {
  if (progress.step == "address") return ask_address(job, progress.facts);
  if (progress.step == "bytes") return send_bytes(job, progress.facts);
  if (progress.step == "complete") return complete(job, progress.facts);
  if (progress.step == "root") return ask_root(job, progress.facts);
  if (progress.step == "look_up") return look_up_request(job, progress.facts);
  return progress.step == "publish" ? Move(publish(job, progress.facts)) : go_on(job, progress.facts);
}

Move SlackChannel::replied(const Job& job, const Progress& progress, const wire::Response& response) const {
  if (progress.step == "look_up") return on_look_up_reply(job, progress, response);
  if (progress.step == "bytes") return on_bytes(job, progress, response);
  if (!agreed(response)) return fault_in(response, job.now);
  const json::value answer = *read_json(response.body);
  if (progress.step == "address") return on_address(job, progress, answer, response);
  if (progress.step == "complete") return on_complete(job, progress, answer, response);
  if (progress.step == "root") return on_root(job, progress, answer, response);
  return on_publish(job, progress, answer, response);
}

Move SlackChannel::vanished(const Job& job, const Progress& progress) const {
  const bool uploads = progress.step == "address" || progress.step == "bytes" || progress.step == "complete";
  if (uploads || progress.step == "root") return due(job, progress);
  if (!noted(progress.facts, "sent_at")) return cannot_be_told();
  json::object facts = progress.facts;
  begin_question(facts);
  return look_up_request(job, std::move(facts));
}

Move SlackChannel::disproved(const Job& job, const Progress& progress) const {
  return go_on(job, progress.facts);
}

}  // namespace carillon::channels::slack
