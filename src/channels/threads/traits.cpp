// The numbers of Threads, each with its document and date.
#include "channels/threads/threads.h"

namespace carillon::channels::threads {
namespace {

constexpr const char* posts_page = "https://developers.facebook.com/docs/threads/posts (2026-09)";
constexpr const char* overview = "https://developers.facebook.com/docs/threads/overview (2026-09)";

std::vector<MediaRule> media_rules() {
  MediaRule image{.kind = "image",
                  .mimes = {"image/jpeg", "image/png"},
                  .max_bytes = 8 << 20,
                  .shown_width = 1440,
                  .narrowest = {1, 10},
                  .widest = {10, 1},
                  .max_count = 20,
                  .max_alt = 1000,
                  .source = overview};
  MediaRule video{.kind = "video",
                  .mimes = {"video/mp4", "video/quicktime"},
                  .max_bytes = 1 << 30,
                  .max_width = 1920,
                  .max_duration = std::chrono::minutes(5),
                  .codecs = {"h264", "hevc"},
                  .sound = {"aac"},
                  .max_count = 20,
                  .max_alt = 1000,
                  .source = overview};
  return {image, video};
}

std::vector<Option> options() {
  return {
      {"threads_reply_control",
       "Who can reply",
       "Who may answer this post.",
       {"everyone", "accounts_you_follow", "mentioned_only"},
       "everyone"},
      {"threads_topic", "Topic", "One topic, 1 to 50 characters, without a dot or an ampersand.", {}, ""}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  const auto day = std::chrono::hours(24);
  Traits traits;
  traits.network = "threads";
  traits.label = "Threads";
  traits.max_text = 500;
  traits.unit = "characters";
  traits.max_media = 20;
  traits.thread = true;
  traits.link_card = true;
  traits.media = media_rules();
  traits.shapes = {{"square", {1, 1}}, {"portrait", {4, 5}}, {"tall", {9, 16}}};
  traits.fetches_media = true;
  traits.lanes = {{Scope::account, "post", 250, day, overview},
                  {Scope::account, "reply", 1000, day, overview},
                  {Scope::account, "call", 0, day, overview},
                  {Scope::app, "app", 0, std::chrono::hours(1), overview}};
  traits.post_lanes = {"post", "app"};
  traits.settling = std::chrono::seconds(60);  // own caution: none is documented
  traits.can_look_up = true;
  traits.options = options();
  traits.poll = PollRule{.max_options = 4,
                         .max_option = 25,
                         .min_open = std::chrono::hours(24),
                         .max_open = std::chrono::hours(24),
                         .source = posts_page};
  traits.kinds = {{Kind::text, "500 characters, an emoji counts its bytes"},
                  {Kind::link, "as a card"},
                  {Kind::image, "JPEG or PNG, 8 MB"},
                  {Kind::images, "2 to 20, videos among them"},
                  {Kind::video, "MP4 or MOV, 5 min, 1 GB"},
                  {Kind::poll, "2 to 4 answers, a day"},
                  {Kind::thread, ""},
                  {Kind::comment, "as the next part of a thread"}};
  traits.recovery =
      "The container that was to be published is asked whether it was; then the account's posts are listed "
      "for its "
      "address.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {{"threads_basic", "to know which account is connected, and to list its posts"},
                   {"threads_content_publish", "to publish"},
                   {"threads_manage_replies", "to publish the parts of a thread", false}};
  traits.home = {"https://threads.net", "https://graph.threads.net"};
  traits.connect_help =
      "Create an app with the use case “Access the Threads API” at https://developers.facebook.com, enter "
      "this "
      "server's callback address, and add the account as a tester until the app is reviewed.";
  traits.source = posts_page;
  return traits;
}

}  // namespace

const Traits& threads_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& ThreadsChannel::traits() const {
  return threads_traits();
}

const ThreadsChannel channel;
const ThreadsAuth auth;

}  // namespace carillon::channels::threads
