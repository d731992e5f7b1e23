// The numbers of Bluesky, each with its document and date.
#include "channels/bluesky/bluesky.h"

namespace carillon::channels::bluesky {
namespace {

constexpr const char* lexicon =
    "https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky (2026-08)";
constexpr const char* limits_page = "https://docs.bsky.app/docs/advanced-guides/rate-limits (2026-04)";

std::vector<MediaRule> media_rules() {
  return {{.kind = "image",
           .mimes = {"image/jpeg", "image/png", "image/webp"},
           .max_bytes = 2'000'000,
           .max_count = 4,
           .max_alt = 2000,
           .source = lexicon},
          // The lexicon allows 300 MB; a blob that is sent to the account's own server has 50 MB at most.
          {.kind = "video",
           .mimes = {"video/mp4"},
           .max_bytes = 50'000'000,
           .max_duration = std::chrono::minutes(3),
           .max_count = 1,
           .max_alt = 1000,
           .source = "https://docs.bsky.app/docs/tutorials/video (2026-04)"}};
}

std::vector<Option> option_list() {
  return {{"language", "Language", "Two-letter code of the text's language, for example “en”.", {}, ""},
          {"card_title", "Title of the link", "Stands on the card of a link. Empty: its address.", {}, ""},
          {"card_description", "Text of the link", "Stands below the title on the card of a link.", {}, ""},
          {"content_label",
           "Content label",
           "Hides images and videos until someone opens them.",
           {"none", "sexual", "nudity", "porn", "graphic-media"},
           "none"}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "bluesky";
  traits.label = "Bluesky";
  traits.max_text = 300;
  traits.unit = "graphemes";
  traits.max_media = 4;
  traits.thread = true;
  traits.link_card = true;
  traits.media = media_rules();
  traits.shapes = {{"landscape", {16, 9}}, {"square", {1, 1}}, {"portrait", {4, 5}}};
  // 5,000 points an hour, 35,000 a day; a new record costs three.
  traits.lanes = {{Scope::account, "post", 1666, std::chrono::hours(1), limits_page},
                  {Scope::account, "post_day", 11'666, std::chrono::hours(24), limits_page},
                  {Scope::app, "call", 3000, std::chrono::minutes(5), limits_page}};
  traits.post_lanes = {"post", "post_day", "call"};
  traits.settling = std::chrono::seconds(5);  // own caution: the repository answers for what it has taken
  traits.can_look_up = true;
  traits.key_lives = std::chrono::hours(24 * 3650);  // the key is the record's name
  traits.options = option_list();
  traits.kinds = {{Kind::text, "300 graphemes and 3,000 bytes"},
                  {Kind::link, "as a card"},
                  {Kind::image, "2 MB"},
                  {Kind::images, "up to 4"},
                  {Kind::video, "MP4, 50 MB, 3 min"},
                  {Kind::thread, ""},
                  {Kind::comment, "as the next part of a thread"}};
  traits.recovery = "Sent again under the same record key, which makes no second post.";
  traits.connect_by = ConnectBy::token;
  traits.connect_fields = {
      {"handle", "Handle", "Your name there, or the e-mail address you sign in with.", "shop.bsky.social"},
      {"password", "App password",
       "Not the one you sign in with. It is traded for a session at once and not kept.",
       "xxxx-xxxx-xxxx-xxxx", true},
      {"server", "Server", "Only if your account lives on a server of its own.", "bsky.social", false, true}};
  traits.scopes = {{"app password", "to publish posts and upload images and videos in your name"}};
  traits.home = {"https://bsky.app", "https://bsky.social"};
  traits.connect_help =
      "Open https://bsky.app/settings/app-passwords, add an app password for Carillon and enter it here with "
      "your "
      "handle.";
  traits.source = lexicon;
  return traits;
}

}  // namespace

const Traits& bluesky_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& BlueskyChannel::traits() const {
  return bluesky_traits();
}

const BlueskyChannel channel;
const BlueskyAuth auth;

}  // namespace carillon::channels::bluesky
