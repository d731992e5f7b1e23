#include "plan/plan_diff.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "plan/plan_file.h"

namespace carillon::plan {

namespace json = boost::json;

namespace {
class Writer {
 public:
  void put(std::string field, std::string text) {
    if (!text.empty()) lines.push_back({std::move(field), std::move(text)});
  }
  void put(const Content& content, const std::string& before);
  PlanLines lines;

 private:
  void put(const ContentPart& part, const std::string& before);
};

std::string file_text(MediaId id) {
  return id.empty() ? "a file that is to be uploaded" : id.text();
}

std::string cover_text(const Cover& cover) {
  std::string text;
  if (cover.at) text += " at " + span_text(*cover.at);
  if (cover.picture) text += " " + file_text(*cover.picture);
  return " (cover:" + text + ")";
}

std::string media_text(const ContentPart& part) {
  std::string text;
  for (const MediaRef& ref : part.media) {
    text += (text.empty() ? "" : "\n") + file_text(ref.id);
    if (!ref.alt.empty()) text += " " + ref.alt;
    if (ref.cover) text += cover_text(*ref.cover);
  }
  return text;
}

void Writer::put(const ContentPart& part, const std::string& before) {
  put(before + "text", part.text);
  put(before + "link", part.link);
  put(before + "media", media_text(part));
  if (!part.poll) return;
  put(before + "poll", fmt::format("{}; {}{}", fmt::join(part.poll->options, " / "),
                                   span_text(part.poll->open), part.poll->multiple ? "; multiple" : ""));
}

// In an order of their own: an object that says the same is the same.
std::string sorted_text(const json::object& object) {
  std::map<std::string, std::string> members;
  for (const auto& [name, value] : object)
    members.emplace(name, value.is_string() ? std::string(value.get_string()) : json::serialize(value));
  std::string text;
  for (const auto& [name, value] : members) text += (text.empty() ? "" : ", ") + name + ": " + value;
  return text;
}

void Writer::put(const Content& content, const std::string& before) {
  int parts = 0, comments = 0;
  for (const ContentPart& part : content.parts) {
    const int number = part.comment ? ++comments : ++parts;
    const std::string name = part.comment ? "comment" : "parts";
    const std::string prefix = number == 1 && !part.comment ? "" : fmt::format("{}.{}.", name, number);
    put(part, before + prefix);
  }
  put(before + "options", sorted_text(content.options));
}

std::string accounts_text(const Post& post) {
  std::vector<std::string> ids;
  for (const Target& target : post.targets) ids.push_back(target.account.text());
  std::ranges::sort(ids);
  return fmt::format("{}", fmt::join(ids, ", "));
}

std::map<std::string_view, std::string_view> by_field(const PlanLines& lines) {
  std::map<std::string_view, std::string_view> map;
  for (const PlanLine& line : lines) map.emplace(line.field, line.text);
  return map;
}

std::string_view text_in(const std::map<std::string_view, std::string_view>& map, std::string_view field) {
  const auto found = map.find(field);
  return found == map.end() ? std::string_view{} : found->second;
}
}  // namespace

PlanLines lines_of(const Post& post, const PlanForm& form) {
  Writer out;
  out.put("title", post.title);
  out.put("accounts", accounts_text(post));
  out.put(post.content, "");
  for (const Target& target : post.targets) {
    if (target.content) out.put(*target.content, "versions." + target.account.text() + ".");
  }
  for (const Target& target : post.targets) {
    if (target.link != LinkPlace::usual)
      out.put("link_in." + target.account.text(), std::string(to_text(target.link)));
  }
  if (form.draft) out.put("draft", "true");
  if (form.queued) out.put("queue", form.best ? "best" : "next");
  if (!form.queued && !post.local_time.empty()) out.put("at", post.local_time + " " + post.zone);
  out.put("repeat", form.repeat);
  out.put("tags", fmt::format("{}", fmt::join(post.tags, ", ")));
  out.put("late", fmt::format("{}, {}", to_text(post.late.then), span_text(post.late.within)));
  out.put("campaign", form.campaign);
  return std::move(out.lines);
}

std::string lines_text(const PlanLines& lines) {
  json::array list;
  for (const PlanLine& line : lines) list.push_back(json::array{line.field, line.text});
  return json::serialize(list);
}

PlanLines lines_from(std::string_view text) {
  boost::system::error_code error;
  const json::value list = json::parse(text, error);
  PlanLines lines;
  if (error || !list.is_array()) return lines;
  for (const json::value& each : list.get_array()) {
    const json::array* pair = each.if_array();
    if (!pair || pair->size() != 2 || !pair->at(0).is_string() || !pair->at(1).is_string()) return {};
    lines.push_back({std::string(pair->at(0).get_string()), std::string(pair->at(1).get_string())});
  }
  return lines;
}

bool has_field(const PlanLines& lines, std::string_view field) {
  return std::ranges::find(lines, field, &PlanLine::field) != lines.end();
}

std::vector<PlanChange> changes(const PlanLines& written, const PlanLines& now, const PlanLines& wanted) {
  const auto before = by_field(written), there = by_field(now), asked = by_field(wanted);
  std::vector<PlanChange> all;
  std::set<std::string_view> seen;
  for (const PlanLines* lines : {&wanted, &now}) {
    for (const PlanLine& line : *lines) {
      const std::string_view is = text_in(there, line.field), shall = text_in(asked, line.field);
      if (is == shall || !seen.insert(line.field).second) continue;
      const bool drifted = !written.empty() && is != text_in(before, line.field);
      all.push_back({line.field, std::string(is), std::string(shall), drifted});
    }
  }
  return all;
}

}  // namespace carillon::plan
