// Is a post there whose answer was lost? The account's own recent posts, compared by text.
#include <algorithm>
#include <cctype>
#include <string>

#include "base/text.h"
#include "channels/finding.h"
#include "channels/json_answer.h"
#include "channels/look_up.h"
#include "channels/media_upload.h"
#include "channels/refusal.h"
#include "channels/x/count.h"
#include "channels/x/x.h"
#include "wire/url.h"

namespace carillon::channels::x {

namespace json = boost::json;

namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = 0; !from.empty() && (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Text as it is compared: what X may change of a URL (the scheme, a slash at its end) is away everywhere.
std::string compared_form(std::string text) {
  replace_all(text, "https://", "");
  replace_all(text, "http://", "");
  std::string out;
  for (const char c : plain_form(text)) {
    if (c == ' ' && out.ends_with('/')) out.pop_back();
    out += c;
  }
  if (out.ends_with('/')) out.pop_back();
  return out;
}

constexpr char mark = '\x01';  // stands for a URL of which nobody knows where it leads

std::string with_marks(const std::string& text) {
  const std::u32string points = to_code_points(nfc(text));
  std::string out;
  size_t done = 0;
  for (const FoundUrl& url : urls_in(points)) {
    out += to_utf8(std::u32string_view(points).substr(done, url.begin - done)) + mark;
    done = url.end;
  }
  return plain_form(out + to_utf8(std::u32string_view(points).substr(done)));
}

bool is_media_link(const json::value& url) {
  const std::string to = text_at(url, {"expanded_url"});
  return look(url, {"media_key"}) != nullptr || to.find("/photo/") != std::string::npos ||
         to.find("/video/") != std::string::npos;
}

// What X shows: t.co addresses back to what they stand for, without the link to the media at the end.
std::string shown_text(const json::value& post, bool& has_media) {
  std::string text = text_at(post, {"text"});
  for (const json::value& url : list_at(post, {"entities", "urls"})) {
    const bool media = is_media_link(url);
    has_media = has_media || media;
    const std::string to = media ? "" : text_at(url, {"expanded_url"});
    if (media || !to.empty()) replace_all(text, text_at(url, {"url"}), to);
  }
  return text;
}

std::string unescaped(std::string text) {
  replace_all(text, "&lt;", "<");
  replace_all(text, "&gt;", ">");
  replace_all(text, "&amp;", "&");
  return text;
}

// Without entities a t.co address could be any: such a likeness proves nothing.
Likeness by_marks(const std::string& theirs, const std::string& ours, bool with_media) {
  std::string seen = theirs;
  for (size_t at = 0; (at = seen.find("https://t.co/", at)) != std::string::npos; ++at) {
    size_t end = at + 13;
    while (end < seen.size() && std::isalnum(static_cast<unsigned char>(seen[end])) != 0) ++end;
    seen.replace(at, end - at, 1, mark);
  }
  seen = plain_form(seen);
  if (seen.find(mark) == std::string::npos) return Likeness::none;
  if (with_media && seen.ends_with(mark)) seen = plain_form(seen.substr(0, seen.size() - 1));
  if (seen != with_marks(ours)) return Likeness::none;
  return seen.find(mark) == std::string::npos ? by_words(seen, seen) : Likeness::perhaps;
}

// "3_1146654567674912769": a kind, then the id that the upload was given.
bool holds_upload(const json::value& post, const std::vector<std::string>& ids) {
  return std::ranges::any_of(list_at(post, {"attachments", "media_keys"}), [&](const json::value& key) {
    const std::string text = as_text(key);
    return std::ranges::find(ids, text.substr(text.find('_') + 1)) != ids.end();
  });
}

Likeness compare(const json::value& post, const Job& job, const json::object& facts) {
  if (holds_upload(post, uploaded(facts))) return Likeness::same;
  const std::string ours = with_link(job.body());
  bool has_media = false;
  const std::string shown = shown_text(post, has_media);
  const std::string wanted = compared_form(ours);
  const bool same_text = compared_form(shown) == wanted || compared_form(unescaped(shown)) == wanted;
  const bool told = !list_at(post, {"entities", "urls"}).empty();
  if (same_text && (job.media.empty() ? !has_media : has_media)) return by_words(wanted, wanted);
  if (told) return Likeness::none;
  if (same_text) return job.media.empty() ? by_words(wanted, wanted) : Likeness::perhaps;
  return by_marks(unescaped(text_at(post, {"text"})), ours, !job.media.empty());
}

bool in_window(const json::value& post, const json::object& facts) {
  const auto made = parse_instant(text_at(post, {"created_at"}));
  return !made || *made >= window_start(facts);
}

// A page of the list that can be believed: complete, every entry readable, no errors beside it.
bool is_clean(const json::value& answer) {
  const json::array& posts = list_at(answer, {"data"});
  const auto count = number_at(answer, {"meta", "result_count"});
  if (!count || *count != static_cast<int64_t>(posts.size()) || !list_at(answer, {"errors"}).empty())
    return false;
  const auto readable = [](const json::value& post) {
    return !text_at(post, {"id"}).empty() && look(post, {"text"}) != nullptr;
  };
  return std::all_of(posts.begin(), posts.end(), readable);
}

}  // namespace

// GET /2/users/{id}/tweets. https://docs.x.com/x-api/users/get-posts (2026-09)
Send look_up_request(const Job& job, json::object facts) {
  if (!goes_on(facts, job.now)) note_asking(facts, job.now);
  const Instant from{window_start(facts).us / 1'000'000 * 1'000'000};
  wire::Fields query = {{"start_time", to_text(from)},
                        {"max_results", "100"},
                        {"post.fields", "created_at,entities,attachments"}};
  if (const auto page = kept_text(facts, "page"); !page.empty()) query.emplace_back("pagination_token", page);
  const std::string path = "/2/users/" + wire::percent_encode(job.from.external_id) + "/tweets";
  return {request(job.from, "GET", wire::with_query(path, query)),
          Repeat::safe,
          false,
          {"read"},
          {"look_up", std::move(facts)}};
}

Move on_look_up_reply(const Job& job, const Progress& progress, const wire::Response& response) {
  if (!accepted(response)) return not_answered(fault_in(response, job.now));
  const auto answer = read_json(response.body);
  const bool clean = answer && is_clean(*answer);
  if (!clean) return not_answered(unreadable(x_traits().label, response));
  json::object seen = progress.facts;
  const std::string article = kept_text(seen, "article");
  for (const json::value& post : list_at(*answer, {"data"})) {
    if (!in_window(post, seen) || job.is_known(text_at(post, {"id"}))) continue;
    const Likeness like = article.empty() ? compare(post, job, seen) : compare_article(post, article);
    if (like == Likeness::same) return published(job, text_at(post, {"id"}));
    if (like == Likeness::perhaps) note_alike(seen);
  }
  if (const auto next = text_at(*answer, {"meta", "next_token"}); !next.empty()) {
    auto facts = next_page(std::move(seen), next);
    return facts ? Move(look_up_request(job, std::move(*facts))) : Move(cannot_be_told());
  }
  return not_listed(x_traits(), seen);
}

}  // namespace carillon::channels::x
