#include "sandbox/testing/visitor.h"

#include "base/digest.h"

namespace carillon::sandbox {

std::string Heard::header(std::string_view name) const {
  return std::string(wire::header(answer.response.headers, name).value_or(""));
}

std::string Heard::at(std::string_view pointer) const {
  boost::system::error_code failed;
  const boost::json::value* value = body.find_pointer(pointer, failed);
  if (failed || !value) return "";
  return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

Heard Visitor::send(wire::Request request) {
  Heard heard{world.handle(request, now), nullptr};
  boost::system::error_code failed;
  auto value = boost::json::parse(heard.answer.response.body, failed);
  if (!failed) heard.body = std::move(value);
  return heard;
}

Heard Visitor::call(std::string method, std::string url, std::string_view token) {
  wire::Request request{.method = std::move(method), .url = std::move(url)};
  if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + std::string(token)});
  return send(std::move(request));
}

Heard Visitor::get(std::string url, std::string_view token) {
  return call("GET", std::move(url), token);
}

Heard Visitor::post_json(std::string url, std::string body, std::string_view token, wire::Headers more) {
  wire::Request request{
      .method = "POST", .url = std::move(url), .headers = std::move(more), .body = std::move(body)};
  request.headers.push_back({"Content-Type", "application/json"});
  if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + std::string(token)});
  return send(std::move(request));
}

Heard Visitor::post_form(std::string url, const wire::Fields& fields, wire::Headers headers) {
  headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  return send({.method = "POST",
               .url = std::move(url),
               .headers = std::move(headers),
               .body = wire::encode_form(fields)});
}

Heard Visitor::post_parts(std::string url, std::vector<wire::Part> parts, std::string_view token) {
  wire::Request request{.method = "POST",
                        .url = std::move(url),
                        .body = wire::Multipart{.boundary = "border", .parts = std::move(parts)}};
  if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + std::string(token)});
  return send(std::move(request));
}

std::string Visitor::credential(const Person& person, std::string_view name) const {
  return wire::field(person.credential, name).value_or("");
}

wire::Fields Visitor::sent_back(const Heard& heard) const {
  const std::string location = heard.header("location");
  const size_t mark = location.find('?');
  return mark == std::string::npos ? wire::Fields{}
                                   : wire::parse_form(std::string_view(location).substr(mark + 1));
}

std::string png(size_t size) {
  std::string bytes = "\x89PNG\r\n\x1a\n";
  bytes.resize(size, '.');
  return bytes;
}

std::string jpeg(size_t size) {
  std::string bytes = "\xff\xd8\xff";
  bytes.resize(size, '.');
  return bytes;
}

wire::Part file_part(std::string name, std::string bytes, std::string filename) {
  return {std::move(name), std::move(filename), "application/octet-stream", std::move(bytes)};
}

wire::Part slice_part(std::string name, uint64_t size, std::string type, std::string filename) {
  return {std::move(name), std::move(filename), std::move(type), wire::MediaSlice{.length = size}};
}

wire::Part text_part(std::string name, std::string value) {
  return {std::move(name), "", "", std::move(value)};
}

std::string s256(std::string_view text) {
  const Sha256 hash = sha256(text);
  return to_base64url({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

}  // namespace carillon::sandbox
