// The numbers of Slack, each with its document and date.
#include "channels/slack/slack.h"

namespace carillon::channels::slack {
namespace {

constexpr const char* post_page = "https://docs.slack.dev/reference/methods/chat.postMessage (2026-09)";
constexpr const char* limits_page = "https://docs.slack.dev/apis/web-api/rate-limits (2026-09)";
constexpr const char* image_page = "https://docs.slack.dev/reference/block-kit/blocks/image-block (2026-09)";

Traits make() {
  using Scope = LaneRule::Scope;
  const auto minute = std::chrono::minutes(1);
  Traits traits;
  traits.network = "slack";
  traits.label = "Slack";
  traits.max_text = 40'000;
  traits.unit = "characters";
  traits.max_caption = 3000;
  traits.max_media = 10;
  traits.thread = true;
  traits.media = {{.kind = "image",
                   .mimes = {"image/jpeg", "image/png"},
                   .max_bytes = 20 << 20,
                   .max_count = 10,
                   .max_alt = 2000,
                   .source = image_page},
                  {.kind = "gif",
                   .mimes = {"image/gif"},
                   .max_bytes = 20 << 20,
                   .max_count = 10,
                   .max_alt = 2000,
                   .source = image_page}};
  traits.lanes = {{Scope::account, "post", 1, std::chrono::seconds(1), limits_page},
                  {Scope::app, "read", 50, minute, limits_page},
                  {Scope::app, "upload", 20, minute, limits_page}};
  traits.post_lanes = {"post"};
  traits.settling = std::chrono::seconds(10);  // own caution: none is documented
  traits.can_look_up = true;
  traits.options = {{"link_preview", "Link preview", "Shows previews of links.", {"true", "false"}, "true"}};
  traits.kinds = {{Kind::text, "40,000; 4,000 are advised"},
                  {Kind::link, "in the text, with a preview"},
                  {Kind::image, "20 MB"},
                  {Kind::images, "up to 10"},
                  {Kind::thread, ""},
                  {Kind::comment, "as a reply in the thread"}};
  traits.recovery = "The channel's history is asked for the message that carries this delivery's id.";
  traits.connect_by = ConnectBy::token;
  traits.connect_fields = {
      {"token", "Bot token", "Begins with xoxb-. It is sealed on the server and never shown again.", "xoxb-…",
       true},
      {"channel", "Channel", "Its id, or the link to it: in the channel's details, at the very bottom.",
       "C0123456789"}};
  traits.scopes = {{"chat:write", "to publish messages"},
                   {"channels:read", "to know the channel's name"},
                   {"channels:history", "to find out whether a message whose answer was lost is there"},
                   {"files:write", "to upload pictures"}};
  traits.home = {"https://slack.com", "https://slack.com"};
  traits.connect_help =
      "Make an app at https://api.slack.com/apps with the bot scopes below (for a private channel "
      "groups:read and "
      "groups:history), install it into your workspace, copy the bot token, and invite the bot into the "
      "channel.";
  traits.source = post_page;
  return traits;
}

}  // namespace

const Traits& slack_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& SlackChannel::traits() const {
  return slack_traits();
}

const SlackChannel channel;
const SlackAuth auth;

}  // namespace carillon::channels::slack
