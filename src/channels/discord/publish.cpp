// A message through a webhook: one request, and it waits for the message to be stored. When its answer is
// lost nobody can be asked: a person must look.
#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include "channels/discord/discord.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/permalink.h"
#include "channels/refusal.h"
#include "wire/url.h"

namespace carillon::channels::discord {

namespace json = boost::json;

// The secret is the last step of the address; net/ puts it in.
// https://docs.discord.com/developers/resources/webhook (2026-08)
wire::Request request(const std::string& api_base, const std::string& webhook, std::string method) {
  wire::Request request;
  request.method = std::move(method);
  request.url = api_base + "/api/v10/webhooks/" + wire::percent_encode(webhook) + "/{token}";
  request.secrets = {{"access", wire::Insert::Place::path, "{token}"}};
  return request;
}

namespace {

constexpr int no_embeds = 1 << 2, no_notification = 1 << 12;  // message flags

json::object poll_of(const Job& job) {
  const Poll& poll = *job.body().poll;
  json::array answers;
  for (const std::string& answer : poll.options)
    answers.emplace_back(json::object{{"poll_media", {{"text", answer}}}});
  const auto hours = std::chrono::ceil<std::chrono::hours>(poll.open).count();
  return {{"question", {{"text", with_link(job.body())}}},
          {"answers", std::move(answers)},
          {"duration", hours},
          {"allow_multiselect", poll.multiple}};
}

// Execute Webhook: https://docs.discord.com/developers/resources/webhook#execute-webhook (2026-08)
json::object message_of(const Job& job) {
  json::object body;
  const std::string text = with_link(job.body());
  if (job.body().poll) body["poll"] = poll_of(job);
  if (!job.body().poll && !text.empty()) body["content"] = text;
  if (const auto name = kept_text(job.content.options, "webhook_name"); !name.empty())
    body["username"] = name;
  json::array notified;
  if (option_is(job, "mentions", "true")) notified = {"users", "roles", "everyone"};
  body["allowed_mentions"] = {{"parse", std::move(notified)}};
  const int flags = (option_is(job, "link_preview", "false") ? no_embeds : 0) |
                    (option_is(job, "silent", "true") ? no_notification : 0);
  if (flags != 0) body["flags"] = flags;
  return body;
}

// https://docs.discord.com/developers/reference#uploading-files (2026-08)
wire::Multipart files_of(const Job& job, json::object body) {
  json::array attachments;
  std::vector<wire::Part> files;
  for (size_t i = 0; i < job.media.size(); ++i) {
    json::object one{{"id", i}};
    if (const std::string& alt = job.body().media[i].alt;
        !alt.empty() && job.media[i].mime != "application/pdf")
      one["description"] = alt;
    attachments.emplace_back(std::move(one));
    files.push_back(file_part(fmt::format("files[{}]", i), job.media[i]));
  }
  body["attachments"] = std::move(attachments);
  std::vector<wire::Part> parts = {text_part("payload_json", json::serialize(body))};
  for (wire::Part& file : files) parts.push_back(std::move(file));
  return form_of(job, std::move(parts));
}

Send publish(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  wire::Request made = request(job.from.api_base, job.from.external_id, "POST");
  made.url += "?wait=true";  // without it a message that was not stored gives no error
  if (job.media.empty()) {
    made.headers = {{"Content-Type", "application/json"}};
    made.body = json::serialize(message_of(job));
  } else {
    uint64_t bytes = 0;
    for (const MediaFacts& file : job.media) bytes += file.bytes;
    made.body = files_of(job, message_of(job));
    made.timeout = time_for(bytes);
  }
  return {std::move(made), Repeat::never, true, {"burst", "post", "all"}, {"publish", std::move(facts)}};
}

std::string link_to(const Job& job, const json::value& message, const std::string& id) {
  const std::string guild = kept_text(job.from.facts, "guild_id"), where = text_at(message, {"channel_id"});
  return guild.empty() || where.empty() ? ""
                                        : "https://discord.com/channels/" + guild + "/" + where + "/" + id;
}

}  // namespace

Move DiscordChannel::due(const Job& job, const Progress& progress) const {
  return publish(job, progress.facts);
}

Move DiscordChannel::replied(const Job& job, const Progress&, const wire::Response& response) const {
  if (!accepted(response)) return fault_in(response, job.now);
  const auto answer = read_json(response.body);
  const std::string id = answer ? text_at(*answer, {"id"}) : "";
  if (id.empty()) return unreadable(discord_traits().label, response);
  return Done{id, permalink(job.from, id, link_to(job, *answer, id))};
}

Move DiscordChannel::vanished(const Job& job, const Progress&) const {
  const std::string where = job.from.name.empty() ? "the channel" : job.from.name;
  return Unclear{"Discord did not answer, and a webhook cannot read back what it wrote. Look into " + where +
                 " and say whether the message is there."};
}

Move DiscordChannel::disproved(const Job& job, const Progress& progress) const {
  return publish(job, progress.facts);
}

}  // namespace carillon::channels::discord
