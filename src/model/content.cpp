#include "model/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>

#include "base/digest.h"
#include "base/text.h"

namespace carillon {
namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

std::string_view kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a boolean";
    case json::kind::string: return "a text";
    case json::kind::array: return "a list";
    case json::kind::object: return "an object";
    default: return "a number";
  }
}

Fault wrong(std::string code, std::string field, std::string text, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = std::move(code),
          .text = std::move(text),
          .field = std::move(field),
          .remedy = std::move(remedy)};
}

Fault wrong_type(const std::string& field, std::string_view expected, const json::value& seen) {
  const std::string_view name = field.empty() ? "the content" : std::string_view(field);
  return wrong("wrong_type", field,
               fmt::format("{} must be {}, but it is {}.", name, expected, kind_name(seen)),
               fmt::format("Send {} there.", expected));
}

std::string inside(const std::string& path, std::string_view member) {
  return path.empty() ? std::string(member) : fmt::format("{}.{}", path, member);
}

// The object at this path with no members but those.
Result<const json::object*> object_of(const json::value& value, const std::string& path,
                                      std::initializer_list<std::string_view> members) {
  const json::object* object = value.if_object();
  if (object == nullptr) return refuse(wrong_type(path, "an object", value));
  for (const auto& member : *object) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::ranges::find(members, key) != members.end()) continue;
    const std::string field = inside(path, shortened(key, 60));
    return refuse(wrong("unknown_field", field, fmt::format("There is no field \"{}\" here.", field),
                        fmt::format("Known here: {}.", fmt::join(members, ", "))));
  }
  return object;
}

// A text member; a missing one is empty.
Result<std::string> text_of(const json::object& object, const std::string& path, std::string_view member) {
  const json::value* value = object.if_contains(json::string_view(member.data(), member.size()));
  if (value == nullptr) return std::string();
  const json::string* text = value->if_string();
  if (text == nullptr) return refuse(wrong_type(inside(path, member), "a text", *value));
  if (!is_utf8(view(*text))) {
    return refuse(wrong("not_utf8", inside(path, member),
                        fmt::format("{} is not UTF-8.", inside(path, member)), "Send the text in UTF-8."));
  }
  return std::string(view(*text));
}

// A list member, each element read by `read(value, path)`; a missing one is empty.
template <class T, class Read>
Result<std::vector<T>> list_of(const json::object& object, const std::string& path, std::string_view member,
                               Read read) {
  const json::value* value = object.if_contains(json::string_view(member.data(), member.size()));
  if (value == nullptr) return std::vector<T>();
  const std::string field = inside(path, member);
  const json::array* array = value->if_array();
  if (array == nullptr) return refuse(wrong_type(field, "a list", *value));
  std::vector<T> list;
  for (size_t i = 0; i < array->size(); ++i) {
    Result<T> one = read((*array)[i], fmt::format("{}[{}]", field, i));
    if (!one) return refuse(std::move(one.error()));
    list.push_back(std::move(*one));
  }
  return list;
}

// The cover of a video; a missing one is none.
Result<std::optional<Cover>> cover_of(const json::object& media, const std::string& path) {
  const json::value* value = media.if_contains("cover");
  if (value == nullptr || value->is_null()) return std::optional<Cover>();
  const std::string field = inside(path, "cover");
  const auto object = object_of(*value, field, {"at_ms", "picture"});
  if (!object) return refuse(object.error());
  Cover cover;
  if (const json::value* at = (*object)->if_contains("at_ms"); at != nullptr && !at->is_null()) {
    const int64_t* ms = at->if_int64();
    if (ms == nullptr || *ms < 0) return refuse(wrong_type(inside(field, "at_ms"), "a number of milliseconds", *at));
    cover.at = std::chrono::milliseconds(*ms);
  }
  const auto picture = text_of(**object, field, "picture");
  if (!picture) return refuse(picture.error());
  cover.picture = MediaId::parse(*picture);
  if (!picture->empty() && !cover.picture) {
    return refuse(wrong("bad_id", inside(field, "picture"),
                        fmt::format("\"{}\" is not the id of a media file.", shortened(*picture, 60)),
                        "Upload the picture first and send the id that comes back."));
  }
  if (!cover.at && !cover.picture) return std::optional<Cover>();
  return cover;
}

Result<MediaRef> media_from(const json::value& value, const std::string& path) {
  const auto object = object_of(value, path, {"id", "alt", "cover"});
  if (!object) return refuse(object.error());
  auto id_text = text_of(**object, path, "id");
  if (!id_text) return refuse(std::move(id_text.error()));
  auto alt = text_of(**object, path, "alt");
  if (!alt) return refuse(std::move(alt.error()));
  const auto id = MediaId::parse(*id_text);
  if (!id) {
    const std::string field = inside(path, "id");
    return refuse(
        wrong("bad_id", field,
              fmt::format("{} is not the id of a media file: \"{}\".", field, shortened(*id_text, 60)),
              "Upload the file first and send the id that comes back."));
  }
  const auto cover = cover_of(**object, path);
  if (!cover) return refuse(cover.error());
  return MediaRef{.id = *id, .alt = std::move(*alt), .cover = *cover};
}

// A yes-or-no member; a missing one is no.
Result<bool> flag_of(const json::object& object, const std::string& path, std::string_view member) {
  const json::value* value = object.if_contains(json::string_view(member.data(), member.size()));
  if (value == nullptr) return false;
  if (value->is_bool()) return value->get_bool();
  return refuse(wrong_type(inside(path, member), "a boolean", *value));
}

Result<std::string> option_from(const json::value& value, const std::string& path) {
  if (const json::string* text = value.if_string(); text && is_utf8(view(*text)))
    return std::string(view(*text));
  return refuse(wrong_type(path, "a text", value));
}

Result<Duration> minutes_of(const json::object& object, const std::string& path) {
  const json::value* value = object.if_contains("minutes");
  if (value == nullptr) return Poll{}.open;
  const int64_t* number = value->if_int64();
  if (number != nullptr && *number > 0 && *number <= 527'040) return Duration(std::chrono::minutes(*number));
  return refuse(wrong(
      "bad_minutes", inside(path, "minutes"),
      fmt::format("{} must be a whole number of minutes, 1 to 527040 (a year).", inside(path, "minutes")),
      "Say how many minutes the poll is open, for example 1440 for a day."));
}

// The poll of a part; a missing one is none.
Result<std::optional<Poll>> poll_of(const json::object& part, const std::string& path) {
  const json::value* value = part.if_contains("poll");
  if (value == nullptr || value->is_null()) return std::optional<Poll>();
  const std::string field = inside(path, "poll");
  const auto object = object_of(*value, field, {"options", "minutes", "multiple"});
  if (!object) return refuse(object.error());
  auto options = list_of<std::string>(**object, field, "options", option_from);
  if (!options) return refuse(std::move(options.error()));
  const auto open = minutes_of(**object, field);
  if (!open) return refuse(open.error());
  const auto multiple = flag_of(**object, field, "multiple");
  if (!multiple) return refuse(multiple.error());
  return Poll{.options = std::move(*options), .open = *open, .multiple = *multiple};
}

Result<ContentPart> part_from(const json::value& value, const std::string& path) {
  const auto object = object_of(value, path, {"text", "link", "media", "poll", "comment"});
  if (!object) return refuse(object.error());
  auto text = text_of(**object, path, "text");
  if (!text) return refuse(std::move(text.error()));
  auto link = text_of(**object, path, "link");
  if (!link) return refuse(std::move(link.error()));
  auto media = list_of<MediaRef>(**object, path, "media", media_from);
  if (!media) return refuse(std::move(media.error()));
  auto poll = poll_of(**object, path);
  if (!poll) return refuse(std::move(poll.error()));
  const auto comment = flag_of(**object, path, "comment");
  if (!comment) return refuse(comment.error());
  return ContentPart{.text = std::move(*text),
                     .link = std::move(*link),
                     .media = std::move(*media),
                     .poll = std::move(*poll),
                     .comment = *comment};
}

json::object to_json(const MediaRef& media) {
  json::object out{{"id", media.id.text()}};
  if (!media.alt.empty()) out["alt"] = media.alt;
  if (!media.cover) return out;
  json::object cover;
  if (media.cover->at) cover["at_ms"] = *media.cover->at / std::chrono::milliseconds(1);
  if (media.cover->picture) cover["picture"] = media.cover->picture->text();
  out["cover"] = std::move(cover);
  return out;
}

json::object to_json(const Poll& poll) {
  json::object out{{"options", json::array(poll.options.begin(), poll.options.end())},
                   {"minutes", std::chrono::duration_cast<std::chrono::minutes>(poll.open).count()}};
  if (poll.multiple) out["multiple"] = true;
  return out;
}

json::object to_json(const ContentPart& part) {
  json::object out;
  if (!part.text.empty()) out["text"] = part.text;
  if (!part.link.empty()) out["link"] = part.link;
  if (part.poll) out["poll"] = to_json(*part.poll);
  if (part.comment) out["comment"] = true;
  if (part.media.empty()) return out;
  json::array media;
  for (const MediaRef& one : part.media) media.push_back(to_json(one));
  out["media"] = std::move(media);
  return out;
}

// Members in the order of their names, so that objects that are equal are written alike.
json::value canonical(const json::value& value) {
  if (const json::array* array = value.if_array()) {
    json::array out;
    for (const json::value& one : *array) out.push_back(canonical(one));
    return out;
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return value;
  std::vector<json::string_view> keys;
  for (const auto& member : *object) keys.push_back(member.key());
  std::ranges::sort(keys);
  json::object out;
  for (const json::string_view key : keys) out.emplace(key, canonical(object->at(key)));
  return out;
}

}  // namespace

json::object to_json(const Content& content) {
  json::array parts;
  for (const ContentPart& part : content.parts) parts.push_back(to_json(part));
  json::object out{{"parts", std::move(parts)}};
  if (!content.options.empty()) out["options"] = content.options;
  return out;
}

Result<Content> content_from_json(const json::value& json) {
  const auto object = object_of(json, "", {"parts", "options"});
  if (!object) return refuse(object.error());
  auto parts = list_of<ContentPart>(**object, "", "parts", part_from);
  if (!parts) return refuse(std::move(parts.error()));
  if (parts->empty()) {
    return refuse(wrong("missing_field", "parts", "The content has no parts.",
                        "Send at least one part, like {\"parts\":[{\"text\":\"Hello\"}]}."));
  }
  Content content{.parts = std::move(*parts)};
  if (const json::value* options = (*object)->if_contains("options")) {
    if (!options->is_object()) return refuse(wrong_type("options", "an object", *options));
    content.options = options->get_object();
  }
  return content;
}

std::string fingerprint(const Content& content) {
  return to_hex(sha256(json::serialize(canonical(to_json(content)))));
}

}  // namespace carillon
