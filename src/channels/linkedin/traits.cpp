// The numbers of LinkedIn, each with its document and date.
#include "channels/linkedin/linkedin.h"

namespace carillon::channels::linkedin {
namespace {

#define SHARES "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/"

std::vector<MediaRule> media_rules() {
  MediaRule image{.kind = "image",
                  .mimes = {"image/jpeg", "image/png", "image/gif"},
                  .max_bytes = 100 << 20,  // own caution: LinkedIn states pixels, no bytes
                  .max_pixels = 36'152'319,
                  .max_frames = 250,
                  .max_count = 20,
                  .max_alt = 4086,
                  .source = SHARES "images-api (2026-09)"};
  MediaRule video{.kind = "video",
                  .mimes = {"video/mp4"},
                  .min_bytes = 75 << 10,
                  .max_bytes = 500 << 20,
                  .min_duration = std::chrono::seconds(3),
                  .max_duration = std::chrono::minutes(30),
                  .max_count = 1,
                  .source = SHARES "videos-api (2026-09)"};
  MediaRule document{.kind = "document",
                     .mimes = {"application/pdf"},
                     .max_bytes = 100 << 20,
                     .max_count = 1,
                     .source = SHARES "documents-api (2026-09)"};
  return {image, video, document};
}

std::vector<LaneRule> lane_rules() {
  using Scope = LaneRule::Scope;
  // Counted per UTC day; a window that slides is the stricter reading.
  const char* share =
      "https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/"
      "share-on-linkedin (2026-09)";
  const char* limits =
      "https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits (2026-09)";
  return {{Scope::account, "post", 150, std::chrono::hours(24), share},
          {Scope::app, "post_app", 100'000, std::chrono::hours(24), share},
          {Scope::account, "media", 0, std::chrono::hours(24), limits},
          {Scope::account, "read", 0, std::chrono::hours(24), limits}};
}

std::vector<Option> options() {
  return {
      {"linkedin_visibility",
       "Who sees it",
       "Everyone, members who are signed in, or a person's own connections.",
       {"PUBLIC", "LOGGED_IN", "CONNECTIONS"},
       "PUBLIC"},
      {"linkedin_title",
       "Title of the card or document",
       "LinkedIn does not read the page behind a link: the card and a document show this title. Empty: the "
       "first line of the text.",
       {},
       ""},
      {"linkedin_link",
       "A link beside a picture",
       "In the text under the picture, or as a card that has the picture.",
       {"text", "card"},
       "text"}};
}

std::vector<ScopeNeed> scopes() {
  return {{"openid", "to know which person is connected"},
          {"profile", "to show their name and picture"},
          {"w_member_social", "to publish posts and comments as the person"},
          {"w_organization_social", "to publish posts and comments as an organisation", false},
          {"r_organization_social", "to find out whether a post whose answer was lost is there", false},
          {"rw_organization_admin", "to list the organisations that the person administers", false}};
}

Traits make() {
  Traits traits;
  traits.network = "linkedin";
  traits.label = "LinkedIn";
  traits.max_text = 3000;
  traits.unit = "characters";  // UTF-16 units with what must be escaped: the strictest reading
  traits.max_media = 20;
  traits.comment = true;
  traits.link_card = true;
  traits.media = media_rules();
  traits.covers = {{.picture = true,
                    .mimes = {"image/jpeg", "image/png"},
                    .max_bytes = 2 << 20,  // what people may upload; the API states no number
                    .source = SHARES "videos-api (2026-09)"}};
  traits.shapes = {{"landscape", {191, 100}}, {"square", {1, 1}}, {"portrait", {4, 5}}};
  traits.lanes = lane_rules();
  traits.post_lanes = {"post", "post_app"};
  traits.settling = std::chrono::seconds(60);  // own caution: none is documented
  traits.can_look_up = true;
  traits.options = options();
  traits.poll = PollRule{.max_options = 4,
                         .max_option = 30,
                         .min_open = std::chrono::hours(24),
                         .max_open = std::chrono::hours(24 * 14),
                         .source = SHARES "poll-post-api (2026-09)"};
  traits.kinds = {{Kind::text, "3,000 characters"},
                  {Kind::link, "as a card with your title"},
                  {Kind::image, "JPEG, PNG or GIF, under 36 megapixels"},
                  {Kind::images, "2 to 20"},
                  {Kind::video, "MP4, 3 s to 30 min, 75 KB to 500 MB"},
                  {Kind::document, "PDF, 100 MB, 300 pages"},
                  {Kind::poll, "2 to 4 answers, 1, 3, 7 or 14 days"},
                  {Kind::comment, "the first comment, text"}};
  traits.recovery =
      "LinkedIn refuses the same post again for about ten minutes and names the one that is there: within "
      "eight "
      "minutes it is sent again once. After that an organisation's posts are listed and compared; a person's "
      "cannot be listed, so you are asked.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = scopes();
  traits.home = {"https://www.linkedin.com", "https://api.linkedin.com"};
  traits.connect_help =
      "Create an app at https://developer.linkedin.com, add the products “Sign In with LinkedIn using OpenID "
      "Connect” and “Share on LinkedIn”, and enter this server's callback address. For company pages the app "
      "also "
      "needs the Community Management API, which LinkedIn reviews.";
  traits.source = SHARES "posts-api (2026-09)";
  return traits;
}

}  // namespace

const Traits& linkedin_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& LinkedinChannel::traits() const {
  return linkedin_traits();
}

const LinkedinChannel channel;
const LinkedinAuth auth;

}  // namespace carillon::channels::linkedin
