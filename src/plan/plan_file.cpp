#include "plan/plan_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "plan/import_accounts.h"
#include "plan/plan_entry.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_name = 60;

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, fits);
}

void read_name(YamlFields& top, PlanFile& file) {
  file.name = std::string(trimmed(top.text("plan", 200).value_or("")));
  const YamlNode* where = top.find("plan");
  if (file.name.empty() && where == nullptr)
    return top.wrong(top.node(), "plan", "no_name", "The plan has no name.",
                     "Begin with \"plan: spring\": the posts belong to it.");
  if (!is_name(file.name))
    top.wrong(where ? *where : top.node(), "plan", "bad_name", "This is no name for a plan.",
              "Use letters, digits, \"-\", \"_\" and \".\", at most 60.");
}

std::string read_zone(YamlFields& top, const PlanWishes& wishes) {
  const auto zone = top.text("zone", 64);
  if (!zone || is_zone(*zone)) return zone.value_or(wishes.zone);
  top.wrong(*top.find("zone"), "zone", "unknown_zone",
            fmt::format("There is no time zone \"{}\".", shortened(*zone, 60)),
            "Use an IANA name such as Europe/Berlin.");
  return wishes.zone;
}

// A post that says nothing about it has what the defaults say.
YamlNode with_defaults(YamlNode post, const YamlNode* defaults) {
  if (defaults == nullptr || post.kind != YamlNode::Kind::map) return post;
  for (const YamlMember& member : defaults->members) {
    if (std::ranges::find(post.members, member.name, &YamlMember::name) == post.members.end())
      post.members.push_back(member);
  }
  return post;
}

void refuse_twins(PlanFile& file) {
  std::map<std::string, int> lines;
  for (PlanEntry& entry : file.entries) {
    const auto [known, fresh] = lines.emplace(entry.key, entry.line);
    if (fresh || entry.key.empty()) continue;
    entry.troubles.push_back({entry.line, entry.column, "key", "duplicate_key",
                              fmt::format("The key \"{}\" is also in line {}.", entry.key, known->second),
                              "Give each post its own."});
  }
}

const YamlNode* defaults_of(YamlFields& top) {
  const YamlNode* defaults = top.find("defaults");
  if (defaults == nullptr) return nullptr;
  std::vector<PlanTrouble> own;
  const YamlFields look(
      *defaults, "defaults",
      {"accounts", "zone", "late", "tags", "options", "campaign", "draft", "queue", "link", "link_in"}, own);
  for (const PlanTrouble& each : own)
    top.wrong({.line = each.line, .column = each.column}, each.field, each.code, each.text, each.fix);
  return own.empty() ? defaults : nullptr;
}
}  // namespace

PlanFile read_plan(std::string_view yaml, const PlanWishes& wishes) {
  PlanFile file;
  const auto tree = parse_yaml(yaml);
  if (!tree) {
    file.troubles.push_back(tree.error());
    return file;
  }
  YamlFields top(*tree, "", {"plan", "zone", "defaults", "posts"}, file.troubles);
  if (tree->kind != YamlNode::Kind::map) return file;
  read_name(top, file);
  PlanWishes common = wishes;
  common.zone = read_zone(top, wishes);
  const YamlNode* defaults = defaults_of(top);
  const auto posts = top.many("posts", most_planned);
  if (std::ranges::find(tree->members, "posts", &YamlMember::name) == tree->members.end())
    top.wrong(*tree, "posts", "no_posts", "The plan has no posts.", "List them under posts; [] for none.");
  for (size_t i = 0; i < posts.size(); ++i) {
    const YamlNode whole = with_defaults(*posts[i], defaults);
    file.entries.push_back(read_entry(whole, fmt::format("posts.{}", i + 1), common, file.files));
  }
  refuse_twins(file);
  return file;
}

std::optional<Duration> span_from(std::string_view text) {
  int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(parsed.ptr, static_cast<size_t>(text.data() + text.size() - parsed.ptr));
  if (parsed.ec != std::errc{} || number < 0 || number > 1'000'000) return std::nullopt;
  if (unit == "ms") return std::chrono::milliseconds(number);
  if (unit == "s") return std::chrono::seconds(number);
  if (unit == "m") return std::chrono::minutes(number);
  if (unit == "h") return std::chrono::hours(number);
  if (unit == "d") return std::chrono::hours(24 * number);
  return std::nullopt;
}

std::string span_text(Duration span) {
  const int64_t seconds = span / 1s;
  if (span % 1s != 0s) return fmt::format("{}ms", span / 1ms);
  if (seconds > 0 && seconds % 86'400 == 0) return fmt::format("{}d", seconds / 86'400);
  if (seconds > 0 && seconds % 3'600 == 0) return fmt::format("{}h", seconds / 3'600);
  if (seconds > 0 && seconds % 60 == 0) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

}  // namespace carillon::plan
