// Finding posts and comments again: community-management/shares/posts-api, comments-api (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/linkedin/linkedin.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

// Text as little text, so that readers must unescape it.
std::string little(std::string_view seen) {
  std::string out;
  for (const char c : seen) {
    if (std::string_view("\\|{}@[]()<>#*_~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

struct Page {
  size_t start = 0, count = 10;
};

Page page_of(const Call& call) {
  const auto number = [&](const char* name, int64_t otherwise, int64_t most) {
    return static_cast<size_t>(
        std::clamp<int64_t>(to_number(call.param_or(name, "")).value_or(otherwise), 0, most));
  };
  return {number("start", 0, 1'000'000), std::max<size_t>(1, number("count", 10, 100))};
}

wire::Response listed(json::array elements, Page page) {
  return json_answer(
      200, json::object{{"paging", {{"start", page.start}, {"count", page.count}, {"links", json::array()}}},
                        {"elements", std::move(elements)}});
}

}  // namespace

json::object Linkedin::shown(const Post& post) const {
  json::object node{{"id", post.id},
                    {"author", linkedin_urn(post.person)},
                    {"commentary", little(post.text)},
                    {"visibility", post.visibility == "connections" ? "CONNECTIONS" : "PUBLIC"},
                    {"lifecycleState", "PUBLISHED"},
                    {"createdAt", post.at.millis()},
                    {"publishedAt", post.at.millis()},
                    {"lastModifiedAt", post.at.millis()}};
  if (!post.choices.empty()) {
    const size_t end = post.text.find('\n');  // the question, then the text
    node["commentary"] = end == std::string::npos ? "" : little(std::string_view(post.text).substr(end + 1));
    node["content"] = {{"poll", {{"question", post.text.substr(0, end)}}}};
  } else if (!post.link.empty()) {
    node["content"] = {{"article", {{"source", post.link}}}};
  } else if (post.media.size() > 1) {
    json::array images;
    for (const std::string& id : post.media) images.push_back({{"id", id}});
    node["content"] = {{"multiImage", {{"images", std::move(images)}}}};
  } else if (!post.media.empty()) {
    node["content"] = {{"media", {{"id", post.media[0]}}}};
  }
  return node;
}

wire::Response Linkedin::by_author(const Call& call, const Grant& grant) {
  if (call.param_or("q", "") != "author" || call.header("x-restli-method") != "FINDER")
    return linkedin_error(400, "ILLEGAL_ARGUMENT", "Use q=author with the header X-RestLi-Method: FINDER");
  for (const std::string& name : call.names())
    if (name != "author" && name != "q" && name != "start" && name != "count" && name != "sortBy")
      return linkedin_error(400, "ILLEGAL_ARGUMENT", "Query parameter is not allowed: " + name);
  size_t author = 0;
  if (auto refusal = may_read(grant, call.param_or("author", ""), author)) return *refusal;
  const Page page = page_of(call);
  json::array elements;
  size_t skip = page.start;
  for (auto post = shelf_.posts().rbegin(); post != shelf_.posts().rend() && elements.size() < page.count;
       ++post) {
    if (post->person != author || post->gone || !post->reply_to.empty()) continue;
    if (skip > 0)
      --skip;
    else
      elements.push_back(shown(*post));
  }
  return listed(std::move(elements), page);
}

wire::Response Linkedin::comments(const Call& call, const std::string& urn, const Grant& grant) {
  const Post* parent = shelf_.find(urn);
  if (!parent) return linkedin_error(404, "NOT_FOUND", "Could not find entity: " + urn);
  size_t author = 0;
  if (auto refusal = may_read(grant, linkedin_urn(parent->person), author)) return *refusal;
  const Page page = page_of(call);
  json::array elements;
  size_t skip = page.start;
  for (const Post& post : shelf_.posts()) {
    if (post.reply_to != urn || post.gone || elements.size() >= page.count) continue;
    if (skip > 0) {
      --skip;
      continue;
    }
    elements.push_back(
        {{"id", post.id.substr(post.id.rfind(',') + 1, post.id.size() - post.id.rfind(',') - 2)},
         {"commentUrn", post.id},
         {"actor", linkedin_urn(post.person)},
         {"message", {{"text", post.text}, {"attributes", json::array()}}},
         {"created", {{"time", post.at.millis()}}}});
  }
  return listed(std::move(elements), page);
}

wire::Response Linkedin::post_node(const std::string& urn) {
  const Post* post = shelf_.find(urn);
  if (!post || !post->reply_to.empty())
    return linkedin_error(404, "NOT_FOUND", "Could not find entity: " + urn);
  return json_answer(200, shown(*post));
}

wire::Response Linkedin::remove(const std::string& urn, const Grant& grant) {
  Post* post = shelf_.find(urn);
  if (!post) return {204, {}, ""};
  size_t author = 0;
  if (auto refusal = may_write(grant, linkedin_urn(post->person), author)) return *refusal;
  post->gone = true;
  ground_.ledger.strike(name_, linkedin_urn(post->person), post->id);
  return {204, {}, ""};
}

}  // namespace carillon::sandbox
