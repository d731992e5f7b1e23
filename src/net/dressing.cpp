#include "net/dressing.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/digest.h"
#include "wire/url.h"

namespace carillon::net {
namespace {

using Place = wire::Insert::Place;
constexpr const char* form_type = "application/x-www-form-urlencoded";

Fault unsendable(std::string text) {
  return {.code = "request_unsendable",
          .text = std::move(text),
          .remedy = "This is a mistake in the program: report it."};
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// What may stand in a path segment (RFC 3986 pchar) stays as it is: a bot token keeps its colon.
std::string path_text(std::string_view secret) {
  std::string out;
  for (const char c : secret) {
    const bool kept = std::string_view(":@!$&'()*+,;=").contains(c);
    out += kept ? std::string(1, c) : wire::percent_encode(std::string_view(&c, 1));
  }
  return out;
}

Result<void> into_path(wire::Request& request, const wire::Insert& insert, std::string_view secret) {
  const auto at = insert.field.empty() ? std::string::npos : request.url.find(insert.field);
  if (at == std::string::npos)
    return refuse(unsendable("The address has no place " + insert.field + " for its secret."));
  request.url.replace(at, insert.field.size(), path_text(secret));
  return {};
}

Result<void> into_form(wire::Request& request, const wire::Insert& insert, std::string_view secret) {
  if (auto* parts = std::get_if<wire::Multipart>(&request.body)) {
    parts->parts.push_back({.name = insert.field, .value = std::string(secret)});
    return {};
  }
  auto* text = std::get_if<std::string>(&request.body);
  if (text == nullptr) return refuse(unsendable("A media file has no form to put a secret into."));
  if (!wire::header(request.headers, "content-type")) request.headers.push_back({"Content-Type", form_type});
  if (!text->empty()) *text += '&';
  *text += wire::encode_form({{insert.field, std::string(secret)}});
  return {};
}

// Somewhere inside the body: in the place of what stands there (an element of a list), or as a member of an
// object that is there.
Result<void> into_pointer(wire::Request& request, const std::string& text, const std::string& pointer,
                          std::string_view secret) {
  boost::system::error_code failed;
  boost::json::value body = boost::json::parse(text, failed);
  boost::system::error_code none;
  if (boost::json::value* there = failed ? nullptr : body.find_pointer(pointer, none)) {
    *there = secret;
    request.body = boost::json::serialize(body);
    return {};
  }
  const size_t slash = pointer.rfind('/');
  boost::json::value* place = failed ? nullptr : body.find_pointer(pointer.substr(0, slash), failed);
  if (place == nullptr || !place->is_object())
    return refuse(unsendable("The body has no place " + pointer + " for its secret."));
  place->get_object()[pointer.substr(slash + 1)] = secret;
  request.body = boost::json::serialize(body);
  return {};
}

// Becomes the last member: what stands there already stays as it was written.
Result<void> into_json(wire::Request& request, const wire::Insert& insert, std::string_view secret) {
  auto* text = std::get_if<std::string>(&request.body);
  if (text == nullptr || !text->ends_with('}') || !text->starts_with('{'))
    return refuse(unsendable("The body has no JSON object to put a secret into."));
  if (insert.field.starts_with('/')) return into_pointer(request, *text, insert.field, secret);
  const bool alone = *text == "{}";
  text->pop_back();
  if (!alone) *text += ',';
  *text += boost::json::serialize(boost::json::string(insert.field)) + ':' +
           boost::json::serialize(boost::json::string(secret)) + '}';
  return {};
}

// "Bearer" (RFC 6750) unless the request names another one: some upload addresses want "OAuth".
std::string scheme_of(const wire::Insert& insert) {
  return insert.field.empty() ? "Bearer" : insert.field;
}

Result<void> put(wire::Request& request, const wire::Insert& insert, std::string_view secret) {
  switch (insert.place) {
    case Place::bearer:
      request.headers.push_back({"Authorization", scheme_of(insert) + " " + std::string(secret)});
      return {};
    case Place::basic_password:
      request.headers.push_back(
          {"Authorization", "Basic " + to_base64(insert.field + ":" + std::string(secret))});
      return {};
    case Place::query:
      request.url = wire::with_query(request.url, {{insert.field, std::string(secret)}});
      return {};
    case Place::path: return into_path(request, insert, secret);
    case Place::form: return into_form(request, insert, secret);
    case Place::json: return into_json(request, insert, secret);
  }
  return {};
}

Result<void> judge(const wire::Request& request) {
  const bool method_is_word = !request.method.empty() && std::ranges::all_of(request.method, [](char c) {
    return c >= 'A' && c <= 'Z';
  });
  if (!method_is_word) return refuse(unsendable("The method of the request is not a word in capitals."));
  for (const wire::Header& header : request.headers) {
    const bool fine =
        !header.name.empty() && !header.name.contains(':') && is_clean(header.name) && is_clean(header.value);
    if (!fine)
      return refuse(unsendable("The header " + header.name.substr(0, header.name.find('\n')) +
                               " contains a line break."));
  }
  const bool url_is_clean = std::ranges::all_of(
      request.url, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\x7f'; });
  if (!url_is_clean)
    return refuse(unsendable("The address of the request contains a space or a control character."));
  return {};
}

}  // namespace

Result<wire::Request> dress(wire::Request request, const Credential& credential) {
  for (const wire::Insert& insert : request.secrets) {
    const auto found = credential.find(insert.secret);
    if (found == credential.end() || found->second.empty()) {
      return refuse(
          {.kind = FaultKind::unauthorized,
           .code = "secret_missing",
           .text = "The account has no secret called \"" + insert.secret + "\", so nothing was sent.",
           .remedy = "Connect the account again."});
    }
    const auto placed = put(request, insert, found->second.reveal());
    if (!placed) return refuse(placed.error());
  }
  if (const auto* parts = std::get_if<wire::Multipart>(&request.body)) {
    if (!wire::header(request.headers, "content-type")) {
      request.headers.push_back({"Content-Type", "multipart/form-data; boundary=" + parts->boundary});
    }
  }
  const auto judged = judge(request);
  if (!judged) return refuse(judged.error());
  return request;
}

std::string without_secrets(std::string text, const Credential& credential) {
  for (const auto& [name, secret] : credential) {
    if (secret.empty()) continue;
    for (auto at = text.find(secret.reveal()); at != std::string::npos;
         at = text.find(secret.reveal(), at + 3)) {
      text.replace(at, secret.reveal().size(), "***");
    }
  }
  return text;
}

}  // namespace carillon::net
