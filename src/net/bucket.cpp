#include "net/bucket.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <charconv>
#include <condition_variable>
#include <future>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/check.h"
#include "base/digest.h"
#include "base/text.h"
#include "net/bucket_answer.h"
#include "wire/signature_v4.h"
#include "wire/url.h"

namespace carillon::net {
namespace {

namespace asio = boost::asio;

constexpr const char* hash_header = "x-amz-meta-sha256";
constexpr uint64_t most_parts = 10'000;  // says the protocol
constexpr Duration for_a_part = std::chrono::seconds(180), for_the_end = std::chrono::seconds(300);

std::string read_piece(const File& file, uint64_t offset, uint64_t length) {
  std::string piece(length, '\0');
  const int64_t got = read_at(file, offset, piece.data(), length);
  if (got < 0) throw disk_error("a file on its way to the bucket");
  if (static_cast<uint64_t>(got) < length)
    throw std::runtime_error("the file became shorter while it was sent");
  return piece;
}

uint64_t number_of(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

uint64_t number_in(const wire::Headers& headers, std::string_view name) {
  return number_of(wire::header(headers, name).value_or(""));
}

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text)
    xml += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  return xml;
}

}  // namespace

// A client on a thread of its own; calls wait for it on theirs.
struct Bucket::Line {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(context);
  Client client{context, nullptr, {.max_answer = 24 << 20, .connect_timeout = std::chrono::seconds(6)}};
  std::thread thread{[this] { context.run(); }};
  std::mutex mutex;
  std::condition_variable wake;
  bool stopping = false;

  ~Line() {
    context.stop();
    thread.join();
  }

  void stop() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    wake.notify_all();
  }

  // none: it stops.
  std::optional<Outcome> send(wire::Request request) {
    if (!pause(Duration(0))) return std::nullopt;
    const auto answer = std::make_shared<std::optional<Outcome>>();
    client.send(std::move(request), {}, [this, answer](Outcome outcome) {
      const std::lock_guard lock(mutex);
      *answer = std::move(outcome);
      wake.notify_all();
    });
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return answer->has_value() || stopping; });
    return std::move(*answer);
  }

  // false: it stops.
  bool pause(Duration span) {
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, span, [this] { return stopping; });
  }
};

Bucket::Bucket(BucketPlace place, std::function<Instant()> now, BucketPace pace)
    : place_(std::move(place)), now_(std::move(now)), pace_(pace), line_(std::make_unique<Line>()) {}

Bucket::~Bucket() {
  stop();
}

void Bucket::stop() {
  line_->stop();
}

// Each segment of the key is encoded by itself; the slashes stay.
std::string Bucket::url_of(const Call& call) const {
  const size_t host = place_.endpoint.find("://") + 3;
  std::string url = place_.in_path
                        ? place_.endpoint + "/" + wire::percent_encode(place_.name)
                        : place_.endpoint.substr(0, host) + place_.name + "." + place_.endpoint.substr(host);
  url += '/';
  std::string_view key = call.key;
  for (bool first = true; !key.empty(); first = false) {
    const std::string_view segment = key.substr(0, key.find('/'));
    url += (first ? "" : "/") + wire::percent_encode(segment);
    key.remove_prefix(std::min(segment.size() + 1, key.size()));
  }
  return call.query.empty() ? url : url + "?" + call.query;
}

std::optional<Outcome> Bucket::once(const Call& call) {
  const std::string payload = to_hex(sha256(call.body));
  wire::Request request{.method = call.method,
                        .url = url_of(call),
                        .headers = call.headers,
                        .body = call.body,
                        .timeout = call.timeout};
  request.headers.push_back({"x-amz-content-sha256", payload});
  wire::sign_v4(request, {place_.access_key, place_.secret_key, place_.region, "s3"}, payload, now_());
  return line_->send(std::move(request));
}

Result<wire::Response> Bucket::ask(const Call& call) {
  Duration pause = pace_.pause;
  for (int left = pace_.tries; true; pause *= 5) {
    auto outcome = once(call);
    if (!outcome) return refuse(storage_stopped());
    auto* response = std::get_if<wire::Response>(&*outcome);
    // An end of parts may be refused in an answer that began as a success.
    const bool turned = response != nullptr && call.method == "POST" && response->body.contains("<Error>");
    if (response != nullptr && response->status < 300 && !turned) return std::move(*response);
    if (--left == 0 || !is_passing(*outcome)) return refuse(bucket_fault(*outcome, place_));
    if (!line_->pause(pause)) return refuse(storage_stopped());
  }
}

Result<void> Bucket::put(const std::string& key, std::string bytes, const std::string& sha256) {
  const auto answer = ask({.method = "PUT",
                           .key = place_.prefix + key,
                           .headers = {{hash_header, sha256}, {"content-type", "application/octet-stream"}},
                           .body = std::move(bytes),
                           .timeout = for_a_part});
  return answer ? Result<void>() : refuse(answer.error());
}

Result<void> Bucket::put_file(const std::string& key, const std::filesystem::path& path,
                              const std::string& sha256) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat facts{};
  if (!file.is_open() || ::fstat(file.number(), &facts) != 0) throw disk_error(path);
  const auto bytes = static_cast<uint64_t>(facts.st_size);
  if (bytes > pace_.whole_bytes) return put_parts(key, file, bytes, sha256);
  return put(key, read_piece(file, 0, bytes), sha256);
}

Result<void> Bucket::put_parts(const std::string& key, const File& file, uint64_t bytes,
                               const std::string& sha256) {
  const auto begun = ask({.method = "POST",
                          .key = place_.prefix + key,
                          .query = "uploads=",
                          .headers = {{hash_header, sha256}, {"content-type", "application/octet-stream"}}});
  if (!begun) return refuse(begun.error());
  const std::string upload = wire::percent_encode(element(begun->body, "UploadId"));
  if (upload.empty()) return refuse(bucket_fault(*begun, place_));
  auto list = send_parts(key, file, bytes, upload);
  const auto ended = list ? end_parts(key, upload, std::move(*list)) : refuse(list.error());
  // What is given up costs room until it is removed; a sweep removes what this cannot.
  if (!ended) (void)ask({.method = "DELETE", .key = place_.prefix + key, .query = "uploadId=" + upload});
  return ended;
}

// Gives the list of the parts, as the end wants it.
Result<std::string> Bucket::send_parts(const std::string& key, const File& file, uint64_t bytes,
                                       const std::string& upload) {
  const uint64_t size = std::max<uint64_t>(pace_.part_bytes, (bytes + most_parts - 1) / most_parts);
  std::string list;
  for (uint64_t offset = 0, number = 1; offset < bytes; offset += size, ++number) {
    const auto sent = ask({.method = "PUT",
                           .key = place_.prefix + key,
                           .query = fmt::format("partNumber={}&uploadId={}", number, upload),
                           .body = read_piece(file, offset, std::min(size, bytes - offset)),
                           .timeout = for_a_part});
    if (!sent) return refuse(sent.error());
    list += fmt::format("<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>", number,
                        escaped(wire::header(sent->headers, "etag").value_or("")));
  }
  return list;
}

// When the answer to an end was lost the bucket knows that upload no more: then the object tells.
Result<void> Bucket::end_parts(const std::string& key, const std::string& upload, std::string list) {
  const auto ended =
      ask({.method = "POST",
           .key = place_.prefix + key,
           .query = "uploadId=" + upload,
           .headers = {{"content-type", "application/xml"}},
           .body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
                   std::move(list) + "</CompleteMultipartUpload>",
           .timeout = for_the_end});
  if (ended) return {};
  if (ended.error().code == "object_gone" && look(key)) return {};
  return refuse(ended.error());
}

Result<Bucket::Object> Bucket::look(const std::string& key) {
  const auto answer = ask({.method = "HEAD", .key = place_.prefix + key});
  if (!answer) return refuse(answer.error());
  return Object{number_in(answer->headers, "content-length"),
                std::string(wire::header(answer->headers, hash_header).value_or(""))};
}

Result<Bucket::Piece> Bucket::read(const std::string& key, uint64_t offset, uint64_t length) {
  CHECK(length > 0);
  auto answer = ask({.method = "GET",
                     .key = place_.prefix + key,
                     .headers = {{"range", fmt::format("bytes={}-{}", offset, offset + length - 1)}},
                     .timeout = for_a_part});
  if (!answer) return refuse(std::move(answer.error()));
  const auto range = wire::header(answer->headers, "content-range").value_or("");  // "bytes 0-9/100"
  Piece piece{{number_in(answer->headers, "content-length"),
               std::string(wire::header(answer->headers, hash_header).value_or(""))},
              std::move(answer->body)};
  if (const size_t slash = range.find('/'); slash != std::string_view::npos)
    piece.bytes = number_of(range.substr(slash + 1));
  return piece;
}

Result<void> Bucket::remove(const std::string& key) {
  const auto answer = ask({.method = "DELETE", .key = place_.prefix + key});
  if (answer || answer.error().code == "object_gone") return {};
  return refuse(answer.error());
}

Result<size_t> Bucket::sweep_parts(Instant then) {
  std::string query = "prefix=" + wire::percent_encode(place_.prefix) + "&uploads=";
  const auto answer = ask({.method = "GET", .query = std::move(query)});
  if (!answer) return refuse(answer.error());
  size_t swept = 0;
  for (const std::string_view upload : elements(answer->body, "Upload")) {
    const std::string key = element(upload, "Key");
    const auto begun = parse_instant(element(upload, "Initiated"));
    if (!begun || *begun >= then || !key.starts_with(place_.prefix)) continue;
    const std::string id = wire::percent_encode(element(upload, "UploadId"));
    if (auto gone = ask({.method = "DELETE", .key = key, .query = "uploadId=" + id}); !gone)
      return refuse(std::move(gone.error()));
    ++swept;
  }
  return swept;
}

Result<void> Bucket::check(const std::string& mark) {
  const std::string key = ".carillon";
  if (auto written = put(key, mark, to_hex(sha256(mark))); !written) return written;
  const auto back = read(key, 0, mark.size());
  if (!back) return refuse(back.error());
  if (back->body == mark) return {};
  return refuse(
      {.kind = FaultKind::unavailable,
       .code = "storage_refused",
       .text = fmt::format("What was read back from the bucket {} is not what was written.", place_.name),
       .remedy = "Ask your vendor; keep media in the folder meanwhile."});
}

}  // namespace carillon::net
