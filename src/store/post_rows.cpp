#include "store/post_rows.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "store/rows.h"
#include "store/tally_change.h"

namespace carillon::store {
namespace json = boost::json;
namespace {

template <class Each>
void each_part(const Post& post, Each each) {
  for (const ContentPart& part : post.content.parts) each(part);
  for (const Target& target : post.targets) {
    if (!target.content) continue;
    for (const ContentPart& part : target.content->parts) each(part);
  }
}

}  // namespace

std::vector<Target> targets_from(const std::string& text) {
  std::vector<Target> targets;
  const json::value list = json::parse(text);
  for (const json::value& each : list.as_array()) {
    const json::object& object = each.as_object();
    Target target;
    target.account = AccountId::parse(object.at("account").as_string()).value_or(AccountId{});
    if (const json::value* own = object.if_contains("content")) {
      if (auto content = content_from_json(*own)) target.content = std::move(*content);
    }
    if (const json::value* link = object.if_contains("link"))
      target.link = link_place_from(link->as_string()).value_or(LinkPlace::usual);
    targets.push_back(std::move(target));
  }
  return targets;
}

std::string targets_text(const std::vector<Target>& targets) {
  json::array list;
  list.reserve(targets.size());
  for (const Target& target : targets) {
    json::object& object = list.emplace_back(json::object{{"account", target.account.text()}}).as_object();
    if (target.content) object["content"] = to_json(*target.content);
    if (target.link != LinkPlace::usual) object["link"] = to_text(target.link);
  }
  return json::serialize(list);
}

std::string utm_text(const Utm& utm) {
  if (utm == Utm{}) return "";
  return json::serialize(json::object{{"off", utm.off},
                                      {"source", utm.source},
                                      {"medium", utm.medium},
                                      {"campaign", utm.campaign},
                                      {"content", utm.content}});
}

Utm utm_from(const std::string& text) {
  if (text.empty()) return {};
  const json::value value = json::parse(text);
  const json::object& object = value.as_object();
  const auto word = [&](const char* name) { return std::string(object.at(name).as_string()); };
  return {object.at("off").as_bool(), word("source"), word("medium"), word("campaign"), word("content")};
}

std::string post_words(const Post& post) {
  std::string words = post.title;
  each_part(post, [&](const ContentPart& part) { words += "\n" + part.text; });
  return folded(words);
}

std::vector<MediaId> media_of(const Post& post) {
  std::vector<MediaId> media;
  each_part(post, [&](const ContentPart& part) {
    for (const MediaRef& medium : part.media) {
      media.push_back(medium.id);
      if (medium.cover && medium.cover->picture) media.push_back(*medium.cover->picture);
    }
  });
  std::ranges::sort(media);
  const auto twice = std::ranges::unique(media);
  media.erase(twice.begin(), twice.end());
  return media;
}

Post post_at(const Row& row) {
  size_t i = 0;
  Post p;
  p.workspace = row.id<WorkspaceId>(i++);
  p.id = row.id<PostId>(i++);
  p.author = row.id<UserId>(i++);
  p.title = row.text(i++);
  p.state = enum_at<PostState>(row, i++);
  p.content = content_from(row.text(i++));
  p.targets = targets_from(row.text(i++));
  p.local_time = row.text(i++);
  p.zone = row.text(i++);
  const Instant due = row.instant(i++);
  if (due != Instant::never()) p.due = due;
  p.late.then = enum_at<LatePolicy::Then>(row, i++);
  p.late.within = Duration(row.integer(i++));
  p.tags = list_from(row.text(i++));
  p.revision = static_cast<uint64_t>(row.integer(i++));
  p.created = row.instant(i++);
  p.updated = row.instant(i++);
  p.campaign = optional_id<CampaignId>(row, i++);
  p.utm = utm_from(row.text(i++));
  p.paused = (row.integer(i) & paused_by_person) != 0;
  p.stopped = (row.integer(i++) & stopped_by_campaign) != 0;
  for (int64_t& count : p.tally.count) count = row.integer(i++);
  return p;
}

}  // namespace carillon::store
