#include "sandbox/bluesky/bluesky.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdint>
#include <vector>

#include "base/digest.h"
#include "sandbox/answers.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;
constexpr auto five_minutes = std::chrono::minutes(5);
constexpr std::string_view did_begin = "did:plc:carillonsandbox";
constexpr size_t did_tail = 9;

// docs.bsky.app/docs/advanced-guides/rate-limits (2026-04)
void add_rate(wire::Response& response, const Reading& reading, int64_t window_s) {
  response.headers.push_back({"RateLimit-Limit", number_text(reading.limit)});
  response.headers.push_back({"RateLimit-Remaining", number_text(reading.left())});
  response.headers.push_back({"RateLimit-Reset", number_text((reading.reset.us + 999'999) / 1'000'000)});
  response.headers.push_back({"RateLimit-Policy", fmt::format("{};w={}", reading.limit, window_s)});
}

wire::Response too_many() {
  return bluesky_error(429, "RateLimitExceeded", "Rate Limit Exceeded");
}

}  // namespace

struct Bluesky::Endpoint {
  std::string_view method, nsid;
  int64_t points;  // of 5,000 an hour
  wire::Response (Bluesky::*answer)(const Call&, size_t);
};

std::span<const Bluesky::Endpoint> Bluesky::endpoints() {
  static constexpr std::array<Endpoint, 8> table = {{
      {"GET", "com.atproto.server.getSession", 0, &Bluesky::get_session},
      {"GET", "com.atproto.identity.resolveHandle", 0, &Bluesky::resolve_handle},
      {"POST", "com.atproto.repo.uploadBlob", 0, &Bluesky::upload_blob},
      {"POST", "com.atproto.repo.createRecord", 3, &Bluesky::create_record},
      {"POST", "com.atproto.repo.putRecord", 3, &Bluesky::put_record},
      {"POST", "com.atproto.repo.deleteRecord", 1, &Bluesky::delete_record},
      {"GET", "com.atproto.repo.getRecord", 0, &Bluesky::get_record},
      {"GET", "com.atproto.repo.listRecords", 0, &Bluesky::list_records},
  }};
  return table;
}

Bluesky::Bluesky(Ground& ground) : Network(ground, "bluesky", "ey") {}

std::unique_ptr<Network> make_bluesky(Ground& ground) {
  return std::make_unique<Bluesky>(ground);
}

wire::Response bluesky_error(int status, std::string_view error, std::string_view message) {
  return json_answer(status, json::object{{"error", error}, {"message", message}});
}

wire::Response Bluesky::serve(const Call& call) {
  if (call.steps.size() != 3 || call.steps[1] != "xrpc") return bluesky_error(404, "NotFound", "Not Found");
  const std::string& nsid = call.steps[2];
  if (call.method() == "POST" && nsid == "com.atproto.server.createSession") return create_session(call);
  if (call.method() == "POST" && nsid == "com.atproto.server.refreshSession") return refresh_session(call);
  if (call.method() == "POST" && nsid == "com.atproto.server.deleteSession") return delete_session(call);
  const auto all = endpoints();
  const auto endpoint = std::ranges::find(all, nsid, &Endpoint::nsid);
  if (endpoint == all.end()) return bluesky_error(501, "MethodNotImplemented", "Method Not Implemented");
  if (endpoint->method != call.method())
    return bluesky_error(
        400, "InvalidRequest",
        fmt::format("Incorrect HTTP method ({}) expected {}", call.method(), endpoint->method));
  return admitted(call, *endpoint);
}

wire::Response Bluesky::admitted(const Call& call, const Endpoint& endpoint) {
  const auto token = call.bearer();
  if (!token) return bluesky_error(401, "AuthMissing", "Authentication Required");
  const Grant* grant = grants_.find(*token);
  if (!grant || grant->state == Grant::State::revoked)
    return bluesky_error(400, "InvalidToken", "Token could not be verified");
  if (grant->kind != "access") return bluesky_error(400, "InvalidToken", "Bad token scope");
  if (!grant->usable(call.now)) return bluesky_error(400, "ExpiredToken", "Token has expired");
  const size_t person = grant->person;
  Reading reading = meter(fmt::format("calls:{}", person), 3000, five_minutes, call.now);
  int64_t window = 300;
  for (int64_t i = 0; i < endpoint.points && !reading.over; ++i) {
    reading = meter_.take(fmt::format("points:{}", person), 5000, std::chrono::hours(1), call.now);
    window = 3600;
    if (reading.over) count(reading);
  }
  wire::Response response = reading.over ? too_many() : (this->*endpoint.answer)(call, person);
  add_rate(response, reading, window);
  return response;
}

wire::Response Bluesky::throttled(const Call& call, Duration wait, bool silent) {
  wire::Response response = too_many();
  if (silent) return response;
  add_rate(response, {3000, 3000, call.now + wait}, 300);
  response.headers.push_back({"Retry-After", number_text((wait.count() + 999'999) / 1'000'000)});
  return response;
}

wire::Response Bluesky::unavailable(const Call&) {
  return bluesky_error(503, "NotEnoughResources", "Not Enough Resources");
}

std::string bluesky_did(size_t person) {
  std::string tail(did_tail, 'a');
  for (size_t i = did_tail; i-- > 0; person /= 26) tail[i] = static_cast<char>('a' + person % 26);
  return std::string(did_begin) + tail;
}

std::string bluesky_handle(size_t person) {
  return character(person).handle + ".sandbox.test";
}

// Version 1, the codec, SHA-256: in base 32, with its letter before it (https://github.com/multiformats/cid).
std::string bluesky_cid(Codec codec, std::string_view of) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::vector<uint8_t> bytes = {0x01, static_cast<uint8_t>(codec), 0x12, 0x20};
  for (const uint8_t byte : sha256(of)) bytes.push_back(byte);
  std::string cid = "b";
  uint32_t pending = 0;
  int bits = 0;
  for (const uint8_t byte : bytes) {
    pending = (pending << 8 | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) cid += alphabet[pending >> (bits - 5) & 31];
  }
  if (bits > 0) cid += alphabet[pending << (5 - bits) & 31];
  return cid;
}

// Made of what the ledger keeps, so that it is the same after a restart.
std::string bluesky_cid(const Post& post) {
  return bluesky_cid(Codec::record, post.id + "\n" + post.text);
}

std::string bluesky_uri(const Post& post) {
  const size_t slash = post.id.find('/');
  return "at://" + post.id.substr(0, slash) + "/app.bsky.feed.post/" + post.id.substr(slash + 1);
}

std::optional<size_t> Bluesky::index_of(std::string_view external_id) const {
  if (!external_id.starts_with(did_begin) || external_id.size() != did_begin.size() + did_tail)
    return std::nullopt;
  size_t index = 0;
  for (const char c : external_id.substr(did_begin.size())) {
    if (c < 'a' || c > 'z') return std::nullopt;
    index = index * 26 + static_cast<size_t>(c - 'a');
  }
  return index;
}

Person Bluesky::person(size_t index) const {
  return {bluesky_did(index), character(index).name, bluesky_handle(index), {}};
}

Person Bluesky::connect(size_t index, Instant now) {
  Person someone = person(index);
  const auto given = session(index, now);
  const json::value tokens = json::parse(given.body);
  someone.credential = {{"access", std::string(tokens.at("accessJwt").as_string())},
                        {"refresh", std::string(tokens.at("refreshJwt").as_string())},
                        {"client_id", bluesky_handle(index)},
                        {"code", std::string(bluesky_password)},
                        {"handle", bluesky_handle(index)},
                        {"password", std::string(bluesky_password)}};
  return someone;
}

void Bluesky::adopt(const Effect& effect) {
  Post post{.id = shelf_id(effect),
            .url = effect.url,
            .person = index_of(effect.account).value_or(0),
            .text = effect.text,
            .at = effect.at};
  if (!effect.reply_to.empty()) {
    post.reply_to = effect.account + "/" + effect.reply_to;
    const Post* parent = shelf_.find(post.reply_to);
    post.thread = parent && !parent->thread.empty() ? parent->thread : post.reply_to;
  }
  post.media.resize(effect.media);
  shelf_.add(std::move(post));
}

const Post* Bluesky::shown_at(const Call& call) {
  const auto& s = call.steps;
  if (s.size() != 5 || s[1] != "profile" || s[3] != "post") return nullptr;
  for (const Post& post : shelf_.posts())
    if (bluesky_handle(post.person) == s[2] && post.id.ends_with("/" + s[4]) && !post.gone) return &post;
  return nullptr;
}

}  // namespace carillon::sandbox
