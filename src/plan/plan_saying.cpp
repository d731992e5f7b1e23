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
}  // namespace

bool PlanSaying::says_anything(const YamlFields& fields) {
  return fields.find("text") || fields.find("parts") || fields.find("media") || fields.find("link");
}

void PlanSaying::file(const YamlNode& node, YamlFields& fields, const std::string& path, MediaRef& ref) {
  if (path.empty() || path.front() == '/' || path.find("..") != std::string::npos)
    return fields.wrong(node, "file", "bad_path", "This is no path below the folder of the plan.",
                        "Name files beside the plan or in folders below it.");
  auto named = std::ranges::find(files_, path, &NamedFile::path);
  if (named == files_.end()) {
    const auto known = wishes_.files.find(path);
    files_.push_back(
        {path, node.line, known == wishes_.files.end() ? std::nullopt : std::optional(known->second)});
    named = files_.end() - 1;
  }
  if (named->media) ref.id = *named->media;
  entry_.awaits_files = entry_.awaits_files || !named->media;
}

// "pictures/door.jpg", {file: …, alt: …} or {id: …, alt: …}.
void PlanSaying::one_medium(const YamlNode& node, const std::string& path, ContentPart& part) {
  const bool bare = node.kind == YamlNode::Kind::scalar;
  YamlNode map = node;
  if (bare) {
    map = {.kind = YamlNode::Kind::map, .line = node.line, .column = node.column};
    map.members.push_back({"file", node.line, node.column, node});
  }
  YamlFields fields(map, path, {"file", "id", "alt"}, entry_.troubles);
  MediaRef ref;
  ref.alt = fields.text("alt", 5'000).value_or("");
  const auto name = fields.text("file", 500), id = fields.text("id", 100);
  if (name.has_value() == id.has_value())
    return fields.wrong(node, "", "no_medium", "This names no file, or two.",
                        "Write file: a path, or id: an id.");
  if (name) file(node, fields, *name, ref);
  if (id) {
    const auto known = MediaId::parse(*id);
    if (!known)
      return fields.wrong(node, "id", "not_an_id", "This is not an id.", "Write file: a path instead.");
    ref.id = *known;
  }
  part.media.push_back(std::move(ref));
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
