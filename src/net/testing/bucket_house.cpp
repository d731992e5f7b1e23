#include "net/testing/bucket_house.h"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <charconv>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "net/bucket_answer.h"
#include "wire/signature_v4.h"
#include "wire/url.h"

namespace carillon::net::testing {
namespace {

constexpr const char* key_id = "BELLKEY";
constexpr const char* key_secret = "the secret of the bell tower";
constexpr const char* region = "tower-1";

wire::Response refused(int status, const std::string& code, const std::string& more = "") {
  return {status,
          {{"Content-Type", "application/xml"}},
          fmt::format("<?xml version=\"1.0\"?><Error><Code>{}</Code><Message>So it is.</Message>{}</Error>",
                      code, more)};
}

std::string hash_of(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

uint64_t number(std::string_view text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

struct BucketHouse::Asked {
  std::string method, target, key, body;
  wire::Fields query;
  wire::Headers headers;
  std::string header(std::string_view name) const {
    return std::string(wire::header(headers, name).value_or(""));
  }
};

BucketHouse::BucketHouse(std::string bucket)
    : bucket_(std::move(bucket)), guard_(boost::asio::make_work_guard(context_)) {
  listener_ = std::make_unique<Listener>(
      context_, "127.0.0.1:0", [this](Exchange& exchange) { return answer(exchange); }, ListenLimits{});
  port_ = listener_->port();
  thread_ = std::thread([this] { context_.run(); });
}

BucketHouse::~BucketHouse() {
  boost::asio::post(context_, [this] { listener_->cut(), guard_.reset(), context_.stop(); });
  thread_.join();
}

BucketPlace BucketHouse::place(const std::string& prefix) const {
  return {.endpoint = fmt::format("http://127.0.0.1:{}", port_),
          .region = region,
          .name = bucket_,
          .prefix = prefix,
          .in_path = true,
          .access_key = Secret(key_id),
          .secret_key = Secret(key_secret)};
}

void BucketHouse::be(Mood mood, int requests) {
  const std::lock_guard lock(mutex_);
  mood_ = mood;
  mood_left_ = requests;
}

std::vector<std::string> BucketHouse::keys() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> keys;
  for (const auto& [key, object] : objects_) {
    if (!key.ends_with(".carillon")) keys.push_back(key);
  }
  return keys;
}

std::string BucketHouse::object(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = objects_.find(key);
  return found == objects_.end() ? "" : found->second.bytes;
}

void BucketHouse::put(const std::string& key, std::string bytes, const std::string& sha256) {
  const std::lock_guard lock(mutex_);
  objects_[key] = {std::move(bytes), sha256};
}

void BucketHouse::damage(const std::string& key) {
  const std::lock_guard lock(mutex_);
  objects_.at(key).bytes.back() ^= 1;
}

size_t BucketHouse::unfinished() {
  const std::lock_guard lock(mutex_);
  return parts_.size();
}

std::vector<std::string> BucketHouse::asked() {
  const std::lock_guard lock(mutex_);
  return std::exchange(asked_, {});
}

void BucketHouse::watch(std::function<void(const std::string&)> watcher) {
  const std::lock_guard lock(mutex_);
  watcher_ = std::move(watcher);
}

void BucketHouse::tell(const std::string& asked) {
  std::function<void(const std::string&)> watcher;
  {
    const std::lock_guard lock(mutex_);
    watcher = watcher_;
  }
  if (watcher) watcher(asked);
}

boost::asio::awaitable<void> BucketHouse::answer(Exchange& exchange) {
  Asked asked{.method = std::string(exchange.method()),
              .target = std::string(exchange.target()),
              .headers = exchange.headers()};
  auto body = co_await exchange.body(64 << 20);
  if (!body) co_return co_await exchange.cut("");
  asked.body = std::move(*body);
  const std::string head = "/" + bucket_;
  const std::string path = asked.target.substr(0, asked.target.find('?'));
  asked.query = wire::parse_form(asked.target.substr(std::min(path.size() + 1, asked.target.size())));
  if (path.starts_with(head + "/"))
    asked.key = wire::percent_decode(path.substr(head.size() + 1)).value_or("");
  tell(asked.method + " " + asked.key);
  bool down = false;
  wire::Response response;
  {
    const std::lock_guard lock(mutex_);
    asked_.push_back(asked.method + " " +
                     asked.target.substr(std::min(head.size() + 1, asked.target.size())));
    down = mood_ == Mood::is_down;
    if (!down) response = judged(asked);
    if (mood_left_ > 0 && --mood_left_ == 0) mood_ = Mood::works;
  }
  if (down) co_return co_await exchange.cut("");
  if (asked.method != "HEAD") co_return co_await exchange.reply(std::move(response));
  co_await exchange.begin(response.status, std::move(response.headers));
}

// What the request would carry if the one with the right keys had made it now.
bool BucketHouse::is_signed(const Asked& asked) const {
  const std::string said = asked.header("authorization"), stamp = asked.header("x-amz-date");
  const std::string names = said.substr(std::min(said.find("SignedHeaders=") + 14, said.size()));
  wire::Request again{.method = asked.method, .url = "http://" + asked.header("host") + asked.target};
  std::string list = names.substr(0, names.find(','));
  bool whole = stamp.size() == 16;
  for (size_t from = 0; from < list.size();) {
    const size_t to = std::min(list.find(';', from), list.size());
    const std::string name = list.substr(from, to - from);
    if (name != "host" && name != "x-amz-date") again.headers.push_back({name, asked.header(name)});
    from = to + 1;
  }
  for (const wire::Header& header : asked.headers)  // S3 wants all of these signed
    whole = whole && (!lowered(header.name).starts_with("x-amz-") || list.contains(lowered(header.name)));
  if (!whole) return false;
  const auto at = parse_instant(stamp.substr(0, 4) + "-" + stamp.substr(4, 2) + "-" + stamp.substr(6, 5) +
                                ":" + stamp.substr(11, 2) + ":" + stamp.substr(13, 2) + "Z");
  if (!at) return false;
  wire::sign_v4(again, {Secret(key_id), Secret(key_secret), region, "s3"},
                asked.header("x-amz-content-sha256"), *at);
  return said == wire::header(again.headers, "authorization");
}

wire::Response BucketHouse::judged(const Asked& asked) {
  if (mood_ == Mood::is_busy) return refused(503, "SlowDown");
  if (mood_ == Mood::denies) return refused(403, "AccessDenied");
  if (!asked.header("authorization").contains(std::string("Credential=") + key_id + "/"))
    return refused(403, "InvalidAccessKeyId");
  if (!asked.header("authorization").contains(std::string("/") + region + "/s3/"))
    return refused(400, "AuthorizationHeaderMalformed", std::string("<Region>") + region + "</Region>");
  if (!is_signed(asked)) return refused(403, "SignatureDoesNotMatch");
  if (asked.header("x-amz-content-sha256") != hash_of(asked.body))
    return refused(400, "XAmzContentSHA256Mismatch");
  if (!asked.target.starts_with("/" + bucket_ + "/")) return refused(404, "NoSuchBucket");
  return done(asked);
}

wire::Response BucketHouse::done(const Asked& asked) {
  const bool of_parts = wire::field(asked.query, "uploadId") || wire::field(asked.query, "uploads");
  return of_parts ? parts_call(asked) : object_call(asked);
}

wire::Response BucketHouse::object_call(const Asked& asked) {
  if (asked.method == "PUT") {
    objects_[asked.key] = {asked.body, asked.header("x-amz-meta-sha256")};
    return {200, {{"ETag", "\"" + hash_of(asked.body).substr(0, 32) + "\""}}, ""};
  }
  if (asked.method == "DELETE") return objects_.erase(asked.key), wire::Response{204, {}, ""};
  const auto found = objects_.find(asked.key);
  if (found == objects_.end()) return refused(404, "NoSuchKey");
  const auto& [bytes, sha256] = found->second;
  wire::Response response{200, {{"x-amz-meta-sha256", sha256}}, ""};
  const std::string range = asked.header("range");  // "bytes=0-9"
  const uint64_t first = range.empty() ? 0 : number(range.substr(6));
  const uint64_t last = range.empty() ? bytes.size() : number(range.substr(range.find('-') + 1));
  if (first >= bytes.size()) return refused(416, "InvalidRange");
  if (asked.method == "HEAD") {
    response.headers.push_back({"Content-Length", std::to_string(bytes.size())});
    return response;
  }
  response.status = range.empty() ? 200 : 206;
  response.body = bytes.substr(first, last - first + 1);
  if (!range.empty()) {
    response.headers.push_back(
        {"Content-Range",
         fmt::format("bytes {}-{}/{}", first, first + response.body.size() - 1, bytes.size())});
  }
  return response;
}

wire::Response BucketHouse::parts_call(const Asked& asked) {
  if (asked.method == "GET") return list_parts();
  if (wire::field(asked.query, "uploads")) {
    const std::string id = fmt::format("up+{}/=", parts_.size() + asked_.size());  // to be encoded
    parts_[id] = {asked.key, asked.header("x-amz-meta-sha256"), {}};
    return {200,
            {},
            "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>"};
  }
  const auto found = parts_.find(wire::percent_decode(*wire::field(asked.query, "uploadId")).value_or(""));
  if (found == parts_.end() || found->second.key != asked.key) return refused(404, "NoSuchUpload");
  if (asked.method == "DELETE") return parts_.erase(found), wire::Response{204, {}, ""};
  if (asked.method == "POST") {
    wire::Response response = end(asked, found->second);
    if (response.status == 200 && !response.body.contains("<Error>")) parts_.erase(found);
    return response;
  }
  const int part = static_cast<int>(number(wire::field(asked.query, "partNumber").value_or("")));
  found->second.pieces[part] = asked.body;
  return {200, {{"ETag", "\"" + hash_of(asked.body).substr(0, 32) + "\""}}, ""};
}

wire::Response BucketHouse::end(const Asked& asked, Parts& parts) {
  if (mood_ == Mood::turns_at_end) {
    wire::Response turned = refused(200, "InternalError");
    return turned;
  }
  std::string whole;
  for (const std::string_view part : elements(asked.body, "Part")) {
    const auto piece = parts.pieces.find(static_cast<int>(number(element(part, "PartNumber"))));
    if (piece == parts.pieces.end() ||
        element(part, "ETag") != "\"" + hash_of(piece->second).substr(0, 32) + "\"")
      return refused(400, "InvalidPart");
    whole += piece->second;
  }
  objects_[parts.key] = {whole, parts.sha256};
  return {200, {}, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>"};
}

wire::Response BucketHouse::list_parts() {
  std::string list;
  for (const auto& [id, parts] : parts_) {
    list += fmt::format(
        "<Upload><Key>{}</Key><UploadId>{}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></"
        "Upload>",
        parts.key, id);
  }
  return {200, {}, "<ListMultipartUploadsResult>" + list + "</ListMultipartUploadsResult>"};
}

}  // namespace carillon::net::testing
