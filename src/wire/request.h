// Envelopes: an HTTP request and its answer as plain values. Nobody here opens a socket, and no secret is in
// here: a request names which secrets of the account go where, net/ puts them in last.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/instant.h"

namespace carillon::wire {

struct Header {
  std::string name, value;
  bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;

// First value of a header, names compared without case.
std::optional<std::string_view> header(const Headers& headers, std::string_view name);

// Bytes of a stored media file: streamed, never held.
struct MediaSlice {
  MediaId media;
  uint64_t offset = 0, length = 0;
  bool operator==(const MediaSlice&) const = default;
};

struct Part {
  std::string name, filename, content_type;  // filename and content_type may be empty
  std::variant<std::string, MediaSlice> value;
  bool operator==(const Part&) const = default;
};

struct Multipart {
  std::string boundary;
  std::vector<Part> parts;
  bool operator==(const Multipart&) const = default;
};

using Body = std::variant<std::string, MediaSlice, Multipart>;

// Where a secret of the account goes. `secret` is its name in the account's credential ("access", "refresh").
struct Insert {
  enum class Place : uint8_t { bearer, query, form, path, basic_password, json };
  std::string secret;
  Place place = Place::bearer;
  std::string field;  // query/form: the parameter; path: the text in the URL to replace ("{token}");
                      // basic_password: the user name; json: the member of the
                      // object that is the body, or the pointer (RFC 6901) to one in it
  bool operator==(const Insert&) const = default;
};

// The name of a secret that is no secret of the account: the address from which a network fetches a stored
// file. The server puts it there.
std::string media_secret(MediaId media);
std::optional<MediaId> medium_named(const Insert& insert);  // none: a secret of the account

struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers;
  Body body;
  std::vector<Insert> secrets;
  Duration timeout = std::chrono::seconds(30);
  bool operator==(const Request&) const = default;
};

// The files that a request carries or names, each once.
std::vector<MediaId> media_in(const Request& request);

struct Response {
  int status = 0;
  Headers headers;
  std::string body;
  bool operator==(const Response&) const = default;
};

}  // namespace carillon::wire
