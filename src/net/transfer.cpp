#include "net/transfer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>
#include <array>
#include <charconv>
#include <new>

#include "base/text.h"
#include "net/dressing.h"
#include "wire/url.h"

namespace carillon::net {
namespace {

// A connection that stood idle for longer is not used again: the other side is about to close it, and a
// request lost that way cannot be told from one that was accepted.
constexpr long max_idle_seconds = 15;

uint16_t port_of(const sockaddr& address) {
  return ntohs(address.sa_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::string host_of(const std::string& url) {
  const auto parsed = wire::parse_url(url);
  return parsed ? parsed->host : "the address";
}

double in_seconds(Duration span) {
  return static_cast<double>(span.count()) / 1e6;
}

}  // namespace

Transfer::Transfer(const ClientOptions& options, Sockets& sockets)
    : options_(options), sockets_(sockets), easy_(curl_easy_init()) {
  if (easy_ == nullptr) throw std::bad_alloc();
  set_for_life();
}

Transfer::~Transfer() {
  curl_easy_cleanup(easy_);
  curl_slist_free_all(headers_);
}

void Transfer::set_for_life() {
  const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(easy_, option, value); };
  set(CURLOPT_PRIVATE, this);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_ERRORBUFFER, message_);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_HTTP_VERSION,
      static_cast<long>(CURL_HTTP_VERSION_1_1));  // "at most once" is proved for 1.1 only
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options_.ca_file.empty()) set(CURLOPT_CAINFO, options_.ca_file.c_str());
  set(CURLOPT_MAXAGE_CONN, max_idle_seconds);
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout / std::chrono::milliseconds(1)));
  set(CURLOPT_READFUNCTION, &Transfer::on_read);
  set(CURLOPT_READDATA, this);
  set(CURLOPT_SEEKFUNCTION, &Transfer::on_rewind);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  set(CURLOPT_PREREQDATA, this);
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_CLOSESOCKETFUNCTION, &Transfer::on_close);
  set(CURLOPT_CLOSESOCKETDATA, &sockets_);
}

Result<void> Transfer::load(wire::Request request, Credential credential, MediaSource* media, Done done) {
  done_ = std::move(done);
  credential_ = std::move(credential);
  auto dressed = dress(std::move(request), credential_);
  if (!dressed) return refuse(dressed.error());
  request_ = std::move(*dressed);
  upload_ = Upload(request_.body, media);
  try {
    upload_.check();
  } catch (const std::exception& thrown) {
    return refuse({.code = "media_unreadable",
                   .text = fmt::format("A file to send cannot be read: {}.", thrown.what())});
  }
  curl_easy_setopt(easy_, CURLOPT_URL, request_.url.c_str());
  curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS,
                   std::max(1L, static_cast<long>(request_.timeout / std::chrono::milliseconds(1))));
  set_method();
  set_headers();
  return {};
}

void Transfer::set_method() {
  const bool has_body = upload_.length() > 0 || request_.method == "POST" || request_.method == "PUT" ||
                        request_.method == "PATCH";
  curl_easy_setopt(easy_, CURLOPT_NOBODY, 0L);
  if (has_body) {
    curl_easy_setopt(easy_, CURLOPT_POST, 1L);
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(upload_.length()));
  } else {
    curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);
    if (request_.method == "HEAD") curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
  }
  const std::string_view usual = has_body ? "POST" : request_.method == "HEAD" ? "HEAD" : "GET";
  curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST,
                   request_.method == usual ? nullptr : request_.method.c_str());
}

void Transfer::set_headers() {
  curl_slist_free_all(headers_);
  headers_ = nullptr;
  const auto add = [this](const std::string& line) { headers_ = curl_slist_append(headers_, line.c_str()); };
  for (const wire::Header& header : request_.headers) {
    add(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  add("Expect:");  // no waiting for permission, and no second meaning of "sent"
  if (!wire::header(request_.headers, "content-type")) add("Content-Type:");  // libcurl would claim a form
  if (!wire::header(request_.headers, "user-agent")) add("User-Agent: Carillon");
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
}

Transfer::Done Transfer::unload() {
  Done done = std::move(done_);
  done_ = nullptr;
  upload_ = Upload();
  request_ = {};
  credential_.clear();
  answer_ = {};
  refused_.clear();
  broken_.clear();
  received_ = 0;
  starts_ = 0;
  too_large_ = head_complete_ = false;
  message_[0] = '\0';
  return done;
}

Outcome Transfer::outcome(CURLcode code) {
  if (code == CURLE_OK && answer_.status >= 200 && head_complete_) return std::move(answer_);
  std::string reason = without_secrets(why(code), credential_);
  if (starts_ == 0) return NotSent{std::move(reason)};
  return Lost{std::move(reason)};
}

std::string Transfer::why(CURLcode code) const {
  const std::string host = host_of(request_.url);
  const std::string_view detail = message_[0] != '\0' ? message_ : curl_easy_strerror(code);
  if (!broken_.empty())
    return fmt::format("A file could not be read while it was sent to {}: {}.", host, broken_);
  if (!refused_.empty() && starts_ == 0)
    return fmt::format("{} may not be reached from here: {}.", host, refused_);
  if (too_large_) return fmt::format("The answer of {} is larger than {} bytes.", host, options_.max_answer);
  if (starts_ > 1) return fmt::format("The connection to {} died after the request was sent.", host);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return fmt::format("The name {} was not found.", host);
    case CURLE_OPERATION_TIMEDOUT:
      if (starts_ == 0) return fmt::format("No connection to {} came about in time.", host);
      return fmt::format("{} did not answer within {} s.", host, in_seconds(request_.timeout));
    case CURLE_COULDNT_CONNECT: return fmt::format("{} could not be reached: {}.", host, detail);
    case CURLE_OK:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_FAIL_REWIND:  // it wanted to send again on another connection, and must not
      return fmt::format("{} closed the connection before its answer was complete.", host);
    default: return fmt::format("The exchange with {} broke: {}.", host, detail);
  }
}

size_t Transfer::on_read(char* into, size_t size, size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  try {
    return transfer.upload_.read(into, size * count);
  } catch (const std::exception& thrown) {
    transfer.broken_ = thrown.what();
    return CURL_READFUNC_ABORT;
  }
}

// libcurl rewinds to send a request again, on its own decision. Never here: only who knows what the request
// does may repeat it.
int Transfer::on_rewind(void*, curl_off_t, int) {
  return CURL_SEEKFUNC_FAIL;
}

// Called when a connection stands and the request is about to be written. Before: no byte has left. A second
// time: libcurl repeats a request whose reused connection died; a body-less one needs no rewind, so it is
// stopped here.
int Transfer::on_request(void* self, char*, char*, int, int) {
  return ++static_cast<Transfer*>(self)->starts_ > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

bool Transfer::grow(size_t bytes) {
  received_ += bytes;
  too_large_ = received_ > options_.max_answer;
  return !too_large_;
}

size_t Transfer::on_header(char* line, size_t size, size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.grow(size * count)) return 0;
  transfer.read_header({line, size * count});
  return size * count;
}

void Transfer::read_header(std::string_view line) {
  if (line.starts_with("HTTP/")) {  // an interim answer (1xx) is forgotten when the real one begins
    answer_.headers.clear();
    head_complete_ = false;  // libcurl is content with a head that is cut off
    const auto code = line.substr(std::min(line.find(' ') + 1, line.size()));
    answer_.status = 0;
    std::from_chars(code.data(), code.data() + std::min<size_t>(code.size(), 3), answer_.status);
    return;
  }
  if (line == "\r\n" || line == "\n") head_complete_ = true;
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return;
  answer_.headers.push_back(
      {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
}

size_t Transfer::on_body(char* bytes, size_t size, size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.grow(size * count)) return 0;
  transfer.answer_.body.append(bytes, size * count);
  return size * count;
}

// Names were resolved by now, whatever they looked like: what is judged is what would be connected to.
curl_socket_t Transfer::on_open(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.options_.guarded) {
    const auto target = address_from(address->addr);
    const auto no = target ? refusal(*target, port_of(address->addr), transfer.options_.permits)
                           : std::optional<std::string>("it is not an internet address");
    if (no) {
      transfer.refused_ = *no;
      return CURL_SOCKET_BAD;
    }
  }
  const int socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  transfer.sockets_.opened(socket);
  return socket;
}

int Transfer::on_close(void* sockets, curl_socket_t socket) {
  static_cast<Sockets*>(sockets)->closing(socket);
  return ::close(socket);
}

}  // namespace carillon::net
