// Blobs and records: docs.bsky.app/docs/api/com-atproto-repo-put-record and its neighbours (2026-04).
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/bluesky/bluesky.h"
#include "sandbox/shape.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr uint64_t largest_blob = 50'000'000;
constexpr std::string_view collection = "app.bsky.feed.post";
constexpr std::string_view key_letters = "234567abcdefghijklmnopqrstuvwxyz";

wire::Response invalid(std::string_view message) {
  return bluesky_error(400, "InvalidRequest", message);
}

// Thirteen letters (atproto.com/specs/tid, 2026-08).
bool is_key(std::string_view key) {
  return key.size() == 13 && key.find_first_not_of(key_letters) == std::string_view::npos;
}

std::string next_key(int64_t& last, Instant now) {
  last = std::max(last + 1, now.us << 10);
  std::string key(13, '2');
  auto bits = static_cast<uint64_t>(last);
  for (size_t i = key.size(); i-- > 0; bits >>= 5) key[i] = key_letters[bits & 31];
  return key;
}

std::string key_of(const Post& post) {
  return post.id.substr(post.id.find('/') + 1);
}

}  // namespace

wire::Response Bluesky::upload_blob(const Call& call, size_t person) {
  const Upload* file = call.uploads.empty() ? nullptr : &call.uploads.front();
  if (!file || !file->name.empty() || file->size == 0)
    return invalid("Request encoding (Content-Type) required but not provided");
  if (file->size > largest_blob) return bluesky_error(413, "PayloadTooLarge", "request entity too large");
  const std::string seen = file->type();
  const std::string type = seen.empty() ? "application/octet-stream" : seen;
  const std::string said = lowered(call.header("content-type").value_or(""));
  if (!seen.empty() && said != seen && said != "application/octet-stream")
    return bluesky_error(400, "InvalidMimeType", fmt::format("Declared {} but found {}", said, seen));
  Medium& medium = gallery_.add({.id = bluesky_cid(Codec::bytes, fmt::format("blob {}", ++last_blob_)),
                                 .type = type,
                                 .size = file->size,
                                 .person = person,
                                 .made = call.now,
                                 .ready = call.now});
  gallery_.keep_bytes(medium, file->bytes);
  return json_answer(200, json::object{{"blob", json::object{{"$type", "blob"},
                                                             {"ref", json::object{{"$link", medium.id}}},
                                                             {"mimeType", medium.type},
                                                             {"size", medium.size}}}});
}

// The repository must be one's own, the collection that of posts.
std::string Bluesky::wrong_target(const json::object& body, size_t person) const {
  const auto repo = text_member(body, "repo"), where = text_member(body, "collection");
  if (!repo) return "Input must have the property \"repo\"";
  if (!where) return "Input must have the property \"collection\"";
  if (*repo != bluesky_did(person) && *repo != bluesky_handle(person)) return "Could not find repo: " + *repo;
  return *where == collection ? "" : "The sandbox knows no collection " + *where;
}

// New: out there. The same again: nothing happens. Something else under the same key: it takes its place.
wire::Response Bluesky::stored(const Call&, size_t person, const std::string& key, Post post) {
  post.id = bluesky_did(person) + "/" + key;
  post.url = fmt::format("{}/profile/{}/post/{}", base(), bluesky_handle(person), key);
  const bool same = [&] {
    const Post* before = shelf_.find(post.id);
    return before && before->text == post.text && before->media == post.media && before->link == post.link;
  }();
  json::object answer{{"uri", bluesky_uri(post)}, {"cid", bluesky_cid(post)}, {"validationStatus", "valid"}};
  if (!same)
    answer["commit"] = json::object{{"cid", bluesky_cid(Codec::record, "commit " + key)}, {"rev", key}};
  if (Post* before = shelf_.find(post.id)) {
    *before = post;
  } else {
    Post told = shelf_.add(post);
    if (!told.reply_to.empty()) told.reply_to = told.reply_to.substr(told.reply_to.find('/') + 1);
    record(told, bluesky_did(person), key);
  }
  return json_answer(200, answer);
}

wire::Response Bluesky::create_record(const Call& call, size_t person) {
  if (!call.json) return invalid("Input must be an object");
  if (const auto odd =
          stranger(*call.json, {"repo", "collection", "rkey", "validate", "record", "swapCommit"});
      !odd.empty())
    return invalid("Unknown member: " + odd);
  if (const auto wrong = wrong_target(*call.json, person); !wrong.empty()) return invalid(wrong);
  const json::object* record = object_member(*call.json, "record");
  if (!record) return invalid("Input must have the property \"record\"");
  const std::string key = text_or(*call.json, "rkey", next_key(last_key_, call.now));
  if (!is_key(key)) return invalid("Input/rkey must be a valid TID");
  Post post{.person = person, .at = call.now};
  if (const auto wrong = read_record(*record, person, post); !wrong.empty())
    return invalid("Invalid app.bsky.feed.post record: " + wrong);
  if (shelf_.find(bluesky_did(person) + "/" + key))
    return bluesky_error(500, "InternalServerError", "Internal Server Error");  // "already a value at key"
  return stored(call, person, key, std::move(post));
}

wire::Response Bluesky::put_record(const Call& call, size_t person) {
  if (!call.json) return invalid("Input must be an object");
  if (const auto odd = stranger(
          *call.json, {"repo", "collection", "rkey", "validate", "record", "swapRecord", "swapCommit"});
      !odd.empty())
    return invalid("Unknown member: " + odd);
  if (const auto wrong = wrong_target(*call.json, person); !wrong.empty()) return invalid(wrong);
  const json::object* record = object_member(*call.json, "record");
  const auto key = text_member(*call.json, "rkey");
  if (!record) return invalid("Input must have the property \"record\"");
  if (!key) return invalid("Input must have the property \"rkey\"");
  if (!is_key(*key)) return invalid("Input/rkey must be a valid TID");
  Post post{.person = person, .at = call.now};
  if (const auto wrong = read_record(*record, person, post); !wrong.empty())
    return invalid(wrong.starts_with("Could not find blob") ? wrong
                                                            : "Invalid app.bsky.feed.post record: " + wrong);
  return stored(call, person, *key, std::move(post));
}

json::object Bluesky::shown(const Post& post) const {
  json::object value{{"$type", collection}, {"text", post.text}, {"createdAt", iso_millis(post.at)}};
  const Post* parent = shelf_.find(post.reply_to);
  const Post* root = shelf_.find(post.thread);
  const auto reference = [](const Post& one) {
    return json::object{{"uri", bluesky_uri(one)}, {"cid", bluesky_cid(one)}};
  };
  if (parent && root)
    value["reply"] = json::object{{"root", reference(*root)}, {"parent", reference(*parent)}};
  return {{"uri", bluesky_uri(post)}, {"cid", bluesky_cid(post)}, {"value", std::move(value)}};
}

wire::Response Bluesky::get_record(const Call& call, size_t) {
  const std::string repo = call.param_or("repo", ""), key = call.param_or("rkey", "");
  if (call.param_or("collection", "") != collection) return invalid("Could not find collection");
  if (!index_of(repo)) return bluesky_error(400, "RepoNotFound", "Could not find repo: " + repo);
  const Post* post = shelf_.find(repo + "/" + key);
  if (!post)
    return bluesky_error(400, "RecordNotFound",
                         fmt::format("Could not locate record: at://{}/{}/{}", repo, collection, key));
  return json_answer(200, shown(*post));
}

wire::Response Bluesky::list_records(const Call& call, size_t) {
  const std::string repo = call.param_or("repo", "");
  const auto limit = to_number(call.param_or("limit", "50"));
  if (!limit || *limit < 1 || *limit > 100) return invalid("Params/limit can not be greater than 100");
  json::array records;
  const auto& posts = shelf_.posts();
  for (auto post = posts.rbegin(); post != posts.rend() && std::ssize(records) < *limit; ++post)
    if (!post->gone && post->id.starts_with(repo + "/")) records.emplace_back(shown(*post));
  return json_answer(200, json::object{{"records", std::move(records)}});
}

wire::Response Bluesky::delete_record(const Call& call, size_t person) {
  if (!call.json) return invalid("Input must be an object");
  if (const auto wrong = wrong_target(*call.json, person); !wrong.empty()) return invalid(wrong);
  Post* post = shelf_.find(bluesky_did(person) + "/" + text_or(*call.json, "rkey", ""));
  if (post) {
    post->gone = true;
    ground_.ledger.strike(name_, bluesky_did(person), key_of(*post));
  }
  return json_answer(200, json::object{});
}

}  // namespace carillon::sandbox
