#include "net/head_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

namespace carillon::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr size_t line_slack = 64;  // method, spaces and version around the target

constexpr std::string_view too_long_target = "The address of the request is longer than this server reads.";
constexpr std::string_view too_long_head = "The headers of the request are larger than this server reads.";

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Beast reads the grammar; what a request means is judged here, stricter than Beast does.
class HeadParser final : public http::basic_parser<true> {
 public:
  explicit HeadParser(RequestHead& into) : into_(into) {
    header_limit(UINT32_MAX);  // HeadScan has counted already
    body_limit(boost::none);
  }

  std::optional<Refusal> judge() {
    if (version_ != 10 && version_ != 11) return Refusal{505, "This server speaks version 1.1 of HTTP."};
    into_.headers.resize(fields_);
    into_.http11 = version_ == 11;
    into_.keep_alive = keep_alive();
    if (hosts_ > 1 || (into_.http11 && hosts_ == 0))
      return Refusal{400, "A request needs exactly one Host header."};
    if (lengths_ > 1 || (lengths_ > 0 && codings_ > 0) || bad_length_) {
      return Refusal{400, "The length of the request's body is given in more than one way."};
    }
    if (codings_ > 1 || (codings_ > 0 && !into_.http11))
      return Refusal{400, "Transfer-Encoding is not usable like this."};
    if (codings_ == 1 && !into_.chunked)
      return Refusal{501, "Only the transfer encoding chunked is known here."};
    if (bad_expectation_) return Refusal{417, "Only the expectation 100-continue is known here."};
    return std::nullopt;
  }

 private:
  void on_request_impl(http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    into_.method.assign(method);
    into_.target.assign(target);
    version_ = version;
  }

  void on_field_impl(http::field name, string_view text, string_view value, error_code&) override {
    if (fields_ == into_.headers.size()) into_.headers.emplace_back();
    wire::Header& header = into_.headers[fields_++];
    header.name.assign(text);
    header.value.assign(value);
    note(name, header.value);
  }

  void note(http::field name, const std::string& value) {
    switch (name) {
      case http::field::host: ++hosts_; break;
      case http::field::content_length: note_length(value); break;
      case http::field::transfer_encoding:
        ++codings_;
        into_.chunked = boost::beast::iequals(value, "chunked");
        break;
      case http::field::expect:
        into_.expects_continue = boost::beast::iequals(value, "100-continue");
        bad_expectation_ = !into_.expects_continue;
        break;
      default: break;
    }
  }

  void note_length(const std::string& value) {
    ++lengths_;
    if (!all_digits(value) || value.size() > 18) {
      bad_length_ = true;
    } else {
      into_.length = std::stoull(value);
    }
  }

  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<uint64_t>&, error_code&) override {}
  size_t on_body_impl(string_view text, error_code&) override { return text.size(); }
  void on_chunk_header_impl(uint64_t, string_view, error_code&) override {}
  size_t on_chunk_body_impl(uint64_t, string_view text, error_code&) override { return text.size(); }
  void on_finish_impl(error_code&) override {}

  RequestHead& into_;
  size_t fields_ = 0;
  int version_ = 0, hosts_ = 0, lengths_ = 0, codings_ = 0;
  bool bad_length_ = false, bad_expectation_ = false;
};

Refusal refusal_for(const error_code& error) {
  if (error == http::error::bad_version) return {505, "This server speaks version 1.1 of HTTP."};
  if (error == http::error::bad_content_length || error == http::error::multiple_content_length ||
      error == http::error::bad_transfer_encoding) {
    return {400, "The length of the request's body is given in more than one way."};
  }
  return {400, "This is not an HTTP request: its first lines do not follow RFC 9112."};
}

}  // namespace

HeadScan::Found HeadScan::refuse(int status, std::string_view sentence) {
  refusal_ = {status, sentence};
  return Found::fault;
}

HeadScan::Found HeadScan::look(std::string_view bytes, const ListenLimits& limits) {
  while (const void* hit = std::memchr(bytes.data() + seen_, '\n', bytes.size() - seen_)) {
    const size_t at = static_cast<size_t>(static_cast<const char*>(hit) - bytes.data());
    if (at == line_ || bytes[at - 1] != '\r')
      return refuse(400, "A line of the request ends without a carriage return.");
    const std::string_view line = bytes.substr(line_, at - 1 - line_);
    line_ = seen_ = at + 1;
    const Found found = judge_line(line, limits);
    if (found != Found::nothing_yet) return found;
  }
  seen_ = bytes.size();
  if (lines_ == 0 && seen_ - begin_ > limits.target_bytes + line_slack) return refuse(414, too_long_target);
  if (seen_ - begin_ > limits.header_bytes) return refuse(431, too_long_head);
  return Found::nothing_yet;
}

HeadScan::Found HeadScan::judge_line(std::string_view line, const ListenLimits& limits) {
  if (line.contains('\r')) return refuse(400, "A line of the request contains a lone carriage return.");
  if (line.empty() && lines_ == 0) {  // RFC 9112 section 2.2: one empty line before a request is forgiven
    if (begin_ != 0) return refuse(400, "The request begins with empty lines.");
    begin_ = line_;
    return Found::nothing_yet;
  }
  end_ = line_;
  if (end_ - begin_ > limits.header_bytes && lines_ > 0) return refuse(431, too_long_head);
  if (line.empty()) return Found::head;
  if (line[0] == ' ' || line[0] == '\t') return refuse(400, "A header is folded over two lines.");
  if (lines_ == 0 && line.size() > limits.target_bytes + line_slack) return refuse(414, too_long_target);
  if (lines_++ > limits.header_fields)
    return refuse(431, "The request has more headers than this server reads.");
  return Found::nothing_yet;
}

std::optional<Refusal> read_head(std::string_view bytes, const ListenLimits& limits, RequestHead& into) {
  into.chunked = into.expects_continue = false;
  into.length = 0;
  const std::string_view first = bytes.substr(0, bytes.find('\r'));
  if (std::ranges::count(first, ' ') != 2)
    return Refusal{400, "The first line of the request is not method, address and version."};
  HeadParser parser(into);
  error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  if (error) return refusal_for(error);
  if (into.target.size() > limits.target_bytes) return Refusal{414, too_long_target};
  return parser.judge();
}

}  // namespace carillon::net
