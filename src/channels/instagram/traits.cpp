// The numbers of Instagram, each with its document and date.
#include "channels/instagram/instagram.h"

namespace carillon::channels::instagram {
namespace {

constexpr const char* media_page =
    "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media "
    "(2026-09)";
constexpr const char* guide =
    "https://developers.facebook.com/docs/instagram-platform/content-publishing (2026-09)";

std::vector<MediaRule> media_rules() {
  MediaRule image{.kind = "image",
                  .mimes = {"image/jpeg"},
                  .max_bytes = 8 << 20,
                  .shown_width = 1440,
                  .narrowest = {4, 5},
                  .widest = {191, 100},
                  .max_count = 10,
                  .max_alt = 1000,
                  .source = media_page};
  MediaRule story_image = image;
  story_image.as = "story", story_image.narrowest = story_image.widest = {}, story_image.max_count = 1;
  MediaRule video{.kind = "video",
                  .mimes = {"video/mp4", "video/quicktime"},
                  .max_bytes = 300 << 20,
                  .max_width = 1920,
                  .min_duration = std::chrono::seconds(3),
                  .max_duration = std::chrono::minutes(15),
                  .codecs = {"h264", "hevc"},
                  .sound = {"aac"},
                  .max_count = 10,
                  .source = media_page};
  MediaRule story_video = video;
  story_video.as = "story", story_video.max_bytes = 100 << 20;
  story_video.max_duration = std::chrono::seconds(60), story_video.max_count = 1;
  return {image, story_image, video, story_video};
}

// The guide says 100 posts, the reference of the quota 50, and each account has its own. It is not read here:
// the lower number is never too many.
std::vector<LaneRule> lane_rules() {
  using Scope = LaneRule::Scope;
  const auto day = std::chrono::hours(24);
  const char* limits = "https://developers.facebook.com/docs/graph-api/overview/rate-limiting (2026-09)";
  return {{Scope::account, "post", 50, day, guide},
          {Scope::account, "container", 400, day, guide},
          {Scope::account, "call", 0, day, limits},
          {Scope::app, "app", 0, std::chrono::hours(1), limits}};
}

Traits make() {
  Traits traits;
  traits.network = "instagram";
  traits.label = "Instagram";
  traits.max_text = 2200;
  traits.unit = "characters";
  traits.max_media = 10;
  traits.comment = true;
  traits.media = media_rules();
  traits.covers = {{.as = "reel",
                    .moment = true,
                    .picture = true,
                    .mimes = {"image/jpeg"},
                    .max_bytes = 8 << 20,
                    .source = media_page}};
  traits.shapes = {
      {"square", {1, 1}}, {"portrait", {4, 5}}, {"landscape", {191, 100}}, {"story, reel", {9, 16}}};
  traits.fetches_media = true;
  traits.lanes = lane_rules();
  traits.post_lanes = {"post", "app"};
  traits.settling = std::chrono::seconds(60);  // own caution: none is documented
  traits.can_look_up = true;
  traits.options = {{"instagram_as",
                     "Publish as",
                     "A post in the feed, a reel (one video), or a story that is gone after a day.",
                     {"post", "reel", "story"},
                     "post"},
                    {"instagram_share_to_feed",
                     "Reel in the feed too",
                     "Whether a reel is also shown in the feed.",
                     {"true", "false"},
                     "true"}};
  traits.kinds = {{Kind::image, "JPEG, 8 MB, from 4:5 to 1.91:1"},
                  {Kind::images, "a carousel of 2 to 10, videos among them"},
                  {Kind::reel, "MP4 or MOV, 3 s to 15 min, 300 MB"},
                  {Kind::story, "an image, or a video of 3 to 60 s"},
                  {Kind::comment, "the first comment, text"}};
  traits.recovery =
      "The container that was to be published is asked whether it was; then the account's media are listed "
      "for its "
      "address.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"instagram_business_basic", "to know which account is connected, and to list its posts"},
                   {"instagram_business_content_publish", "to publish"},
                   {"instagram_business_manage_comments", "to write the first comment", false}};
  traits.home = {"https://www.instagram.com", "https://graph.instagram.com"};
  traits.connect_help =
      "Create an app with the product Instagram (API setup with Instagram login) at "
      "https://developers.facebook.com, enter this server's callback address, and log in with a professional "
      "account (business or creator). Personal accounts have no API. This server needs a public https "
      "address, "
      "from which Instagram fetches pictures and videos. Instagram lets an account publish 50 or 100 times "
      "in "
      "24 hours; Carillon keeps to 50.";
  traits.source = guide;
  return traits;
}

}  // namespace

const Traits& instagram_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& InstagramChannel::traits() const {
  return instagram_traits();
}

const InstagramChannel channel;
const InstagramAuth auth;

}  // namespace carillon::channels::instagram
