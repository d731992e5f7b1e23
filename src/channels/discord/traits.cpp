// The numbers of Discord, each with its document and date.
#include "channels/discord/discord.h"

namespace carillon::channels::discord {
namespace {

constexpr const char* webhook_page = "https://docs.discord.com/developers/resources/webhook (2026-08)";
constexpr const char* message_page = "https://docs.discord.com/developers/resources/message (2026-08)";
constexpr const char* limits_page =
    "https://docs.discord.com/developers/topics/rate-limits (2026-08; the numbers are those of its answers)";

std::vector<MediaRule> media_rules() {
  MediaRule image{.kind = "image",
                  .mimes = {"image/jpeg", "image/png", "image/webp"},
                  .max_bytes = 10 << 20,
                  .max_count = 10,
                  .max_alt = 1024,
                  .source = message_page};
  MediaRule gif = image, video = image, document = image;
  gif.kind = "gif", gif.mimes = {"image/gif"};
  video.kind = "video", video.mimes = {"video/mp4", "video/quicktime", "video/webm"};
  document.kind = "document", document.mimes = {"application/pdf"}, document.max_alt = 0;
  return {image, gif, video, document};
}

std::vector<Option> option_list() {
  return {{"silent", "Silent", "Nobody is notified.", {"false", "true"}, "false"},
          {"link_preview", "Link preview", "Shows previews of links.", {"true", "false"}, "true"},
          {"webhook_name", "Name shown", "In place of the webhook's own name.", {}, ""},
          {"mentions",
           "Mentions notify",
           "Whether @everyone, roles and names in the text notify people.",
           {"false", "true"},
           "false"}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "discord";
  traits.label = "Discord";
  traits.max_text = 2000;
  traits.unit = "characters";
  traits.max_media = 10;
  traits.media = media_rules();
  traits.lanes = {{Scope::account, "burst", 5, std::chrono::seconds(2), limits_page},
                  {Scope::account, "post", 30, std::chrono::minutes(1), limits_page},
                  {Scope::app, "all", 50, std::chrono::seconds(1), limits_page}};
  traits.post_lanes = {"burst", "post", "all"};
  traits.can_look_up = false;
  traits.options = option_list();
  traits.poll = PollRule{.max_options = 10,
                         .max_option = 55,
                         .min_open = std::chrono::hours(1),
                         .max_open = std::chrono::hours(768),
                         .multiple = true,
                         .source = "https://docs.discord.com/developers/resources/poll (2026-08)"};
  traits.kinds = {{Kind::text, "2,000"},
                  {Kind::link, "in the text, with a preview"},
                  {Kind::image, "10 MB"},
                  {Kind::images, "up to 10 files"},
                  {Kind::video, "10 MB"},
                  {Kind::document, "PDF, 10 MB"},
                  {Kind::poll, "2 to 10 answers, the text is the question"}};
  traits.recovery = "A webhook cannot read back what it wrote: a person looks.";
  traits.connect_by = ConnectBy::token;
  traits.connect_fields = {{"webhook", "Webhook address",
                            "Whoever has it can post: it is sealed on the server.",
                            "https://discord.com/api/webhooks/…", true}};
  traits.scopes = {{"webhook", "to publish messages in the one channel that the webhook belongs to"}};
  traits.home = {"https://discord.com", "https://discord.com"};
  traits.connect_help =
      "In Discord open the channel's settings, Integrations, Webhooks, make a webhook and copy its address.";
  traits.source = webhook_page;
  return traits;
}

}  // namespace

const Traits& discord_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& DiscordChannel::traits() const {
  return discord_traits();
}

const DiscordChannel channel;
const DiscordAuth auth;

}  // namespace carillon::channels::discord
