// The numbers of Pinterest, each with its document and date.
#include "channels/pinterest/pinterest.h"

namespace carillon::channels::pinterest {
namespace {

constexpr const char* pins_page = "https://developers.pinterest.com/docs/api/v5/pins-create (2025-12)";
constexpr const char* limits_page = "https://developers.pinterest.com/docs/reference/rate-limits/ (2025-12)";
constexpr const char* specs_page =
    "https://help.pinterest.com/business/article/pinterest-product-specs (2026-09)";

std::vector<MediaRule> media_rules() {
  return {{.kind = "image",
           .mimes = {"image/jpeg", "image/png", "image/webp"},
           .max_bytes = 20 << 20,
           .max_count = 5,
           .max_alt = 500,
           .source = specs_page},
          {.kind = "gif",
           .mimes = {"image/gif"},
           .max_bytes = 20 << 20,
           .max_count = 1,
           .max_alt = 500,
           .source = specs_page},
          {.kind = "video",
           .mimes = {"video/mp4", "video/quicktime"},
           .max_bytes = uint64_t{2} << 30,
           .min_duration = std::chrono::seconds(4),
           .max_duration = std::chrono::minutes(15),
           .max_count = 1,
           .source = specs_page}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "pinterest";
  traits.label = "Pinterest";
  traits.max_text = 800;
  traits.unit = "characters";
  traits.max_media = 5;
  traits.link_card = true;
  traits.fetches_media = true;
  traits.media = media_rules();
  traits.covers = {{.moment = true,
                    .picture = true,
                    .mimes = {"image/jpeg", "image/png"},
                    .max_bytes = 20 << 20,
                    .source = pins_page}};
  traits.shapes = {{"pin", {2, 3}}, {"square", {1, 1}}};
  traits.lanes = {{Scope::app, "call", 100, std::chrono::seconds(1), limits_page},
                  {Scope::account, "post", 10, std::chrono::minutes(1),
                   "https://developers.pinterest.com/docs/reference/rate-limits/ (2025-12; own caution, the "
                   "number per minute is not given)"}};
  traits.post_lanes = {"post", "call"};
  traits.settling = std::chrono::seconds(60);  // own caution: none is documented
  traits.can_look_up = true;
  traits.options = {{"pin_title", "Title of the pin", "At most 100 characters. Empty: none.", {}, ""}};
  traits.kinds = {{Kind::link, "where the pin leads to"},
                  {Kind::image, "20 MB"},
                  {Kind::images, "2 to 5, as a carousel"},
                  {Kind::video, "MP4 or MOV, 4 s to 15 min, 2 GB"}};
  traits.recovery = "The board's pins are listed and compared by title, text and link.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"boards:read", "to know your boards"},
                   {"boards:write", "to put pins on them"},
                   {"pins:read", "to find out whether a pin whose answer was lost is there"},
                   {"pins:write", "to make pins"},
                   {"user_accounts:read", "to know whose boards they are"}};
  traits.home = {"https://www.pinterest.com", "https://api.pinterest.com"};
  traits.connect_help =
      "You need a business account and an app at https://developers.pinterest.com. With trial access pins "
      "are seen "
      "only by you. Pinterest fetches pictures from this server: it needs a public address.";
  traits.source = pins_page;
  return traits;
}

}  // namespace

const Traits& pinterest_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& PinterestChannel::traits() const {
  return pinterest_traits();
}

const PinterestChannel channel;
const PinterestAuth auth;

}  // namespace carillon::channels::pinterest
