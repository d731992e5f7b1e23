// What a post of a plan says: text or parts, link, media, poll, comments, options.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "plan/plan_entry.h"
#include "wire/url.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_text = 100'000, longest_option = 2'000;

// A plain scalar is what it looks like.
boost::json::value value_of(const YamlNode& node) {
  if (node.quoted) return boost::json::string(node.text);
  if (node.text == "true" || node.text == "false") return node.text == "true";
  int64_t number = 0;
  const auto parsed = std::from_chars(node.text.data(), node.text.data() + node.text.size(), number);
  if (parsed.ec == std::errc{} && parsed.ptr == node.text.data() + node.text.size()) return number;
  return boost::json::string(node.text);
}

// A value alone stands for a map with the one that is meant most often.
YamlNode as_map(const YamlNode& node, std::string name) {
  if (node.kind != YamlNode::Kind::scalar) return node;
  YamlNode map{.kind = YamlNode::Kind::map, .line = node.line, .column = node.column};
  map.members.push_back({std::move(name), node.line, node.column, node});
  return map;
}
}  // namespace

bool PlanSaying::says_anything(const YamlFields& fields) {
  return fields.find("text") || fields.find("parts") || fields.find("media") || fields.find("link");
}

// Empty: it is not here yet.
std::optional<MediaId> PlanSaying::file(YamlFields& fields, const std::string& path) {
  if (path.empty() || path.front() == '/' || path.find("..") != std::string::npos) {
    fields.wrong(fields.node(), "file", "bad_path", "This is no path below the folder of the plan.",
                 "Name files beside the plan or in folders below it.");
    return std::nullopt;
  }
  auto named = std::ranges::find(files_, path, &NamedFile::path);
  if (named == files_.end()) {
    const auto known = wishes_.files.find(path);
    files_.push_back({path, fields.node().line,
                      known == wishes_.files.end() ? std::nullopt : std::optional(known->second)});
    named = files_.end() - 1;
  }
  entry_.awaits_files = entry_.awaits_files || !named->media;
  return named->media.value_or(MediaId{});
}

// By file: a path, or id: an id. None: by neither, or what is wrong has been said.
std::optional<MediaId> PlanSaying::named(YamlFields& fields, bool needed) {
  const auto path = fields.text("file", 500), id = fields.text("id", 100);
  if ((path && id) || (needed && !path && !id))
    fields.wrong(fields.node(), "", "no_medium", "This names no file, or two.",
                 "Write file: a path, or id: an id.");
  if (path && !id) return file(fields, *path);
  if (path || !id) return std::nullopt;
  const auto known = MediaId::parse(*id);
  if (!known)
    fields.wrong(fields.node(), "id", "not_an_id", "This is not an id.", "Write file: a path instead.");
  return known;
}

// "3s", or {at: 3s}, {file: …} or {id: …}: a moment of the video, a picture of its own, or both.
std::optional<Cover> PlanSaying::cover(YamlFields& fields) {
  const YamlNode* node = fields.find("cover");
  if (node == nullptr) return std::nullopt;
  const YamlNode map = as_map(*node, "at");
  YamlFields inside(map, fields.path("cover"), {"at", "file", "id"}, entry_.troubles);
  const auto at = inside.text("at", 20);
  Cover cover{.at = at ? span_from(*at) : std::nullopt, .picture = named(inside, !at)};
  if (at && (!cover.at || *cover.at > 24h))
    inside.wrong(*node, "at", "not_a_span", "This is no moment of a video.", "Write 3s or 1500ms.");
  return cover;
}

// "pictures/door.jpg", {file: …, alt: …} or {id: …, alt: …}.
void PlanSaying::one_medium(const YamlNode& node, const std::string& path, ContentPart& part) {
  const YamlNode map = as_map(node, "file");
  YamlFields fields(map, path, {"file", "id", "alt", "cover"}, entry_.troubles);
  const auto id = named(fields, true);
  if (!id) return;
  part.media.push_back({*id, fields.text("alt", 5'000).value_or(""), cover(fields)});
}

void PlanSaying::media(YamlFields& fields, ContentPart& part) {
  for (const YamlNode* node : fields.many("media", 40)) one_medium(*node, fields.path("media"), part);
}

std::optional<Poll> PlanSaying::poll(YamlFields& fields) {
  const YamlNode* node = fields.find("poll");
  if (node == nullptr) return std::nullopt;
  YamlFields inside(*node, fields.path("poll"), {"options", "open", "multiple"}, entry_.troubles);
  Poll poll;
  poll.options = inside.texts("options", 40, 1'000);
  poll.multiple = inside.flag("multiple").value_or(false);
  if (const auto open = inside.text("open", 20)) {
    const auto span = span_from(*open);
    if (span && *span >= 1min)
      poll.open = *span;
    else
      inside.wrong(*inside.find("open"), "open", "not_a_span", "This is no span of time.",
                   "Write 30m, 12h or 3d.");
  }
  return poll;
}

ContentPart PlanSaying::part(YamlFields& fields) {
  ContentPart part;
  part.text = fields.text("text", longest_text).value_or("");
  while (part.text.ends_with('\n')) part.text.pop_back();  // of a block
  part.link = fields.text("link", 2'000).value_or("");
  if (!part.link.empty() && !wire::parse_url(part.link))
    fields.wrong(*fields.find("link"), "link", "not_a_url",
                 fmt::format("This is not a web address: \"{}\".", shortened(part.link, 80)),
                 "Write one that begins with https:// or http://.");
  media(fields, part);
  part.poll = poll(fields);
  return part;
}

void PlanSaying::comments(YamlFields& fields, Content& content) {
  for (const YamlNode* node : fields.many("comment", 20)) {
    ContentPart comment;
    if (node->kind == YamlNode::Kind::scalar) {
      comment.text = node->text;
      while (comment.text.ends_with('\n')) comment.text.pop_back();
    } else {
      YamlFields inside(*node, fields.path("comment"), {"text", "link", "media"}, entry_.troubles);
      comment = part(inside);
    }
    comment.comment = true;
    content.parts.push_back(std::move(comment));
  }
}

void PlanSaying::options(YamlFields& fields, Content& content) {
  const YamlNode* node = fields.find("options");
  if (node == nullptr) return;
  if (node->kind != YamlNode::Kind::map)
    return fields.wrong(*node, "options", "not_a_map", "Options are names with values.",
                        "Write \"name: value\" lines.");
  for (const YamlMember& member : node->members) {
    if (member.value.kind == YamlNode::Kind::scalar && member.value.text.size() <= longest_option) {
      content.options[member.name] = value_of(member.value);
    } else if (member.value.kind != YamlNode::Kind::null) {
      fields.wrong(member.value, "options." + member.name, "not_a_text", "An option has one value.",
                   "Write it behind the colon.");
    }
  }
}

Content PlanSaying::read(YamlFields& fields) {
  Content content;
  const auto parts = fields.many("parts", 100);
  if (parts.empty()) content.parts.push_back(part(fields));
  if (!parts.empty() &&
      (fields.find("text") || fields.find("media") || fields.find("link") || fields.find("poll")))
    fields.wrong(*fields.find("parts"), "parts", "text_and_parts", "There are parts, and a text beside them.",
                 "Put the text into the first part.");
  for (const YamlNode* node : parts) {
    YamlFields inside(*node, fields.path("parts"), {"text", "link", "media", "poll", "comment"},
                      entry_.troubles);
    content.parts.push_back(part(inside));
    content.parts.back().comment = inside.find("comment") && inside.flag("comment").value_or(false);
  }
  if (content.parts.front().comment)
    fields.wrong(fields.node(), "parts", "comment_first",
                 "The first part is the post itself: it cannot be a comment.", "Begin with the post.");
  comments(fields, content);
  options(fields, content);
  return content;
}

}  // namespace carillon::plan
