// The numbers of Facebook Pages, each with its document and date.
#include "channels/facebook/facebook.h"

namespace carillon::channels::facebook {
namespace {

constexpr const char* videos_page =
    "https://developers.facebook.com/docs/graph-api/reference/page/videos/ (2026-09)";

std::vector<MediaRule> media_rules() {
  return {{.kind = "image",
           .mimes = {"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"},
           .max_bytes = 10 << 20,
           .max_count = 10,
           .max_alt = 1000,
           .source = "https://developers.facebook.com/docs/graph-api/reference/page/photos/ (2026-09)"},
          {.kind = "video",
           .mimes = {"video/mp4", "video/quicktime"},
           .max_bytes = uint64_t{4} << 30,  // not restated officially: used by integrators
           .max_duration = std::chrono::minutes(240),
           .max_count = 1,
           .source = videos_page},
          {.kind = "video",
           .as = "reel",
           .mimes = {"video/mp4", "video/quicktime"},
           .max_bytes = uint64_t{4} << 30,
           .min_width = 540,
           .min_height = 960,
           .narrowest = {9, 16},
           .widest = {9, 16},
           .min_duration = std::chrono::seconds(3),
           .max_duration = std::chrono::seconds(90),
           .codecs = {"h264", "hevc", "vp9", "av1"},
           .sound = {"aac"},
           .max_count = 1,
           .source = "https://developers.facebook.com/docs/video-api/guides/reels-publishing (2026-09)"},
          {.kind = "video",
           .as = "story",
           .mimes = {"video/mp4", "video/quicktime"},
           .max_bytes = uint64_t{4} << 30,
           .max_duration = std::chrono::seconds(60),
           .max_count = 1,
           .source = "https://developers.facebook.com/docs/page-stories-api (2026-09)"}};
}

Traits make() {
  Traits traits;
  traits.network = "facebook";
  traits.label = "Facebook";
  traits.max_text = 63'206;
  traits.unit = "UTF-16 units";  // the unit is not documented: the strictest that fits
  traits.max_media = 10;
  traits.link_card = true;
  traits.media = media_rules();
  traits.covers = {{.as = "post",
                    .picture = true,
                    .mimes = {"image/jpeg", "image/png"},
                    .max_bytes = 10 << 20,
                    .source = videos_page}};
  traits.shapes = {{"square", {1, 1}}, {"portrait", {4, 5}}, {"link", {191, 100}}, {"story, reel", {9, 16}}};
  // Both limits are shares of a moving number of users: only the usage headers tell how near they are.
  const char* limits = "https://developers.facebook.com/docs/graph-api/overview/rate-limiting (2026-09)";
  traits.lanes = {{LaneRule::Scope::account, "page", 0, std::chrono::hours(24), limits},
                  {LaneRule::Scope::app, "app", 0, std::chrono::hours(1), limits}};
  traits.post_lanes = {"page", "app"};
  traits.settling = std::chrono::seconds(60);  // own caution: Facebook documents none
  traits.can_look_up = true;
  traits.kinds = {{Kind::text, ""},
                  {Kind::link, "as a card"},
                  {Kind::image, "10 MB"},
                  {Kind::images, "up to 10, as an album"},
                  {Kind::video, "MP4 or MOV, 4 GB, in pieces"},
                  {Kind::reel, "one video of 3 to 90 s"},
                  {Kind::story, "an image, or a video up to 60 s"},
                  {Kind::comment, "the first comment, text"}};
  traits.comment = true;
  traits.options = {{"facebook_as",
                     "Publish as",
                     "A post in the feed, a reel (one video), or a story that is gone after a day.",
                     {"post", "reel", "story"},
                     "post"}};
  traits.recovery =
      "The page's own posts are listed and compared; a video is asked itself whether it is published, "
      "stories "
      "and comments have lists of their own.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"pages_show_list", "to list your pages"},
                   {"pages_read_engagement", "to find out whether a post whose answer was lost is there"},
                   {"pages_manage_posts", "to publish posts, photos and videos as the page"},
                   {"pages_manage_engagement", "to write the first comment as the page", false}};
  traits.home = {"https://www.facebook.com", "https://graph.facebook.com"};
  traits.connect_help =
      "Create an app at https://developers.facebook.com with Facebook Login, enter this server's callback "
      "address, and "
      "log in as a person who may create content on the page.";
  traits.source =
      "used everywhere, but in no current official page; "
      "https://developers.facebook.com/docs/pages-api/posts (2026-09)";
  return traits;
}

}  // namespace

const Traits& facebook_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& FacebookChannel::traits() const {
  return facebook_traits();
}

const FacebookChannel channel;
const FacebookAuth auth;

}  // namespace carillon::channels::facebook
