#include "sandbox/instagram/instagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr size_t longest = 2200, most_tags = 30, most_names = 20, longest_alt = 1000;
constexpr uint64_t largest_image = 8 << 20, largest_reel = 300 << 20, largest_story = 100 << 20;
constexpr int64_t posts_a_day = 50, containers_a_day = 400;

size_t marks_in(std::string_view text, char mark) {
  size_t count = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    const auto word = [&](size_t at) {
      return std::isalnum(static_cast<unsigned char>(text[at])) || text[at] == '_';
    };
    count += text[i] == mark && (i == 0 || !word(i - 1)) && word(i + 1) ? 1 : 0;
  }
  return count;
}

}  // namespace

Instagram::Instagram(Ground& ground) : Containers(ground, "instagram", "IG", "ig", 17'841'400'000'000'001) {}

std::unique_ptr<Network> make_instagram(Ground& ground) {
  return std::make_unique<Instagram>(ground);
}

std::span<const Containers::Wish> Instagram::wishes() const {
  static constexpr std::array<Wish, 5> all = {{
      {"instagram_business_basic", "View profile and access media"},
      {"instagram_business_content_publish", "Access and publish content"},
      {"instagram_business_manage_comments", "Access and manage comments"},
      {"instagram_business_manage_messages", "Access and manage messages"},
      {"instagram_business_manage_insights", "Access and manage insights"},
  }};
  return all;
}

wire::Response Instagram::answer(const Call& call, const Steps& steps, const Grant& grant) {
  if (steps.empty() || steps.size() > 2) return error(400, 2500, "Unknown path components: " + call.path);
  const std::string own = id_of(grant.person);
  const std::string id = steps[0] == "me" ? own : steps[0];
  if (steps.size() == 1) return node(call, id, grant);
  const std::string& edge = steps[1];
  if (edge == "comments") {
    const Post* post = shelf_.find(id);
    if (!post) return missing(id);
    if (auto refusal = needs(grant, "instagram_business_manage_comments")) return *refusal;
    return call.method() == "POST" ? comment(call, *post, grant) : comments(call, *post);
  }
  if (id != own) return missing(id);
  if (call.method() == "POST" && (edge == "media" || edge == "media_publish")) {
    if (auto refusal = needs(grant, publishing_scope())) return *refusal;
    return edge == "media" ? create(call, grant) : publish_container(call, grant);
  }
  if (call.method() != "GET") return error(400, 2500, "Unknown path components: /" + edge);
  if (edge == "content_publishing_limit") return quota(call, grant);
  if (edge == "stories") return stories(call, grant);
  if (edge != "media") return error(400, 2500, "Unknown path components: /" + edge);
  return listed(call, grant.person, false, "id");
}

wire::Response Instagram::node(const Call& call, const std::string& id, const Grant& grant) {
  if (id == id_of(grant.person) && call.method() == "GET") {
    const Character who = character(grant.person);
    return selected(call,
                    {{"id", id},
                     {"user_id", id},
                     {"username", who.handle},
                     {"name", who.name},
                     {"account_type", "BUSINESS"},
                     {"profile_picture_url", fmt::format("{}/avatar/{}.svg", base(), grant.person)}},
                    "id");
  }
  if (const Post* post = shelf_.find(id); post && post->person == grant.person && call.method() == "GET")
    return selected(call, shown(*post, call.now), "id");
  const Container* one = container(id);
  if (!one || one->post.person != grant.person || call.method() != "GET") return missing(id);
  const std::string status(standing(*one, call.now));
  const std::string words = status == "ERROR"
                                ? "Error: Media upload has failed with error code " + one->failure
                                : status + ": Media has a container";
  return selected(call, {{"id", id}, {"status_code", status}, {"status", words}}, "id");
}

wire::Response Instagram::create(const Call& call, const Grant& grant) {
  if (auto refusal =
          unknown_parameter(call, {"image_url", "video_url", "media_type", "caption", "children",
                                   "is_carousel_item", "share_to_feed", "cover_url", "thumb_offset",
                                   "audio_name", "user_tags", "location_id", "collaborators", "alt_text"}))
    return *refusal;
  Container made{.kind = call.param_or("media_type", ""), .post = {.person = grant.person}};
  made.child = call.param_or("is_carousel_item", "false") == "true";
  if (auto refusal = read_caption(call, made)) return *refusal;
  if (auto refusal = made.kind == "CAROUSEL" ? read_children(call, made) : read_medium(call, made))
    return *refusal;
  const Reading reading = meter(fmt::format("containers:{}", grant.person), containers_a_day, 24h, call.now);
  if (reading.over) return error(400, 9, "The user reached the maximum number of containers", 2207042);
  return json_answer(200, json::object{{"id", keep(std::move(made), call.now).id}});
}

Containers::Refusal Instagram::read_caption(const Call& call, Container& made) {
  const std::string caption = call.param_or("caption", "");
  if (utf16_units(caption) > longest) return error(400, 36'004, "The caption was too long", 2207010);
  if (marks_in(caption, '#') > most_tags || marks_in(caption, '@') > most_names)
    return error(400, 100, "Too many hashtags or mentions in the caption", 2207040);
  if (made.child && !caption.empty())
    return error(400, 100, "(#100) Caption is not allowed on carousel items");
  if (made.kind != "STORIES") made.post.text = caption;
  if (made.kind == "STORIES") made.post.visibility = "story";
  return std::nullopt;
}

Containers::Refusal Instagram::read_medium(const Call& call, Container& made) {
  const std::string image = call.param_or("image_url", ""), video = call.param_or("video_url", "");
  const bool known = made.kind.empty() || made.kind == "REELS" || made.kind == "STORIES" ||
                     (made.kind == "VIDEO" && made.child);
  if (!known)
    return error(400, 100, "(#100) Param media_type must be one of {CAROUSEL, REELS, STORIES}", 2207023);
  if (image.empty() == video.empty())
    return error(400, 100, "(#100) One of image_url and video_url is required");
  const bool is_video = !video.empty();
  if (made.kind.empty() == is_video && made.kind != "STORIES")
    return error(400, 352, "The media type does not fit the file that was given", 2207023);
  if ((made.kind == "REELS" || made.kind == "VIDEO") && !is_video)
    return error(400, 352, "A video is required", 2207026);
  if (call.param("share_to_feed") && made.kind != "REELS")
    return error(400, 100, "(#100) share_to_feed is for reels");
  const std::string alt = call.param_or("alt_text", "");
  if (alt.size() > 4 * longest_alt || (is_video && !alt.empty()))
    return error(400, 100, "(#100) Param alt_text is invalid");
  if (!wire::parse_url(is_video ? video : image))
    return error(400, 9004, "The media could not be fetched from this URI", 2207052);
  fill(made, is_video ? video : image, is_video, alt, call.now);
  // Pictures are fetched at once, videos later.
  if (auto refusal = read_cover(call, made)) return refusal;
  if (!is_video && made.failure == "unreachable")
    return error(
        400, 9004,
        "Only photo or video can be accepted as media type: the media could not be fetched from this URI",
        2207052);
  if (!is_video && made.failure == "2207004") return error(400, 36'000, "The image is too large", 2207004);
  if (!is_video && made.failure == "2207005")
    return error(400, 36'001, "The image format is not supported: use JPEG", 2207005);
  if (!is_video && made.failure == "2207009")
    return error(400, 36'003, "The aspect ratio is not supported", 2207009);
  if (made.failure == "unreachable") made.failure = "2207052";
  return std::nullopt;
}

// reference/ig-user/media (2026-09): cover_url goes before thumb_offset; both are for reels.
Containers::Refusal Instagram::read_cover(const Call& call, Container& made) {
  const auto url = call.param("cover_url"), offset = call.param("thumb_offset");
  if (!url && !offset) return std::nullopt;
  if (made.kind != "REELS") return error(400, 100, "(#100) A cover is for reels");
  Medium* video = gallery_.find(made.post.media.at(0));
  if (!url) {
    const auto ms = to_number(*offset);
    if (!ms || *ms < 0) return error(400, 1, "The thumb offset is invalid", 2207057);
    video->moment = fmt::format("{:g} s", static_cast<double>(*ms) / 1000);
    return std::nullopt;
  }
  const auto found = wire::parse_url(*url) ? found_at(ground_, *url, "image/jpeg") : std::nullopt;
  if (!found || found->type != "image/jpeg" || found->size > largest_image)
    return error(400, 9004, "The cover could not be fetched, or is no JPEG of at most 8 MB", 2207052);
  const std::string id = video->id;
  Medium& picture = gallery_.add(
      {.id = id + "c", .type = found->type, .size = found->size, .made = call.now, .ready = call.now});
  gallery_.keep_bytes(picture, found->bytes);
  gallery_.find(id)->cover = picture.id;
  return std::nullopt;
}

Containers::Refusal Instagram::read_children(const Call& call, Container& made) {
  made.children = split(call.param_or("children", ""), ",");
  if (made.children.size() < 2 || made.children.size() > 10)
    return error(400, 100, "Carousels have 2 to 10 items", 2207028);
  for (const std::string& id : made.children) {
    const Container* child = container(id);
    if (!child || !child->child || child->post.person != made.post.person) return missing(id);
    if (standing(*child, call.now) != "FINISHED")
      return error(400, 9007, "Media ID is not available", 2207027);
    made.post.media.push_back(child->post.media.at(0));
  }
  return std::nullopt;
}

// error-codes (2026-09)
std::string Instagram::failure_of(const Found& found, const Container& made) const {
  const bool video = made.kind == "REELS" || made.kind == "VIDEO" || found.type.starts_with("video/");
  if (video) {
    const bool right = found.type == "video/mp4" || found.type == "video/quicktime";
    return right && found.size <= (made.kind == "STORIES" ? largest_story : largest_reel) ? "" : "2207026";
  }
  if (found.type != "image/jpeg") return "2207005";
  if (found.size > largest_image) return "2207004";
  const auto pixels = pixels_of(found.bytes);
  if (!pixels || pixels->height == 0 || made.kind == "STORIES") return "";
  const double ratio = double(pixels->width) / pixels->height;
  return ratio < 0.79 || ratio > 1.92 ? "2207009" : "";
}

int64_t Instagram::published_lately(size_t person, Instant now) const {
  return std::ranges::count_if(shelf_.posts(), [&](const Post& post) {
    return post.person == person && post.reply_to.empty() && post.at > now - 24h;
  });
}

wire::Response Instagram::publish_container(const Call& call, const Grant& grant) {
  if (auto refusal = unknown_parameter(call, {"creation_id"})) return *refusal;
  Container* one = container(call.param_or("creation_id", ""));
  if (!one || one->child || one->post.person != grant.person)
    return error(400, 24, "The media with this ID cannot be found", 2207006);
  const std::string_view status = standing(*one, call.now);
  if (status == "EXPIRED" || status == "ERROR")
    return error(400, 24, "The container does not exist any more", 2207008);
  if (status == "PUBLISHED") return published_already({{100, 0}, {24, 2207006}, {24, 2207008}});
  if (status != "FINISHED") return error(400, 9007, "Media ID is not available", 2207027);
  if (published_lately(grant.person, call.now) >= posts_a_day)
    return error(400, 9, "Application request limit reached: the user reached the maximum number of posts",
                 2207042);
  return json_answer(200, json::object{{"id", publish(*one, call.now).id}});
}

wire::Response Instagram::quota(const Call& call, const Grant& grant) {
  const json::object one{{"quota_usage", published_lately(grant.person, call.now)},
                         {"config", {{"quota_total", posts_a_day}, {"quota_duration", 86'400}}}};
  const wire::Response chosen = selected(call, one, "quota_usage");
  if (chosen.status != 200) return chosen;
  return json_answer(200, json::object{{"data", json::array{json::parse(chosen.body)}}});
}

wire::Response Instagram::comment(const Call& call, const Post& post, const Grant& grant) {
  if (auto refusal = unknown_parameter(call, {"message"})) return *refusal;
  const std::string text = call.param_or("message", "");
  if (text.empty() || utf16_units(text) > longest)
    return error(400, 100, "(#100) Param message is missing or too long");
  if (post.visibility == "story") return error(400, 100, "(#100) Stories have no comments");
  Container one{.post = {.person = grant.person, .text = text, .reply_to = post.id, .thread = post.id}};
  return json_answer(200, json::object{{"id", publish(one, call.now).id}});
}

wire::Response Instagram::comments(const Call& call, const Post& post) {
  if (auto refusal = unknown_parameter(call, {"limit", "after"})) return *refusal;
  json::array data;
  for (const Post& one : shelf_.posts()) {
    if (one.reply_to != post.id || one.gone) continue;
    const json::object whole{{"id", one.id},
                             {"text", one.text},
                             {"timestamp", iso_offset(one.at)},
                             {"username", character(one.person).handle}};
    const wire::Response chosen = selected(call, whole, "id,text,timestamp");
    if (chosen.status != 200) return chosen;
    data.insert(data.begin(), json::parse(chosen.body));
  }
  return json_answer(200, json::object{{"data", data}});
}

wire::Response Instagram::stories(const Call& call, const Grant& grant) {
  if (auto refusal = unknown_parameter(call, {"limit", "after"})) return *refusal;
  json::array data;
  for (const Post& post : shelf_.posts()) {
    if (post.person != grant.person || post.visibility != "story" || post.gone || post.at < call.now - 24h)
      continue;
    const wire::Response chosen = selected(call, shown(post, call.now), "id");
    if (chosen.status != 200) return chosen;
    data.insert(data.begin(), json::parse(chosen.body));
  }
  return json_answer(200, json::object{{"data", data}});
}

json::object Instagram::shown(const Post& post, Instant) {
  const Medium* first = post.media.empty() ? nullptr : gallery_.find(post.media[0]);
  const bool video = first && first->kind() == "video";
  return {{"id", post.id},
          {"caption", post.text.empty() ? json::value() : json::value(post.text)},
          {"timestamp", iso_offset(post.at)},
          {"permalink", post.url},
          {"shortcode", post.id},
          {"username", character(post.person).handle},
          {"media_type", post.media.size() > 1 ? "CAROUSEL_ALBUM"
                         : video               ? "VIDEO"
                                               : "IMAGE"},
          {"media_product_type", post.visibility == "story" ? "STORY"
                                 : video                    ? "REELS"
                                                            : "FEED"},
          {"media_url", post.media.empty() ? json::value()
                                           : json::value(fmt::format("{}/media/{}", base(), post.media[0]))},
          {"like_count", 0},
          {"comments_count", 0}};
}

}  // namespace carillon::sandbox
