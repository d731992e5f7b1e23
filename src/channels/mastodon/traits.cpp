// The numbers of Mastodon, each with its document and date; a server's own numbers stand in the account's
// facts.
#include <algorithm>

#include "channels/json_answer.h"
#include "channels/mastodon/mastodon.h"

namespace carillon::channels::mastodon {
namespace {

namespace json = boost::json;

constexpr const char* instance_page = "https://docs.joinmastodon.org/methods/instance/ (2026-09)";
constexpr const char* limits_page = "https://docs.joinmastodon.org/api/rate-limits/ (2026-09)";

std::vector<MediaRule> media_rules() {
  MediaRule image{
      .kind = "image",
      .mimes = {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "image/avif"},
      .max_bytes = 16'777'216,
      .max_pixels = 33'177'600,
      .max_count = 4,
      .max_alt = 1500,
      .source = instance_page};
  MediaRule gif = image;
  gif.kind = "gif", gif.mimes = {"image/gif"}, gif.max_count = 1;
  MediaRule video{.kind = "video",
                  .mimes = {"video/mp4", "video/webm", "video/quicktime"},
                  .max_bytes = 103'809'024,
                  .max_pixels = 8'294'400,
                  .max_count = 1,
                  .max_alt = 1500,
                  .source = instance_page};
  return {image, gif, video};
}

std::vector<Option> option_list() {
  return {{"visibility",
           "Who sees it",
           "Public, without showing in timelines, followers only, or only who is mentioned.",
           {"public", "unlisted", "private", "direct"},
           "public"},
          {"spoiler_text", "Content warning", "Shown in place of the text until someone opens it.", {}, ""},
          {"sensitive",
           "Sensitive media",
           "Hides images and videos until someone opens them.",
           {"false", "true"},
           "false"},
          {"language", "Language", "Two-letter code of the text's language, for example “en”.", {}, ""}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "mastodon";
  traits.label = "Mastodon";
  traits.max_text = 500;
  traits.unit = "characters";
  traits.max_media = 4;
  traits.thread = true;
  traits.url_weight = 23;
  traits.media = media_rules();
  traits.covers = {{.picture = true,
                    .mimes = {"image/jpeg", "image/png"},
                    .max_bytes = 16'777'216,
                    .source = "https://docs.joinmastodon.org/methods/media/#v2 (2026-09)"}};
  traits.shapes = {{"landscape", {16, 9}}, {"square", {1, 1}}};
  traits.lanes = {{Scope::account, "call", 300, std::chrono::minutes(5), limits_page},
                  {Scope::account, "post", 300, std::chrono::hours(3), limits_page},
                  {Scope::account, "upload", 30, std::chrono::minutes(30), limits_page}};
  traits.post_lanes = {"post", "call"};
  traits.settling = std::chrono::seconds(20);  // own caution: one database, no limit documented
  traits.can_look_up = true;
  traits.key_lives = std::chrono::hours(1);
  traits.options = option_list();
  traits.poll = PollRule{.max_options = 4,
                         .max_option = 50,
                         .min_open = std::chrono::minutes(5),
                         .max_open = std::chrono::hours(24 * 30),
                         .multiple = true,
                         .source = "https://docs.joinmastodon.org/entities/Instance/#polls (2026-09)"};
  traits.kinds = {{Kind::text, "500, or what the server allows"},
                  {Kind::link, "in the text"},
                  {Kind::image, "16 MB"},
                  {Kind::images, "up to 4"},
                  {Kind::video, "99 MB"},
                  {Kind::poll, "2 to 4 answers"},
                  {Kind::thread, ""},
                  {Kind::comment, "as the next part of a thread"}};
  traits.recovery =
      "Sent again under the same key within the hour; later the account's own posts are listed and compared.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"read:accounts", "to know which account is connected"},
                   {"read:statuses", "to find out whether a post whose answer was lost is there"},
                   {"write:statuses", "to publish posts"},
                   {"write:media", "to upload images and videos"}};
  traits.connect_help =
      "Enter the address of your server, for example mastodon.social. Nothing needs to be set up there.";
  traits.source = "https://docs.joinmastodon.org/user/posting/ (2026-09)";
  return traits;
}

template <class Number>
void take(Number& into, const json::value& instance, Path path) {
  const auto number = number_at(instance, path);
  if (number && *number > 0 && *number < 1'000'000'000'000) into = static_cast<Number>(*number);
}

// "4.3.0" is Mastodon's own; "2.7.2 (compatible; Pleroma 2.5.0)" and "0.17.0+git" are not.
bool is_original(const std::string& version) {
  return !version.empty() && version[0] >= '3' && version[0] <= '9' &&
         version.find("compatible") == std::string::npos;
}

}  // namespace

const Traits& mastodon_traits() {
  static const Traits traits = make();
  return traits;
}

Traits traits_of(const Account& account) {
  Traits traits = mastodon_traits();
  const json::value* instance = account.facts.if_contains("instance");
  if (instance == nullptr) return traits;
  take(traits.max_text, *instance, {"configuration", "statuses", "max_characters"});
  take(traits.url_weight, *instance, {"configuration", "statuses", "characters_reserved_per_url"});
  take(traits.max_media, *instance, {"configuration", "statuses", "max_media_attachments"});
  take(traits.poll->max_options, *instance, {"configuration", "polls", "max_options"});
  take(traits.poll->max_option, *instance, {"configuration", "polls", "max_characters_per_option"});
  for (MediaRule& rule : traits.media) {
    const bool video = rule.kind == "video";
    const char* bytes = video ? "video_size_limit" : "image_size_limit";
    const char* matrix = video ? "video_matrix_limit" : "image_matrix_limit";
    take(rule.max_bytes, *instance, {"configuration", "media_attachments", bytes});
    take(rule.max_pixels, *instance, {"configuration", "media_attachments", matrix});
    take(rule.max_alt, *instance, {"configuration", "media_attachments", "description_limit"});
    if (rule.kind == "image") rule.max_count = traits.max_media;
    const json::array& taken =
        list_at(*instance, {"configuration", "media_attachments", "supported_mime_types"});
    if (taken.empty()) continue;
    const auto not_taken = [&](const std::string& mime) {
      return std::none_of(taken.begin(), taken.end(),
                          [&](const json::value& one) { return as_text(one) == mime; });
    };
    std::erase_if(rule.mimes, not_taken);
  }
  return traits;
}

bool keeps_keys(const Account& account) {
  const json::value* instance = account.facts.if_contains("instance");
  return instance != nullptr && is_original(text_at(*instance, {"version"}));
}

const Traits& MastodonChannel::traits() const {
  return mastodon_traits();
}

const MastodonChannel channel;
const MastodonAuth auth;

}  // namespace carillon::channels::mastodon
