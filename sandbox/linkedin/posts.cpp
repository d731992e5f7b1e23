// Posts and comments: community-management/shares/posts-api, multiimage-post-api, poll-post-api,
// little-text-format, comments-api (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/linkedin/linkedin.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

constexpr size_t longest = 3000, longest_comment = 1250, longest_title = 400, longest_alt = 4086;
constexpr auto refuses_repeats = std::chrono::minutes(10);

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::optional<wire::Response> missing(std::string_view field) {
  return linkedin_error(400, "MISSING_FIELD", fmt::format("{} :: field is required but not found", field));
}

std::optional<wire::Response> too_long(std::string_view field, size_t allowed) {
  return linkedin_error(400, "FIELD_LENGTH_TOO_LONG",
                        fmt::format("{} :: length exceeds the maximum allowed ({})", field, allowed));
}

std::optional<wire::Response> bad_value(std::string_view field) {
  return linkedin_error(400, "INVALID_VALUE_FOR_FIELD", fmt::format("{} :: invalid value for field", field));
}

// "@[Name](urn:li:organization:1)" or "{hashtag|\#|tag}": what is seen of it; used = 0: neither.
std::string template_at(std::string_view text, size_t& used) {
  used = 0;
  if (text.starts_with("@[")) {
    const size_t middle = text.find("](urn:li:"), end = text.find(')', middle);
    if (middle == std::string_view::npos || end == std::string_view::npos) return "";
    used = end + 1;
    return std::string(text.substr(2, middle - 2));
  }
  if (!text.starts_with("{hashtag|\\#|")) return "";
  const size_t end = text.find('}');
  if (end == std::string_view::npos) return "";
  used = end + 1;
  return "#" + std::string(text.substr(12, end - 12));
}

}  // namespace

std::string linkedin_seen(std::string_view little) {
  std::string out;
  for (size_t i = 0; i < little.size(); ++i) {
    size_t used = 0;
    const std::string seen = template_at(little.substr(i), used);
    if (used > 0) {
      out += seen;
      i += used - 1;
    } else if (little[i] == '\\' && i + 1 < little.size()) {
      out += little[++i];
    } else if (std::string_view("{}[]()<>@|").find(little[i]) != std::string_view::npos) {
      return out;  // silently cut: the frequent mistake
    } else if (std::string_view("*_~").find(little[i]) == std::string_view::npos) {
      out += little[i];
    }
  }
  return out;
}

Linkedin::Refusal Linkedin::may_write(const Grant& grant, std::string_view urn, size_t& author) {
  const auto index = index_of(urn);
  if (!index)
    return linkedin_error(400, "INVALID_URN_TYPE",
                          "author, owner or actor must be a person or an organization");
  author = *index;
  const bool member = *index % 2 == 1;
  const bool own = member ? *index / 2 == grant.person : *index / 4 == grant.person;
  if (own && grant.allows(member ? "w_member_social" : "w_organization_social")) return std::nullopt;
  return linkedin_error(
      403, "ACCESS_DENIED",
      "Not enough permissions to access: partnerApiPosts.CREATE." + std::string(own ? "scope" : "author"));
}

Linkedin::Refusal Linkedin::may_read(const Grant& grant, std::string_view urn, size_t& author) {
  const auto index = index_of(urn);
  if (!index) return linkedin_error(400, "INVALID_URN_TYPE", "author must be a person or an organization");
  author = *index;
  const bool allowed = *index % 2 == 0 && *index / 4 == grant.person && grant.allows("r_organization_social");
  if (allowed) return std::nullopt;  // r_member_social is closed
  return linkedin_error(403, "ACCESS_DENIED",
                        "Not enough permissions to access: partnerApiPosts.FINDER-author");
}

wire::Response Linkedin::create(const Call& call, const Grant& grant) {
  if (!call.json) return linkedin_error(400, "BAD_REQUEST", "A JSON body is required");
  const json::object& body = *call.json;
  if (auto refusal = linkedin_unknown_field(body,
                                            {"author", "commentary", "visibility", "distribution", "content",
                                             "lifecycleState", "isReshareDisabledByAuthor"},
                                            ""))
    return *refusal;
  for (const std::string_view field :
       {"author", "commentary", "visibility", "distribution", "lifecycleState"})
    if (!body.contains(field)) return *missing("/" + std::string(field));
  size_t author = 0;
  if (auto refusal = may_write(grant, text_in(body, "author"), author)) return *refusal;
  const std::string little = text_in(body, "commentary"), seen_by = text_in(body, "visibility");
  if (utf16_units(little) > longest) return *too_long("/commentary", longest);
  if (!one_of(seen_by, {"PUBLIC", "LOGGED_IN", "CONNECTIONS"}) ||
      (author % 2 == 0 && seen_by == "CONNECTIONS"))
    return *bad_value("/visibility");
  if (text_in(body, "lifecycleState") != "PUBLISHED") return *bad_value("/lifecycleState");
  const std::string key = json::serialize(body);
  if (const auto said = said_.find(key); said != said_.end() && call.now - said->second.at < refuses_repeats)
    return linkedin_error(422, "DUPLICATE_POST", "Content is a duplicate of " + said->second.urn);
  Post post{.person = author,
            .text = linkedin_seen(little),
            .visibility = seen_by == "CONNECTIONS" ? "connections" : "public",
            .at = call.now};
  const json::value* content = body.if_contains("content");
  if (content && !content->is_object()) return *bad_value("/content");
  if (content)
    if (auto refusal = read_content(content->get_object(), post, call.now)) return *refusal;
  if (post.text.empty() && !content) return *missing("/content");
  const bool video = !post.media.empty() && gallery_.find(post.media[0])->category == "video";
  post.id = fmt::format("urn:li:{}:{}", video ? "ugcPost" : "share", ids_.next(call.now));
  post.url = fmt::format("{}/feed/update/{}", base(), post.id);
  said_[key] = {post.id, call.now};
  const Post& kept = shelf_.add(std::move(post));
  record(kept, linkedin_urn(author));
  return {201, {{"x-restli-id", kept.id}, {"x-linkedin-id", kept.id}}, ""};
}

Linkedin::Refusal Linkedin::read_content(const json::object& content, Post& post, Instant now) {
  if (auto refusal = linkedin_unknown_field(content, {"media", "multiImage", "article", "poll"}, "/content"))
    return refusal;
  if (content.size() != 1) return bad_value("/content");
  const json::value& one = content.begin()->value();
  if (!one.is_object()) return bad_value("/content");
  if (content.contains("media")) return read_media(one, post, now);
  if (content.contains("multiImage")) return read_images(one, post, now);
  return content.contains("article") ? read_article(one, post, now) : read_poll(one, post);
}

// Uploaded by the same author, and processed. kind "": image, video or document.
Linkedin::Refusal Linkedin::take(const std::string& urn, std::string_view kind, Post& post, Instant now) {
  Medium* medium = gallery_.find(urn);
  if (!medium || medium->person != post.person || (!kind.empty() && medium->category != kind))
    return linkedin_error(400, "INVALID_URN_ID",
                          fmt::format("{} does not exist or is not owned by the author", urn));
  if (!medium->complete || now < medium->ready)
    return linkedin_error(400, "MEDIA_ASSET_WAITING_UPLOAD", fmt::format("{} is not ready", urn));
  if (!medium->failure.empty())
    return linkedin_error(400, "MEDIA_ASSET_PROCESSING_FAILED", urn + ": " + medium->failure);
  medium->used = true;
  post.media.push_back(urn);
  return std::nullopt;
}

Linkedin::Refusal Linkedin::read_media(const json::value& value, Post& post, Instant now) {
  const json::object& media = value.get_object();
  if (auto refusal = linkedin_unknown_field(media, {"id", "altText", "title"}, "/content/media"))
    return refusal;
  if (auto refusal = take(text_in(media, "id"), "", post, now)) return refusal;
  Medium* medium = gallery_.find(post.media.back());
  const std::string title = text_in(media, "title"), alt = text_in(media, "altText");
  if (medium->category == "document" && title.empty()) return missing("/content/media/title");
  if (utf16_units(title) > longest_title) return too_long("/content/media/title", longest_title);
  if (graphemes(alt) > longest_alt) return too_long("/content/media/altText", longest_alt);
  medium->alt = medium->category == "document" ? title : alt;
  return std::nullopt;
}

Linkedin::Refusal Linkedin::read_images(const json::value& value, Post& post, Instant now) {
  const json::value* images = value.get_object().if_contains("images");
  if (!images || !images->is_array()) return missing("/content/multiImage/images");
  const json::array& all = images->get_array();
  if (all.size() < 2 || all.size() > 20)
    return linkedin_error(400, "INVALID_VALUE_FOR_FIELD",
                          "/content/multiImage/images :: 2 to 20 images are allowed");
  for (const json::value& image : all) {
    if (!image.is_object()) return bad_value("/content/multiImage/images");
    if (auto refusal =
            linkedin_unknown_field(image.get_object(), {"id", "altText"}, "/content/multiImage/images"))
      return refusal;
    if (auto refusal = take(text_in(image.get_object(), "id"), "image", post, now)) return refusal;
    gallery_.find(post.media.back())->alt = text_in(image.get_object(), "altText");
  }
  return std::nullopt;
}

Linkedin::Refusal Linkedin::read_article(const json::value& value, Post& post, Instant now) {
  const json::object& article = value.get_object();
  if (auto refusal = linkedin_unknown_field(article, {"source", "title", "description", "thumbnail"},
                                            "/content/article"))
    return refusal;
  post.link = text_in(article, "source");
  if (!wire::parse_url(post.link)) return bad_value("/content/article/source");
  const std::string title = text_in(article, "title");
  if (title.empty()) return missing("/content/article/title");
  if (utf16_units(title) > longest_title) return too_long("/content/article/title", longest_title);
  if (article.contains("thumbnail")) return take(text_in(article, "thumbnail"), "image", post, now);
  return std::nullopt;
}

Linkedin::Refusal Linkedin::read_poll(const json::value& value, Post& post) {
  const json::object& poll = value.get_object();
  if (auto refusal = linkedin_unknown_field(poll, {"question", "options", "settings"}, "/content/poll"))
    return refusal;
  const std::string question = text_in(poll, "question");
  if (question.empty()) return missing("/content/poll/question");
  if (utf16_units(question) > 140) return too_long("/content/poll/question", 140);
  const json::value* options = poll.if_contains("options");
  const bool counted =
      options && options->is_array() && options->get_array().size() >= 2 && options->get_array().size() <= 4;
  if (!counted) return bad_value("/content/poll/options");
  for (const json::value& option : options->get_array()) {
    const std::string text = option.is_object() ? text_in(option.get_object(), "text") : "";
    if (text.empty() || utf16_units(text) > 30) return too_long("/content/poll/options/text", 30);
    post.choices.push_back(text);
  }
  const json::value* settings = poll.if_contains("settings");
  const std::string duration =
      settings && settings->is_object() ? text_in(settings->get_object(), "duration") : "";
  if (!one_of(duration, {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"}))
    return bad_value("/content/poll/settings/duration");
  post.text = post.text.empty() ? question : question + "\n" + post.text;
  return std::nullopt;
}

wire::Response Linkedin::comment(const Call& call, const std::string& urn, const Grant& grant) {
  if (!call.json) return linkedin_error(400, "BAD_REQUEST", "A JSON body is required");
  const json::object& body = *call.json;
  if (auto refusal = linkedin_unknown_field(body, {"actor", "object", "message", "parentComment"}, ""))
    return *refusal;
  const Post* parent = shelf_.find(urn);
  if (!parent) return linkedin_error(404, "NOT_FOUND", "Could not find entity: " + urn);
  if (text_in(body, "object") != urn) return *bad_value("/object");
  size_t author = 0;
  if (auto refusal = may_write(grant, text_in(body, "actor"), author)) return *refusal;
  const json::value* message = body.if_contains("message");
  const std::string text = message && message->is_object() ? text_in(message->get_object(), "text") : "";
  if (text.empty()) return *missing("/message/text");
  if (utf16_units(text) > longest_comment) return *too_long("/message/text", longest_comment);
  const std::string number = ids_.next(call.now);
  Post post{.person = author, .text = text, .reply_to = urn, .thread = urn, .at = call.now};
  post.id = fmt::format("urn:li:comment:(urn:li:activity:{},{})", urn.substr(urn.rfind(':') + 1), number);
  post.url = parent->url;
  const Post& kept = shelf_.add(std::move(post));
  record(kept, linkedin_urn(author));
  return json_answer(201,
                     json::object{{"id", number},
                                  {"commentUrn", kept.id},
                                  {"actor", linkedin_urn(author)},
                                  {"object", urn},
                                  {"message", json::object{{"text", text}, {"attributes", json::array()}}},
                                  {"created", json::object{{"time", call.now.millis()}}}},
                     {{"x-restli-id", number}});
}

}  // namespace carillon::sandbox
