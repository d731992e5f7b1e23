// The numbers of X, each with its document and date.
#include "channels/x/x.h"

namespace carillon::channels::x {
namespace {

constexpr const char* limits_page = "https://docs.x.com/x-api/fundamentals/rate-limits (2026-09)";
// X states no numbers; integrators see these in the headers x-user-limit-24hour-* (2026-07).
constexpr const char* articles_page = "https://docs.x.com/x-api/articles/introduction (2026-09)";
constexpr const char* media_page = "https://docs.x.com/x-api/media/quickstart/best-practices (2026-09)";

std::vector<MediaRule> media_rules() {
  MediaRule image{.kind = "image",
                  .mimes = {"image/jpeg", "image/png", "image/webp"},
                  .max_bytes = 5 << 20,
                  .max_count = 4,
                  .max_alt = 1000,
                  .source = media_page};
  MediaRule gif{.kind = "gif",
                .mimes = {"image/gif"},
                .max_bytes = 15 << 20,
                .max_width = 1280,
                .max_height = 1080,
                .max_frames = 350,
                .max_count = 1,
                .max_alt = 1000,
                .source = media_page};
  // X takes 8 GB since 2026-09-01; an upload has at most 1000 segments, here of 4 MB.
  MediaRule video{.kind = "video",
                  .mimes = {"video/mp4", "video/quicktime"},
                  .max_bytes = uint64_t{1000} * (4 << 20),
                  .min_width = 32,
                  .min_height = 32,
                  .narrowest = {1, 3},
                  .widest = {3, 1},
                  .min_duration = std::chrono::milliseconds(500),
                  .max_duration = std::chrono::minutes(20),
                  .codecs = {"h264"},
                  .sound = {"aac"},
                  .max_count = 1,
                  .max_alt = 0,
                  .source = "https://docs.x.com/x-api/media/quickstart/media-upload-chunked (2026-09)"};
  return {image, gif, video};
}

std::vector<LaneRule> lane_rules() {
  using Scope = LaneRule::Scope;
  const auto quarter = std::chrono::minutes(15);
  return {{Scope::account, "post", 100, quarter, limits_page},
          {Scope::app, "post_app", 10'000, std::chrono::hours(24), limits_page},
          {Scope::account, "article_draft", 10, std::chrono::hours(24), articles_page},
          {Scope::account, "article", 5, std::chrono::hours(24), articles_page},
          {Scope::account, "upload", 500, quarter, limits_page},
          {Scope::account, "upload_part", 1875, quarter, limits_page},
          {Scope::account, "upload_status", 1000, quarter, limits_page},
          {Scope::account, "metadata", 500, quarter, limits_page},
          {Scope::account, "read", 900, quarter, limits_page}};
}

Traits make() {
  Traits traits;
  traits.network = "x";
  traits.label = "X";
  traits.max_text = 280;
  traits.unit = "weighted characters";
  traits.max_media = 4;
  traits.thread = true;
  traits.link_card = false;
  traits.url_weight = 23;
  traits.media = media_rules();
  traits.shapes = {{"landscape", {16, 9}}, {"square", {1, 1}}};
  traits.lanes = lane_rules();
  traits.post_lanes = {"post", "post_app"};
  traits.settling = std::chrono::seconds(30);  // own caution: X documents none
  traits.can_look_up = true;
  traits.options = {{"reply_settings",
                     "Who may reply",
                     "Who can answer this post.",
                     {"everyone", "following", "mentionedUsers", "subscribers", "verified"},
                     "everyone"},
                    {"x_as",
                     "Published as",
                     "An article is long, has a title and is open to accounts with X Premium.",
                     {"post", "article"},
                     "post"},
                    {"x_title", "Title of the article", "Shown above the text.", {}, ""}};
  traits.poll = PollRule{.max_options = 4,
                         .max_option = 25,
                         .min_open = std::chrono::minutes(5),
                         .max_open = std::chrono::hours(24 * 7),
                         .source = "https://docs.x.com/x-api/posts/create-post (2026-09)"};
  traits.kinds = {{Kind::text, "280 weighted characters, one cashtag"},
                  {Kind::link, "in the text, counts 23"},
                  {Kind::image, "5 MB"},
                  {Kind::images, "up to 4"},
                  {Kind::video, "MP4 or MOV, in pieces"},
                  {Kind::article, "with a title and up to 20 pictures, for accounts with X Premium"},
                  {Kind::poll, "2 to 4 answers"},
                  {Kind::thread, ""},
                  {Kind::comment, "as the next part of a thread"}};
  traits.recovery = "The account's own posts are listed and compared.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"tweet.write", "to publish posts"},
                   {"tweet.read", "to find out whether a post whose answer was lost is there"},
                   {"users.read", "to know which account is connected"},
                   {"media.write", "to upload images and videos"},
                   {"offline.access", "to stay connected: without it the connection ends after two hours"}};
  traits.home = {"https://x.com", "https://api.x.com"};
  traits.connect_help =
      "Create a project and an app at https://developer.x.com with OAuth 2.0, type “Web App” (confidential "
      "client), and "
      "enter this server's callback address. X charges per post; posts with a link cost more.";
  traits.source = "https://docs.x.com/fundamentals/counting-characters (2026-09)";
  return traits;
}

}  // namespace

const Traits& x_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& XChannel::traits() const {
  return x_traits();
}

const XChannel channel;
const XAuth auth;

}  // namespace carillon::channels::x
