#include "sandbox/call.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"
#include "wire/multipart.h"

namespace carillon::sandbox {
namespace {

namespace json = boost::json;

// The path of an absolute address or of a request target.
std::string_view target_of(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || url.starts_with('/')) return url;
  const size_t slash = url.find('/', scheme + 3);
  return slash == std::string_view::npos ? "/" : url.substr(slash);
}

void read_target(Call& call, std::string_view target) {
  target = target.substr(0, target.find('#'));
  const size_t mark = target.find('?');
  call.path = target.substr(0, mark);
  if (mark != std::string_view::npos) call.query = wire::parse_form(target.substr(mark + 1));
  std::string_view rest = call.path;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const size_t slash = std::min(rest.find('/'), rest.size());
    if (slash > 0)
      call.steps.push_back(
          wire::percent_decode(rest.substr(0, slash)).value_or(std::string(rest.substr(0, slash))));
    rest.remove_prefix(slash);
  }
}

void read_part(Call& call, const wire::Part& part) {
  if (const auto* slice = std::get_if<wire::MediaSlice>(&part.value)) {
    call.uploads.push_back({part.name, part.filename, part.content_type, {}, slice->length, true});
    return;
  }
  const std::string& value = std::get<std::string>(part.value);
  if (part.filename.empty()) return void(call.form.emplace_back(part.name, value));
  call.uploads.push_back({part.name, part.filename, part.content_type, value, value.size(), false});
}

void read_json(Call& call, std::string_view text) {
  boost::system::error_code failed;
  json::value value = json::parse(text, failed);
  if (failed || !value.is_object()) return void(call.malformed = true);
  call.json = std::move(value.as_object());
}

void read_text_body(Call& call, std::string_view text) {
  const std::string type = lowered(call.header("content-type").value_or(""));
  if (type.starts_with("application/json")) {
    if (!text.empty()) read_json(call, text);
  } else if (type.starts_with("multipart/form-data")) {
    auto parts = wire::parse_multipart(*call.header("content-type"), text);
    if (!parts) return void(call.malformed = true);
    call.received = std::move(*parts);
    for (const wire::Part& part : call.received) read_part(call, part);
  } else if (type.starts_with("application/x-www-form-urlencoded")) {
    call.form = wire::parse_form(text);
  } else if (type.starts_with("image/") || type.starts_with("video/") || type == "application/octet-stream") {
    call.uploads.push_back({"", "", call.header("content-type").value_or(""), text, text.size(), false});
  } else if (!text.empty()) {
    call.malformed = true;
  }
}

void read_body(Call& call) {
  const wire::Body& body = call.request->body;
  if (const auto* text = std::get_if<std::string>(&body)) return read_text_body(call, *text);
  if (const auto* parts = std::get_if<wire::Multipart>(&body)) {
    for (const wire::Part& part : parts->parts) read_part(call, part);
    return;
  }
  call.uploads.push_back(
      {"", "", call.header("content-type").value_or(""), {}, std::get<wire::MediaSlice>(body).length, true});
}

std::string text_of(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  return json::serialize(value);
}

std::string_view stem(std::string_view name) {
  return name.substr(0, name.find('['));
}

}  // namespace

Call read_call(const wire::Request& request, Instant now) {
  Call call;
  call.request = &request;
  call.now = now;
  read_target(call, target_of(request.url));
  read_body(call);
  return call;
}

bool Call::is(std::string_view wanted, std::initializer_list<std::string_view> pattern) const {
  if (request->method != wanted || steps.size() != pattern.size()) return false;
  return std::ranges::equal(
      steps, pattern, [](const std::string& step, std::string_view p) { return p == "*" || p == step; });
}

std::optional<std::string_view> Call::header(std::string_view name) const {
  return wire::header(request->headers, name);
}

std::optional<std::string> Call::bearer() const {
  const auto value = header("authorization");
  if (!value || value->size() < 8 || !equals_ignoring_case(value->substr(0, 7), "bearer "))
    return std::nullopt;
  return std::string(trimmed(value->substr(7)));
}

std::optional<std::string> Call::param(std::string_view name) const {
  if (auto value = wire::field(query, name)) return value;
  if (auto value = wire::field(form, name)) return value;
  if (!json) return std::nullopt;
  const json::value* value = json->if_contains(name);
  return value && !value->is_null() ? std::optional(text_of(*value)) : std::nullopt;
}

std::string Call::param_or(std::string_view name, std::string_view otherwise) const {
  return param(name).value_or(std::string(otherwise));
}

std::vector<std::string> Call::names() const {
  std::vector<std::string> all;
  for (const auto& [name, value] : query) all.emplace_back(stem(name));
  for (const auto& [name, value] : form) all.emplace_back(stem(name));
  if (json)
    for (const auto& field : *json) all.emplace_back(field.key());
  for (const Upload& file : uploads) all.emplace_back(file.name);
  return all;
}

std::vector<std::string> Call::list(std::string_view name) const {
  std::vector<std::string> all;
  for (const wire::Fields* fields : {&query, &form}) {
    for (const auto& [key, value] : *fields)
      if (stem(key) == name && (key.size() == name.size() || key.find(']') == key.size() - 1))
        all.push_back(value);
  }
  const json::value* value = json ? json->if_contains(name) : nullptr;
  if (value && value->is_array())
    for (const json::value& one : value->get_array()) all.push_back(text_of(one));
  return all;
}

const Upload* Call::upload(std::string_view name) const {
  const auto found = std::ranges::find(uploads, name, &Upload::name);
  return found == uploads.end() ? nullptr : &*found;
}

std::string Upload::type() const {
  if (slice) return lowered(trimmed(declared.substr(0, declared.find(';'))));
  return sniff(bytes);
}

std::string sniff(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP") return "image/webp";
  if (bytes.starts_with("%PDF-"sv)) return "application/pdf";
  if (bytes.starts_with("BM"sv) && bytes.size() > 26) return "image/bmp";
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return "image/tiff";
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp")
    return bytes.substr(8, 4) == "qt  " ? "video/quicktime" : "video/mp4";
  if (bytes.starts_with("\x1a\x45\xdf\xa3"sv)) return "video/webm";
  return "";
}

}  // namespace carillon::sandbox
