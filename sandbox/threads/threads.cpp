#include "sandbox/threads/threads.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr size_t longest = 500, longest_alt = 1000;
constexpr uint64_t largest_image = 8 << 20, largest_video = 1 << 30;
constexpr int64_t posts_a_day = 250, replies_a_day = 1000;

bool is_emoji(uint32_t c) {
  static constexpr std::array<std::pair<uint32_t, uint32_t>, 22> ranges = {{
      {0x200d, 0x200d}, {0x203c, 0x203c},   {0x2049, 0x2049}, {0x20e3, 0x20e3}, {0x2122, 0x2122},
      {0x2139, 0x2139}, {0x2194, 0x2199},   {0x21a9, 0x21aa}, {0x231a, 0x231b}, {0x23e9, 0x23f3},
      {0x23f8, 0x23fa}, {0x25aa, 0x25ab},   {0x25b6, 0x25b6}, {0x25fb, 0x25fe}, {0x2600, 0x2604},
      {0x260e, 0x27bf}, {0x2934, 0x2935},   {0x2b05, 0x2b07}, {0x2b1b, 0x2b1c}, {0x2b50, 0x2b55},
      {0xfe0f, 0xfe0f}, {0x1f000, 0x1faff},
  }};
  return std::ranges::any_of(ranges, [&](const auto& r) { return c >= r.first && c <= r.second; });
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

size_t threads_length(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t c = bytes == 1 ? lead : lead & (0xffU >> (bytes + 1));
    for (size_t k = 1; k < bytes && i + k < text.size(); ++k)
      c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    count += is_emoji(c) ? bytes : 1;
    i += bytes;
  }
  return count;
}

Threads::Threads(Ground& ground) : Containers(ground, "threads", "TH", "th", 25'100'000'000'001) {}

std::unique_ptr<Network> make_threads(Ground& ground) {
  return std::make_unique<Threads>(ground);
}

std::span<const Containers::Wish> Threads::wishes() const {
  static constexpr std::array<Wish, 6> all = {{
      {"threads_basic", "Access your profile and posts"},
      {"threads_content_publish", "Create and share posts"},
      {"threads_manage_replies", "Reply, and choose who can reply"},
      {"threads_read_replies", "Read replies"},
      {"threads_manage_insights", "See insights"},
      {"threads_delete", "Delete your posts"},
  }};
  return all;
}

wire::Response Threads::answer(const Call& call, const Steps& steps, const Grant& grant) {
  if (steps.empty() || steps.size() > 2) return error(400, 2500, "Unknown path components: " + call.path);
  const std::string own = id_of(grant.person);
  const std::string id = steps[0] == "me" ? own : steps[0];
  if (steps.size() == 1) return node(call, id, grant);
  if (id != own) return missing(id);
  const std::string& edge = steps[1];
  if (call.method() == "POST" && (edge == "threads" || edge == "threads_publish")) {
    if (auto refusal = needs(grant, publishing_scope())) return *refusal;
    return edge == "threads" ? create(call, grant) : publish_container(call, grant);
  }
  if (call.method() == "GET" && edge == "threads_publishing_limit") return quota(call, grant);
  if (call.method() != "GET" || (edge != "threads" && edge != "replies"))
    return error(400, 2500, "Unknown path components: /" + edge);
  return listed(call, grant.person, edge == "replies", "id");
}

wire::Response Threads::node(const Call& call, const std::string& id, const Grant& grant) {
  if (id == id_of(grant.person) && call.method() == "GET") {
    const Character who = character(grant.person);
    return selected(call,
                    {{"id", id},
                     {"username", who.handle},
                     {"name", who.name},
                     {"threads_profile_picture_url", fmt::format("{}/avatar/{}.svg", base(), grant.person)},
                     {"threads_biography", ""}},
                    "id");
  }
  if (Post* post = shelf_.find(id); post && post->person == grant.person) {
    if (call.method() == "GET") return selected(call, shown(*post, call.now), "id");
    if (call.method() != "DELETE") return missing(id);
    if (auto refusal = needs(grant, "threads_delete")) return *refusal;
    post->gone = true;
    ground_.ledger.strike(name_, id_of(post->person), post->id);
    return json_answer(200, json::object{{"success", true}, {"deleted_id", id}});
  }
  const Container* one = container(id);
  if (!one || one->post.person != grant.person || call.method() != "GET") return missing(id);
  const std::string_view status = standing(*one, call.now);
  const json::value why = status == "ERROR" ? json::value(one->failure) : json::value();
  return selected(call, {{"id", id}, {"status", status}, {"error_message", why}}, "id,status");
}

wire::Response Threads::create(const Call& call, const Grant& grant) {
  if (auto refusal =
          unknown_parameter(call, {"media_type", "text", "image_url", "video_url", "alt_text",
                                   "is_carousel_item", "children", "reply_to_id", "reply_control",
                                   "quote_post_id", "link_attachment", "topic_tag", "poll_attachment"}))
    return *refusal;
  Container made{.kind = call.param_or("media_type", ""), .post = {.person = grant.person}};
  made.child = call.param_or("is_carousel_item", "false") == "true";
  if (auto refusal = read_text(call, made)) return *refusal;
  if (auto refusal = read_kind(call, made)) return *refusal;
  if (auto refusal = read_poll(call, made)) return *refusal;
  return json_answer(200, json::object{{"id", keep(std::move(made), call.now).id}});
}

Containers::Refusal Threads::read_text(const Call& call, Container& made) {
  Post& post = made.post;
  post.text = call.param_or("text", "");
  if (threads_length(post.text) > longest)
    return error(400, 100, fmt::format("(#100) Param text must be at most {} characters long.", longest));
  post.link = call.param_or("link_attachment", "");
  if (!post.link.empty() && (made.kind != "TEXT" || !wire::parse_url(post.link)))
    return error(400, 100, "(#100) link_attachment is a URL and for text posts only");
  const std::string control = call.param_or("reply_control", "everyone");
  if (!one_of(control, {"everyone", "accounts_you_follow", "mentioned_only", "parent_post_author_only",
                        "followers_only"}))
    return error(400, 100, "(#100) Param reply_control is not one of the allowed values");
  const std::string topic = call.param_or("topic_tag", "x");
  if (topic.empty() || topic.size() > 50 || topic.find_first_of(".&") != std::string::npos)
    return error(400, 100, "(#100) Param topic_tag is invalid");
  post.reply_to = call.param_or("reply_to_id", "");
  const Post* parent = post.reply_to.empty() ? nullptr : shelf_.find(post.reply_to);
  if (!post.reply_to.empty() && !parent) return error(400, 24, "The requested resource does not exist");
  if (parent) post.thread = parent->thread.empty() ? parent->id : parent->thread;
  return std::nullopt;
}

Containers::Refusal Threads::read_kind(const Call& call, Container& made) {
  const std::string image = call.param_or("image_url", ""), video = call.param_or("video_url", "");
  const std::string alt = call.param_or("alt_text", "");
  if (alt.size() > longest_alt * 4) return error(400, 100, "(#100) Param alt_text is too long");
  if (made.kind == "TEXT") {
    const bool empty = made.post.text.empty() && made.post.link.empty() && !call.param("poll_attachment");
    if (empty || !image.empty() || !video.empty() || made.child)
      return error(400, 100, "(#100) A text post needs text, and has no media");
    return std::nullopt;
  }
  if (made.kind == "CAROUSEL") return read_children(call, made);
  const bool is_video = made.kind == "VIDEO";
  if (!is_video && made.kind != "IMAGE")
    return error(400, 100, "(#100) Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}");
  const std::string& url = is_video ? video : image;
  if (!wire::parse_url(url))
    return error(400, 100,
                 fmt::format("(#100) The parameter {} is required", is_video ? "video_url" : "image_url"));
  if (made.child && !made.post.text.empty()) return error(400, 100, "(#100) Carousel items have no text");
  fill(made, url, is_video, alt, call.now);
  if (made.failure == "unreachable") made.failure = is_video ? "FAILED_DOWNLOADING_VIDEO" : "UNKNOWN";
  return std::nullopt;
}

Containers::Refusal Threads::read_children(const Call& call, Container& made) {
  made.children = split(call.param_or("children", ""), ",");
  if (made.children.size() < 2 || made.children.size() > 20)
    return error(400, 100, "(#100) Carousels have 2 to 20 children");
  for (const std::string& id : made.children) {
    const Container* child = container(id);
    if (!child || !child->child || child->post.person != made.post.person) return missing(id);
    if (standing(*child, call.now) != "FINISHED")
      return error(400, 100, "(#100) Child container is not ready: " + id);
    made.post.media.push_back(child->post.media.at(0));
  }
  return std::nullopt;
}

Containers::Refusal Threads::read_poll(const Call& call, Container& made) {
  const auto given = call.param("poll_attachment");
  if (!given) return std::nullopt;
  boost::system::error_code failed;
  const json::value poll = json::parse(*given, failed);
  if (failed || !poll.is_object() || made.kind != "TEXT")
    return error(400, 100, "(#100) Param poll_attachment must be an object, on a text post");
  static constexpr std::array<std::string_view, 4> names = {"option_a", "option_b", "option_c", "option_d"};
  for (const auto& [name, value] : poll.get_object()) {
    const size_t which = made.post.choices.size();
    const bool next = which < names.size() && name == names[which];
    if (!next || !value.is_string() || value.get_string().empty() ||
        threads_length(std::string_view(value.get_string())) > 25)
      return error(400, 100, "(#100) Param poll_attachment: option_a to option_d, up to 25 characters each");
    made.post.choices.emplace_back(value.get_string());
  }
  if (made.post.choices.size() < 2) return error(400, 100, "(#100) A poll needs option_a and option_b");
  return std::nullopt;
}

std::string Threads::failure_of(const Found& found, const Container& made) const {
  const bool video = made.kind == "VIDEO";
  if (video) {
    const bool right = found.type == "video/mp4" || found.type == "video/quicktime";
    return right && found.size <= largest_video ? "" : "FAILED_PROCESSING_VIDEO";
  }
  if (found.type != "image/jpeg" && found.type != "image/png") return "UNKNOWN";
  const auto pixels = pixels_of(found.bytes);
  const bool thin = pixels && (pixels->width > pixels->height * 10 || pixels->height > pixels->width * 10);
  return thin ? "INVALID_ASPEC_RATIO" : found.size > largest_image ? "UNKNOWN" : "";
}

wire::Response Threads::publish_container(const Call& call, const Grant& grant) {
  if (auto refusal = unknown_parameter(call, {"creation_id"})) return *refusal;
  Container* one = container(call.param_or("creation_id", ""));
  if (!one || one->child || one->post.person != grant.person || standing(*one, call.now) == "EXPIRED")
    return error(400, 24, "The requested resource does not exist", 4279009);
  if (one->published) return published_already({{100, 0}, {24, 4279009}, {100, 33}});
  if (standing(*one, call.now) != "FINISHED")
    return error(400, 24, "The requested resource does not exist", 4279009);
  const bool reply = !one->post.reply_to.empty();
  const Reading reading = meter(fmt::format("{}:{}", reply ? "replies" : "posts", grant.person),
                                reply ? replies_a_day : posts_a_day, 24h, call.now);
  if (reading.over) return error(400, 613, "(#613) The quota of published posts has been reached");
  return json_answer(200, json::object{{"id", publish(*one, call.now).id}});
}

wire::Response Threads::quota(const Call& call, const Grant& grant) {
  int64_t posts = 0, replies = 0;
  for (const Post& post : shelf_.posts())
    if (post.person == grant.person && post.at > call.now - 24h) ++(post.reply_to.empty() ? posts : replies);
  const auto config = [](int64_t total) {
    return json::object{{"quota_total", total}, {"quota_duration", 86'400}};
  };
  const json::object one{{"quota_usage", posts},
                         {"config", config(posts_a_day)},
                         {"reply_quota_usage", replies},
                         {"reply_config", config(replies_a_day)}};
  const wire::Response chosen = selected(call, one, "quota_usage,config");
  if (chosen.status != 200) return chosen;
  return json_answer(200, json::object{{"data", json::array{json::parse(chosen.body)}}});
}

json::object Threads::shown(const Post& post, Instant) {
  const json::value link = post.link.empty() ? json::value() : json::value(post.link);
  return {{"id", post.id},
          {"text", post.text},
          {"timestamp", iso_offset(post.at)},
          {"permalink", post.url},
          {"shortcode", post.id},
          {"username", character(post.person).handle},
          {"media_type", post.media.empty()      ? "TEXT_POST"
                         : post.media.size() > 1 ? "CAROUSEL_ALBUM"
                                                 : "IMAGE"},
          {"link_attachment_url", link},
          {"is_quote_post", false},
          {"has_replies", false}};
}

}  // namespace carillon::sandbox
