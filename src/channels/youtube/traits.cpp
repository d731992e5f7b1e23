// The numbers of YouTube, each with its document and date.
#include "channels/youtube/youtube.h"

namespace carillon::channels::youtube {
namespace {

constexpr const char* videos_page = "https://developers.google.com/youtube/v3/docs/videos (2026-09)";
constexpr const char* cover_page = "https://developers.google.com/youtube/v3/docs/thumbnails/set (2026-09)";
constexpr const char* quota_page = "https://developers.google.com/youtube/v3/determine_quota_cost (2026-09)";

std::vector<Option> option_list() {
  return {{"video_title",
           "Title of the video",
           "At most 100 characters. Empty: the first line of the text.",
           {},
           ""},
          {"video_privacy",
           "Who sees the video",
           "Everybody, whoever has the link, or nobody. Videos of projects that Google has not audited stay "
           "private.",
           {"public", "unlisted", "private"},
           "public"},
          {"made_for_kids",
           "Made for children",
           "YouTube asks for this about every video.",
           {"false", "true"},
           "false"},
          {"synthetic",
           "Altered or made by AI",
           "Realistic pictures of what did not happen.",
           {"false", "true"},
           "false"}};
}

Traits make() {
  using Scope = LaneRule::Scope;
  Traits traits;
  traits.network = "youtube";
  traits.label = "YouTube";
  traits.max_text = 5000;
  traits.unit = "bytes";
  traits.max_media = 1;
  traits.media = {{.kind = "video",
                   .mimes = {"video/mp4", "video/quicktime", "video/webm"},
                   .max_bytes = uint64_t{256} << 30,
                   .max_duration = std::chrono::hours(12),
                   .max_count = 1,
                   .source = videos_page}};
  traits.covers = {{.picture = true,
                    .mimes = {"image/jpeg", "image/png"},
                    .max_bytes = uint64_t{2} << 20,
                    .source = cover_page}};
  traits.shapes = {{"landscape", {16, 9}}, {"Short", {9, 16}}};
  traits.lanes = {
      {Scope::app, "upload", 100, std::chrono::hours(24), quota_page},
      {Scope::app, "cover", 200, std::chrono::hours(24), cover_page},  // 50 of 10,000 units a day
      {Scope::app, "part", 3000, std::chrono::minutes(1),
       "https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (2026-09; own "
       "caution, none is given)"}};
  traits.post_lanes = {"upload"};
  traits.settling = std::chrono::seconds(1);  // the upload's own address knows
  traits.can_look_up = true;
  traits.options = option_list();
  traits.kinds = {{Kind::video, "MP4, MOV or WebM, up to 12 h; upright and short ones become Shorts"}};
  traits.recovery = "The upload's own address is asked how much has arrived and whether the video is there.";
  traits.connect_by = ConnectBy::oauth;
  traits.scopes = {
      {"https://www.googleapis.com/auth/youtube.upload", "to upload videos"},
      {"https://www.googleapis.com/auth/youtube.readonly", "to know which channel is connected"}};
  traits.home = {"https://accounts.google.com", "https://www.googleapis.com"};
  traits.connect_help =
      "You need a project at https://console.cloud.google.com with the YouTube Data API and an OAuth client "
      "for web "
      "applications. Until Google has audited the project, uploads stay private.";
  traits.source = videos_page;
  return traits;
}

}  // namespace

const Traits& youtube_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& YoutubeChannel::traits() const {
  return youtube_traits();
}

const YoutubeChannel channel;
const YoutubeAuth auth;

}  // namespace carillon::channels::youtube
