// Photos: one request, after which TikTok fetches them from this server and publishes them. Before its answer
// there is no id to ask about: when the answer is lost, a person must look.
// https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (2026-09)
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "channels/container.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "channels/tiktok/tiktok.h"

namespace carillon::channels::tiktok {

namespace json = boost::json;

bool is_photos(const std::vector<MediaFacts>& media) {
  return !media.empty() &&
         std::ranges::all_of(media, [](const MediaFacts& file) { return kind_of(file) == "image"; });
}

std::string title_of(const Content& content) {
  return kept_text(content.options, "tiktok_title");
}

std::optional<int64_t> cover_of(const Content& content) {
  const json::value* value = content.options.if_contains("tiktok_cover");
  if (value == nullptr) return 1;
  const std::string text(trimmed(as_text(*value)));
  return text.empty() ? 1 : whole_number(text);
}

// POST /v2/post/publish/content/init/. The photos' addresses are put in when the request leaves.
Send post_photos(const Job& job, json::object facts) {
  note_sending(facts, job.now);
  const auto last = static_cast<int64_t>(job.media.size());
  const int64_t cover = std::clamp<int64_t>(cover_of(job.content).value_or(1), 1, last);
  json::object post{{"description", with_link(job.body())},
                    {"privacy_level", privacy_of(job.content)},
                    {"disable_comment", option_is(job, "tiktok_comments", "false")},
                    {"auto_add_music", option_is(job, "tiktok_music", "true")}};
  if (const std::string title = title_of(job.content); !title.empty()) post["title"] = title;
  const json::object source{{"source", "PULL_FROM_URL"},
                            {"photo_cover_index", cover - 1},
                            {"photo_images", json::array(job.media.size(), "")}};
  wire::Request made = call(job, "/content/init/",
                            {{"media_type", "PHOTO"},
                             {"post_mode", "DIRECT_POST"},
                             {"post_info", std::move(post)},
                             {"source_info", source}});
  for (size_t i = 0; i < job.media.size(); ++i)
    made.secrets.push_back({wire::media_secret(job.media[i].id), wire::Insert::Place::json,
                            fmt::format("/source_info/photo_images/{}", i)});
  return {std::move(made), Repeat::never, true, {"post", "init"}, {"photos", std::move(facts)}};
}

// It has an id now. TikTok fetches the photos; what became of them is asked.
Move on_photos(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!says_ok(response)) return fault_in(response, job.now);
  const std::string id = text_at(*read_json(response.body), {"data", "publish_id"});
  if (id.empty())
    return refused(Refusal::unreadable, {tiktok_traits().label, response.status, "", response.body});
  json::object facts = progress.facts;
  facts["publish_id"] = id;
  return Unclear{"TikTok fetches the photos: it is asked whether they are published.",
                 Progress{"look_up", std::move(facts)}};
}

}  // namespace carillon::channels::tiktok
