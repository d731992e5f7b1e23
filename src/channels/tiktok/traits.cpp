// The numbers of TikTok, each with its document and date.
#include "channels/tiktok/tiktok.h"

namespace carillon::channels::tiktok {
namespace {

constexpr const char* post_page =
    "https://developers.tiktok.com/doc/content-posting-api-reference-direct-post (2026-09)";
constexpr const char* photo_page =
    "https://developers.tiktok.com/doc/content-posting-api-reference-photo-post (2026-09)";
constexpr const char* media_page =
    "https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide (2026-09)";

constexpr uint32_t max_photos = 35;

std::vector<Option> option_list() {
  return {{"tiktok_privacy",
           "Who sees it on TikTok",
           "TikTok asks for this about every post. Apps that it has not audited may only post for yourself.",
           {"SELF_ONLY", "FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "PUBLIC_TO_EVERYONE"},
           "SELF_ONLY"},
          {"tiktok_comments", "Comments", "Whether people may comment.", {"true", "false"}, "true"},
          {"tiktok_duets",
           "Duets and stitches",
           "Whether people may use the video in theirs.",
           {"true", "false"},
           "true"},
          {"tiktok_ai", "Made by AI", "Marks the video as made by AI.", {"false", "true"}, "false"},
          {"tiktok_title", "Title of photos", "At most 90 characters; the text stands below it.", {}, ""},
          {"tiktok_cover", "Cover of photos", "Which photo is shown first: 1 is the first.", {}, "1"},
          {"tiktok_music",
           "Music under photos",
           "TikTok adds music that it chooses.",
           {"false", "true"},
           "false"}};
}

std::vector<MediaRule> media_rules() {
  return {{.kind = "image",
           .mimes = {"image/jpeg", "image/webp"},
           .max_bytes = 20 << 20,
           .max_width = 1920,
           .max_height = 1920,
           .max_pixels = 1920 * 1080,  // "at most 1080p", upright ones too
           .max_count = max_photos,
           .fetched = true,
           .source = media_page},
          {.kind = "video",
           .mimes = {"video/mp4", "video/quicktime", "video/webm"},
           .max_bytes = uint64_t{4} << 30,
           .min_width = 360,
           .min_height = 360,
           .max_width = 4096,
           .max_height = 4096,
           .min_duration = std::chrono::seconds(3),
           .max_duration = std::chrono::minutes(10),
           .codecs = {"h264", "hevc", "vp8", "vp9"},
           .max_count = 1,
           .source = media_page}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "tiktok";
  traits.label = "TikTok";
  traits.max_text = 2200;
  traits.unit = "UTF-16 units";
  traits.max_media = max_photos;
  traits.media = media_rules();
  traits.covers = {{.moment = true, .source = post_page}};
  traits.shapes = {{"upright", {9, 16}}};
  traits.lanes = {{Scope::account, "post", 15, std::chrono::hours(24), post_page},
                  {Scope::account, "init", 6, std::chrono::minutes(1), post_page},
                  {Scope::account, "status", 30, std::chrono::minutes(1), post_page},
                  {Scope::account, "creator", 20, std::chrono::minutes(1), post_page}};
  traits.post_lanes = {"post", "init"};
  traits.settling = std::chrono::seconds(1);  // its status is asked by its own id
  traits.can_look_up = true;
  traits.options = option_list();
  traits.kinds = {{Kind::image, "JPEG or WebP, 20 MB, fetched from your server"},
                  {Kind::images, "up to 35"},
                  {Kind::video, "MP4, MOV or WebM, 3 s to 10 min, 4 GB"}};
  traits.recovery =
      "What became of a video is asked by the id that TikTok gave it before it was sent. Photos get their id "
      "with the "
      "answer: when that is lost, a person looks.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"user.info.basic", "to know which account is connected"},
                   {"video.publish", "to publish videos and photos"}};
  traits.home = {"https://www.tiktok.com", "https://open.tiktokapis.com"};
  traits.connect_help =
      "You need an app at https://developers.tiktok.com with Login Kit and the Content Posting API (direct "
      "post). "
      "Until TikTok has audited it, videos are seen by their creator only.";
  traits.source = post_page;
  return traits;
}

}  // namespace

const Traits& tiktok_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& TiktokChannel::traits() const {
  return tiktok_traits();
}

const TiktokChannel channel;
const TiktokAuth auth;

}  // namespace carillon::channels::tiktok
