// Reading nodes and edges with field selection: developers.facebook.com/docs/graph-api/results,
// /reference/page/feed, /reference/pagepost (2026-09).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/answers.h"
#include "sandbox/facebook/facebook.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

// "a,b{c,d{e}},f.limit(0)" -> names with what stands in their braces.
struct Field {
  std::string name, inside;
};
std::vector<Field> fields_in(std::string_view text) {
  std::vector<Field> fields;
  int depth = 0;
  Field field;
  const auto close = [&] {
    field.name = field.name.substr(0, field.name.find_first_of(".("));
    if (!field.name.empty()) fields.push_back(std::exchange(field, {}));
  };
  for (const char c : text) {
    if (c == '}' || c == ')') --depth;
    if (c == ',' && depth == 0)
      close();
    else if (depth > 0)
      field.inside += c;
    else if (c != '{' && c != '}' && c != ' ')
      field.name += c;
    if (c == '{' || c == '(') ++depth;
  }
  close();
  return fields;
}

// Keeps of each object what was asked for; lists are looked into.
json::value narrowed(const json::value& value, std::string_view inside) {
  if (inside.empty()) return value;
  if (value.is_array()) {
    json::array out;
    for (const json::value& one : value.get_array()) out.push_back(narrowed(one, inside));
    return out;
  }
  if (!value.is_object()) return value;
  if (const json::value* data = value.get_object().if_contains("data"))
    return json::object{{"data", narrowed(*data, inside)}};
  json::object out;
  for (const Field& field : fields_in(inside))
    if (const json::value* found = value.get_object().if_contains(field.name))
      out[field.name] = narrowed(*found, field.inside);
  return out;
}

std::optional<Instant> instant_in(const std::string& text) {
  if (const auto seconds = to_number(text)) return epoch_instant(*seconds);
  const auto at = parse_instant(text);
  return at ? std::optional(*at) : std::nullopt;
}

json::object photo_attachment(const std::string& id, const std::string& base) {
  return {{"type", "photo"},
          {"target", json::object{{"id", id}, {"url", fmt::format("{}/photo/{}", base, id)}}},
          {"media", json::object{{"image", json::object{{"src", fmt::format("{}/media/{}", base, id)}}}}},
          {"url", fmt::format("{}/photo/{}", base, id)}};
}

json::object summary(int64_t count) {
  return {{"data", json::array{}}, {"summary", json::object{{"total_count", count}}}};
}

}  // namespace

// What was asked for in `fields`; a field that does not exist fails the whole call.
Facebook::Refusal Facebook::select(const json::object& whole, std::string_view node, const Call& call,
                                   std::string_view otherwise, json::object& out) {
  for (const Field& field : fields_in(call.param_or("fields", otherwise))) {
    const json::value* value = whole.if_contains(field.name);
    if (!value)
      return error(
          400, 100,
          fmt::format("(#100) Tried accessing nonexisting field ({}) on node type ({})", field.name, node));
    const bool plain_list = value->is_object() && value->get_object().contains("summary");
    if (!value->is_null()) out[field.name] = plain_list ? *value : narrowed(*value, field.inside);
  }
  if (!out.contains("id") && whole.contains("id")) out["id"] = whole.at("id");
  return std::nullopt;
}

json::object Facebook::whole(const Post& post, Instant now) {
  const Applause a = post.out ? applause(post.id, post.at, now) : Applause{};
  json::array attachments;
  if (post.media.size() > 1) {
    json::array sub;
    for (const std::string& id : post.media) sub.emplace_back(photo_attachment(id, base()));
    attachments.emplace_back(json::object{{"type", "album"},
                                          {"target", json::object{{"id", post.id}, {"url", post.url}}},
                                          {"url", post.url},
                                          {"subattachments", json::object{{"data", sub}}}});
  } else if (post.media.size() == 1) {
    attachments.emplace_back(photo_attachment(post.media[0], base()));
  } else if (!post.link.empty()) {
    attachments.emplace_back(json::object{{"type", "share"},
                                          {"target", json::object{{"url", post.link}}},
                                          {"url", post.link},
                                          {"title", post.link}});
  }
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
  };
  const bool waiting = !post.out && post.at > now;
  return {
      {"id", post.id},
      {"message", text_or_null(post.text)},
      {"story", nullptr},
      {"created_time", iso_offset(post.at)},
      {"updated_time", iso_offset(post.at)},
      {"permalink_url", post.url},
      {"is_published", post.out},
      {"is_hidden", false},
      {"status_type", post.media.empty() ? "mobile_status_update" : "added_photos"},
      {"scheduled_publish_time", waiting ? json::value(post.at.seconds()) : json::value()},
      {"from", json::object{{"id", facebook_page_id(post.person)}, {"name", character(post.person).name}}},
      {"full_picture",
       post.media.empty() ? json::value() : json::value(fmt::format("{}/media/{}", base(), post.media[0]))},
      {"attachments", attachments.empty() ? json::value() : json::value(json::object{{"data", attachments}})},
      {"shares", a.shares == 0 ? json::value() : json::value(json::object{{"count", a.shares}})},
      {"likes", summary(a.likes)},
      {"reactions", summary(a.likes)},
      {"comments", summary(a.replies)}};
}

wire::Response Facebook::post_node(const Call& call, const Post& post) {
  if (auto refusal = unknown_parameter(call, {})) return *refusal;
  json::object out;
  if (auto refusal = select(whole(post, call.now), "PagePost", call, "created_time,message,id", out))
    return *refusal;
  return json_answer(200, out);
}

wire::Response Facebook::page_node(const Call& call, size_t page) {
  if (auto refusal = unknown_parameter(call, {})) return *refusal;
  const Character who = character(page);
  const json::object node{
      {"id", facebook_page_id(page)},
      {"name", who.name},
      {"username", who.handle},
      {"link", fmt::format("{}/{}", base(), who.handle)},
      {"about", "A page of the Carillon sandbox."},
      {"category", "Community"},
      {"fan_count", 120},
      {"followers_count", 120},
      {"is_published", true},
      {"can_post", true},
      {"picture",
       json::object{{"data", json::object{{"url", fmt::format("{}/avatar/{}.svg", base(), page)}}}}},
      {"instagram_business_account", nullptr}};
  json::object out;
  if (auto refusal = select(node, "Page", call, "name,id", out)) return *refusal;
  return json_answer(200, out);
}

wire::Response Facebook::user_node(const Call& call, size_t user) {
  if (auto refusal = unknown_parameter(call, {})) return *refusal;
  const json::object node{
      {"id", facebook_user_id(user)},
      {"name", facebook_user_name(user)},
      {"picture",
       json::object{{"data", json::object{{"url", fmt::format("{}/avatar/{}.svg", base(), user + 40)}}}}}};
  json::object out;
  if (auto refusal = select(node, "User", call, "name,id", out)) return *refusal;
  return json_answer(200, out);
}

wire::Response Facebook::photo_node(const Call& call, const Medium& medium) {
  if (auto refusal = unknown_parameter(call, {})) return *refusal;
  const json::object node{{"id", medium.id},
                          {"created_time", iso_offset(medium.made)},
                          {"alt_text_custom", medium.alt},
                          {"alt_text", medium.alt},
                          {"name", nullptr},
                          {"link", fmt::format("{}/photo/{}", base(), medium.id)},
                          {"images", json::array{}}};
  json::object out;
  if (auto refusal = select(node, "Photo", call, "created_time,id", out)) return *refusal;
  return json_answer(200, out);
}

wire::Response Facebook::list(const Call& call, size_t page, const std::string& edge) {
  if (auto refusal =
          unknown_parameter(call, {"since", "until", "limit", "after", "before", "include_hidden"}))
    return *refusal;
  const auto since = call.param("since"), until = call.param("until");
  const auto from = since ? instant_in(*since) : Instant{0},
             to = until ? instant_in(*until) : Instant::never();
  if (!from || !to) return error(400, 100, "(#100) Param since and until must be times");
  const size_t limit =
      static_cast<size_t>(std::clamp<int64_t>(to_number(call.param_or("limit", "25")).value_or(25), 1, 100));
  size_t skip = static_cast<size_t>(to_number(call.param_or("after", "0")).value_or(0));
  const size_t first = skip;
  const bool waiting = edge == "scheduled_posts", all = edge == "feed";
  json::array data;
  bool more = false;
  for (auto post = shelf_.posts().rbegin(); post != shelf_.posts().rend(); ++post) {
    if (post->visibility == "story" || !post->reply_to.empty()) continue;
    if (post->person != page || post->gone || post->at < *from || post->at > *to) continue;
    if (waiting ? post->out || post->at <= call.now : !post->out && !all) continue;
    if (skip > 0) {
      --skip;
      continue;
    }
    more = data.size() == limit;
    if (more) break;
    json::object out;
    if (auto refusal = select(whole(*post, call.now), "PagePost", call, "created_time,message,id", out))
      return *refusal;
    data.emplace_back(std::move(out));
  }
  json::object body{{"data", data}};
  if (!data.empty())
    body["paging"] = json::object{{"cursors", json::object{{"before", std::to_string(first)},
                                                           {"after", std::to_string(first + data.size())}}}};
  if (more)
    body["paging"].get_object()["next"] =
        fmt::format("{}{}?limit={}&after={}", ground_.base_url, call.path, limit, first + data.size());
  return json_answer(200, body);
}

}  // namespace carillon::sandbox
