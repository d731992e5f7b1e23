// The numbers of Telegram, each with its document and date.
#include "channels/telegram/telegram.h"

namespace carillon::channels::telegram {
namespace {

constexpr const char* api_page = "https://core.telegram.org/bots/api (Bot API 10.1, 2026-06-11)";
constexpr const char* faq_page = "https://core.telegram.org/bots/faq (2026-09)";

std::vector<MediaRule> media_rules() {
  return {
      {.kind = "image",
       .mimes = {"image/jpeg", "image/png", "image/webp"},
       .max_bytes = 10 << 20,
       .max_sum = 10'000,
       .narrowest = {1, 20},
       .widest = {20, 1},
       .max_count = 10,
       .source = api_page},
      {.kind = "gif", .mimes = {"image/gif"}, .max_bytes = 50 << 20, .max_count = 1, .source = api_page},
      {.kind = "video", .mimes = {"video/mp4"}, .max_bytes = 50 << 20, .max_count = 10, .source = api_page},
      {.kind = "document",
       .mimes = {"application/pdf"},
       .max_bytes = 50 << 20,
       .max_count = 1,
       .source = api_page}};
}

Traits make() {
  Traits traits;
  traits.network = "telegram";
  traits.label = "Telegram";
  traits.max_text = 4096;
  traits.unit = "UTF-16 units";
  traits.max_caption = 1024;
  traits.max_media = 10;
  traits.media = media_rules();
  traits.covers = {{.picture = true,
                    .mimes = {"image/jpeg", "image/png", "image/webp"},
                    .max_bytes = 10 << 20,
                    .source = api_page}};
  traits.shapes = {{"landscape", {16, 9}}, {"square", {1, 1}}};
  // "About one message a second per chat, bursts tolerated": twenty in twenty seconds.
  traits.lanes = {{LaneRule::Scope::account, "chat", 20, std::chrono::seconds(20), faq_page},
                  {LaneRule::Scope::app, "bot", 30, std::chrono::seconds(1), faq_page}};
  traits.post_lanes = {"chat", "bot"};
  traits.can_look_up = false;
  traits.options = {
      {"parse_mode", "Markup", "How the text is marked up.", {"none", "HTML", "MarkdownV2"}, "none"},
      {"silent", "Silent", "Subscribers get no sound.", {"false", "true"}, "false"},
      {"link_preview", "Link preview", "Shows a preview of the first link.", {"true", "false"}, "true"}};
  traits.kinds = {{Kind::text, "4,096, with markup"},
                  {Kind::link, "in the text, with a preview"},
                  {Kind::image, "10 MB"},
                  {Kind::images, "up to 10, as an album"},
                  {Kind::video, "MP4, 50 MB"},
                  {Kind::document, "PDF, 50 MB"},
                  {Kind::poll, "2 to 12 answers, the text is the question"}};
  traits.poll = PollRule{.max_options = 12,
                         .max_option = 100,
                         .min_open = std::chrono::seconds(5),
                         .max_open = std::chrono::seconds(2'628'000),
                         .multiple = true,
                         .source = api_page};
  traits.recovery = "A bot cannot read back what it wrote: a person looks.";
  traits.connect_by = ConnectBy::token;
  traits.connect_fields = {
      {"token", "Bot token", "From @BotFather. It is sealed on the server and never shown again.",
       "100200300:AAE…", true},
      {"chat", "Channel or chat", "Its @name, or its number.", "@mychannel"}};
  traits.scopes = {
      {"can_post_messages", "the bot's right, as an administrator of the channel, to publish posts"}};
  traits.home = {"https://telegram.org", "https://api.telegram.org"};
  traits.connect_help =
      "Write to @BotFather on Telegram, make a bot with /newbot and copy its token. Add the bot to your "
      "channel as an "
      "administrator that may post messages. Then enter the token and the channel, for example @mychannel.";
  traits.source = api_page;
  return traits;
}

}  // namespace

const Traits& telegram_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& TelegramChannel::traits() const {
  return telegram_traits();
}

const TelegramChannel channel;
const TelegramAuth auth;

}  // namespace carillon::channels::telegram
