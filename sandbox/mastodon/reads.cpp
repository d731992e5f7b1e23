// Reading back: docs.joinmastodon.org/methods/accounts, /methods/statuses, /methods/instance (2026-07).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/counting.h"
#include "sandbox/mastodon/mastodon.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr int64_t first_account = 110'000'000'000'000'001;

// A link as Mastodon writes it: without scheme, the part after 30 characters hidden.
std::string anchor(std::string_view url) {
  const size_t scheme = url.find("://") + 3;
  const std::string_view rest = url.substr(scheme);
  const size_t cut = std::min<size_t>(rest.size(), 30);
  return fmt::format(
      R"(<a href="{}" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">{}</span><span class="{}">{}</span><span class="invisible">{}</span></a>)",
      escape_html(url), url.substr(0, scheme), cut < rest.size() ? "ellipsis" : "",
      escape_html(rest.substr(0, cut)), escape_html(rest.substr(cut)));
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Text between links: tags become links, line ends become breaks and paragraphs.
std::string tagged(std::string_view text, std::string_view base) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '\r') {
      ++at;
      continue;
    }
    if (text[at] == '\n') {
      size_t lines = 0;
      for (; at < text.size() && (text[at] == '\n' || text[at] == '\r'); ++at)
        lines += text[at] == '\n' ? 1 : 0;
      out += lines > 1 ? "</p><p>" : "<br />";
      continue;
    }
    size_t end = at + 1;
    const bool tag = text[at] == '#' && (at == 0 || !is_word(text[at - 1]));
    while (end < text.size() &&
           (tag ? is_word(text[end]) : text[end] != '#' && text[end] != '\n' && text[end] != '\r'))
      ++end;
    const std::string_view piece = text.substr(at, end - at);
    const bool digits = tag && all_digits(piece.substr(1));
    if (tag && piece.size() > 1 && !digits)
      out += fmt::format(R"(<a href="{}/tags/{}" class="mention hashtag" rel="tag">#<span>{}</span></a>)",
                         base, escape_html(lowered(piece.substr(1))), escape_html(piece.substr(1)));
    else
      out += escape_html(piece);
    at = end;
  }
  return out;
}

// https://docs.joinmastodon.org/entities/Poll/ (2026-07)
json::value poll_of(const Post& post, Instant now) {
  if (post.choices.empty()) return nullptr;
  json::array options;
  for (const std::string& choice : post.choices)
    options.emplace_back(json::object{{"title", choice}, {"votes_count", 0}});
  return json::object{{"id", post.id},
                      {"expires_at", iso_millis(post.at + post.open)},
                      {"expired", now >= post.at + post.open},
                      {"multiple", post.several},
                      {"votes_count", 0},
                      {"voters_count", 0},
                      {"options", options},
                      {"emojis", json::array{}},
                      {"voted", true},
                      {"own_votes", json::array{}}};
}

}  // namespace

std::string mastodon_html(std::string_view text, std::string_view base) {
  text = trimmed(text);
  if (text.empty()) return "";
  std::string out = "<p>";
  size_t at = 0;
  for (const Span link : plain_links(text)) {
    out += tagged(text.substr(at, link.begin - at), base) +
           anchor(text.substr(link.begin, link.end - link.begin));
    at = link.end;
  }
  return out + tagged(text.substr(at), base) + "</p>";
}

json::object Mastodon::account(size_t person) const {
  const Character who = character(person);
  const std::string url = fmt::format("{}/@{}", base(), who.handle);
  const std::string avatar = fmt::format("{}/avatar/{}.svg", base(), person);
  return {{"id", std::to_string(first_account + static_cast<int64_t>(person))},
          {"username", who.handle},
          {"acct", who.handle},
          {"display_name", who.name},
          {"locked", false},
          {"bot", false},
          {"created_at", "2024-01-01T00:00:00.000Z"},
          {"note", "<p>An account of the Carillon sandbox.</p>"},
          {"url", url},
          {"uri", url},
          {"avatar", avatar},
          {"avatar_static", avatar},
          {"header", ""},
          {"header_static", ""},
          {"followers_count", 120},
          {"following_count", 12},
          {"statuses_count", std::ranges::count(shelf_.posts(), person, &Post::person)},
          {"emojis", json::array{}},
          {"fields", json::array{}}};
}

json::object Mastodon::shown(const Medium& medium, Instant now) const {
  const std::string url = fmt::format("{}/media/{}", base(), medium.id);
  const bool ready = now >= medium.ready;
  return {{"id", medium.id},
          {"type", medium.kind() == "gif" ? "gifv" : std::string(medium.kind())},
          {"url", ready ? json::value(url) : json::value()},
          {"preview_url", url},
          {"remote_url", nullptr},
          {"meta", json::object{}},
          {"description", medium.alt.empty() ? json::value() : json::value(medium.alt)},
          {"blurhash", nullptr}};
}

json::object Mastodon::shown(const Post& post, Instant now) {
  const Applause a = applause(post.id, post.at, now);
  json::array media;
  for (const std::string& id : post.media)
    if (const Medium* medium = gallery_.find(id)) media.emplace_back(shown(*medium, now));
  json::object out{{"id", post.id},
                   {"created_at", iso_millis(post.at)},
                   {"in_reply_to_id", post.reply_to.empty() ? json::value() : json::value(post.reply_to)},
                   {"in_reply_to_account_id", nullptr},
                   {"sensitive", post.sensitive},
                   {"spoiler_text", post.spoiler},
                   {"visibility", post.visibility},
                   {"language", post.language.empty() ? json::value() : json::value(post.language)},
                   {"uri", post.url},
                   {"url", post.url},
                   {"content", mastodon_html(post.text, base())},
                   {"replies_count", a.replies},
                   {"reblogs_count", a.shares},
                   {"favourites_count", a.likes},
                   {"edited_at", nullptr},
                   {"reblog", nullptr},
                   {"account", account(post.person)},
                   {"media_attachments", media},
                   {"mentions", json::array{}},
                   {"tags", json::array{}},
                   {"emojis", json::array{}},
                   {"card", nullptr},
                   {"poll", poll_of(post, now)}};
  if (const Post* parent = shelf_.find(post.reply_to))
    out["in_reply_to_account_id"] = account(parent->person).at("id");
  return out;
}

wire::Response Mastodon::me(const Call& call, size_t person) {
  if (auto refusal = mastodon_unknown(call, {})) return *refusal;
  json::object body = account(person);
  body["source"] = json::object{{"privacy", "public"},
                                {"sensitive", false},
                                {"language", "en"},
                                {"note", ""},
                                {"fields", json::array{}}};
  return json_answer(200, body);
}

const Post* Mastodon::visible(std::string_view id, size_t person) {
  const Post* post = shelf_.find(id);
  if (!post || !post->out) return nullptr;
  const bool open = post->visibility == "public" || post->visibility == "unlisted";
  return open || post->person == person ? post : nullptr;
}

wire::Response Mastodon::one(const Call& call, size_t person) {
  const Post* post = visible(call.steps[4], person);
  return post ? json_answer(200, shown(*post, call.now)) : mastodon_error(404, "Record not found");
}

wire::Response Mastodon::source(const Call& call, size_t person) {
  const Post* post = visible(call.steps[4], person);
  if (!post || post->person != person) return mastodon_error(404, "Record not found");
  return json_answer(200,
                     json::object{{"id", post->id}, {"text", post->text}, {"spoiler_text", post->spoiler}});
}

wire::Response Mastodon::context(const Call& call, size_t person) {
  const Post* post = visible(call.steps[4], person);
  if (!post) return mastodon_error(404, "Record not found");
  json::array ancestors, descendants;
  for (const Post* up = visible(post->reply_to, person); up; up = visible(up->reply_to, person))
    ancestors.insert(ancestors.begin(), shown(*up, call.now));
  for (const Post& other : shelf_.posts())
    if (other.reply_to == post->id && visible(other.id, person))
      descendants.emplace_back(shown(other, call.now));
  return json_answer(200, json::object{{"ancestors", ancestors}, {"descendants", descendants}});
}

wire::Response Mastodon::timeline(const Call& call, size_t person) {
  if (auto refusal = mastodon_unknown(call, {"max_id", "since_id", "min_id", "limit", "only_media",
                                             "exclude_replies", "exclude_reblogs", "pinned", "tagged"}))
    return *refusal;
  const auto owner = index_of(call.steps[4]);
  if (!owner) return mastodon_error(404, "Record not found");
  const size_t limit =
      static_cast<size_t>(std::clamp<int64_t>(to_number(call.param_or("limit", "20")).value_or(20), 1, 40));
  const std::string below = call.param_or("max_id", ""),
                    above = call.param_or("since_id", call.param_or("min_id", ""));
  const bool no_replies = call.param_or("exclude_replies", "false") == "true",
             only_media = call.param_or("only_media", "false") == "true";
  json::array list;
  for (auto post = shelf_.posts().rbegin(); post != shelf_.posts().rend() && list.size() < limit; ++post) {
    if (post->person != *owner || !visible(post->id, person)) continue;
    if (!below.empty() && !id_less(post->id, below)) continue;
    if (!above.empty() && !id_less(above, post->id)) continue;
    if ((no_replies && !post->reply_to.empty()) || (only_media && post->media.empty())) continue;
    list.emplace_back(shown(*post, call.now));
  }
  wire::Headers headers;
  if (!list.empty()) {
    const std::string page = base() + "/api/v1/accounts/" + call.steps[4] + "/statuses";
    headers.push_back({"Link", fmt::format("<{0}?max_id={1}>; rel=\"next\", <{0}?min_id={2}>; rel=\"prev\"",
                                           page, std::string_view(list.back().at("id").get_string()),
                                           std::string_view(list.front().at("id").get_string()))});
  }
  return json_answer(200, list, std::move(headers));
}

wire::Response Mastodon::instance(const Call&, size_t) {
  const json::object configuration{
      {"urls", json::object{{"streaming", ""}}},
      {"accounts", json::object{{"max_featured_tags", 10}}},
      {"statuses",
       json::object{
           {"max_characters", 500}, {"max_media_attachments", 4}, {"characters_reserved_per_url", 23}}},
      {"media_attachments", json::object{{"supported_mime_types",
                                          {"image/jpeg", "image/png", "image/gif", "image/webp", "video/webm",
                                           "video/mp4", "video/quicktime"}},
                                         {"description_limit", 1500},
                                         {"image_size_limit", 16777216},
                                         {"image_matrix_limit", 33177600},
                                         {"video_size_limit", 103809024},
                                         {"video_frame_rate_limit", 120},
                                         {"video_matrix_limit", 8294400}}},
      {"polls", json::object{{"max_options", 4},
                             {"max_characters_per_option", 50},
                             {"min_expiration", 300},
                             {"max_expiration", 2629746}}}};
  return json_answer(200, json::object{{"domain", base().substr(base().find("://") + 3)},
                                       {"title", "Carillon sandbox"},
                                       {"version", "4.4.0"},
                                       {"source_url", ""},
                                       {"description", "A simulated server. Nothing leaves this machine."},
                                       {"languages", {"en"}},
                                       {"configuration", configuration},
                                       {"registrations", json::object{{"enabled", false}}},
                                       {"api_versions", json::object{{"mastodon", 6}}},
                                       {"rules", json::array{}}});
}

}  // namespace carillon::sandbox
