#include "wire/multipart.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "base/digest.h"
#include "base/text.h"

namespace carillon::wire {
namespace {

constexpr std::string_view line_end = "\r\n";

Fault bad_multipart(std::string text) {
  return {.kind = FaultKind::invalid,
          .code = "bad_multipart",
          .text = "The multipart body cannot be read: " + std::move(text) + ".",
          .remedy = "Send it as multipart/form-data (RFC 7578), with the boundary that Content-Type names."};
}

// What browsers do (WHATWG HTML, "multipart/form-data encoding algorithm"): these three and no others.
std::string escape_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '"')
      out += "%22";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else
      out += c;
  }
  return out;
}

std::string unescape_name(std::string_view name) {
  std::string out;
  for (size_t at = 0; at < name.size(); ++at) {
    const std::string_view three = name.substr(at, 3);
    const char meant = equals_ignoring_case(three, "%22")   ? '"'
                       : equals_ignoring_case(three, "%0d") ? '\r'
                       : equals_ignoring_case(three, "%0a") ? '\n'
                                                            : '\0';
    out += meant == '\0' ? name[at] : meant;
    if (meant != '\0') at += 2;
  }
  return out;
}

// A value of a header parameter from the front of the text: a token, or a quoted string with \" and \\ in it.
std::string take_value(std::string_view& text) {
  std::string value;
  if (!text.starts_with('"')) {
    value = trimmed(text.substr(0, text.find(';')));
    text.remove_prefix(std::min(text.find(';'), text.size()));
    return value;
  }
  size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    const bool escape =
        text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\');
    if (escape) ++at;
    value += text[at];
  }
  text.remove_prefix(std::min(at + 1, text.size()));
  return value;
}

struct Parametrised {
  std::string value;  // lower case
  std::map<std::string, std::string> parameters;
};

// `form-data; name="a"; filename="b"`
Parametrised read_parameters(std::string_view text) {
  const size_t value_end = std::min(text.find(';'), text.size());
  Parametrised read{.value = lowered(trimmed(text.substr(0, value_end)))};
  text.remove_prefix(value_end);
  while (text.starts_with(';')) {
    text.remove_prefix(1);
    const size_t equals = text.find_first_of("=;");
    if (equals == std::string_view::npos) break;
    const std::string name = lowered(trimmed(text.substr(0, equals)));
    const bool has_value = text[equals] == '=';
    text.remove_prefix(equals + (has_value ? 1 : 0));
    if (!has_value) continue;
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    read.parameters.emplace(name, take_value(text));
    text.remove_prefix(std::min(text.find(';'), text.size()));
  }
  return read;
}

Result<Part> read_part(std::string_view text) {
  Part part;
  bool named = false;
  while (!text.starts_with(line_end)) {
    const size_t end = text.find(line_end);
    if (end == std::string_view::npos)
      return refuse(bad_multipart("an empty line is missing after the headers of a part"));
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + line_end.size());
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos)
      return refuse(bad_multipart("a part has a header line without a colon"));
    const std::string_view name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (equals_ignoring_case(name, "content-type")) part.content_type = value;
    if (!equals_ignoring_case(name, "content-disposition")) continue;
    auto read = read_parameters(value);
    named = read.value == "form-data" && read.parameters.contains("name");
    part.name = unescape_name(read.parameters["name"]);
    part.filename = unescape_name(read.parameters["filename"]);
  }
  if (!named) return refuse(bad_multipart("a part has no Content-Disposition: form-data with a name"));
  part.value = std::string(text.substr(line_end.size()));
  return part;
}

struct Delimiter {
  size_t begin = 0, end = 0;  // the line, with the line end before it and behind it
  bool closing = false;
};

// A delimiter is a line of its own: "--" boundary, then "--" or blanks up to the line's end. A longer word
// that begins like the boundary is content.
std::optional<Delimiter> find_delimiter(std::string_view body, std::string_view boundary, size_t from) {
  const std::string dashed = "--" + std::string(boundary);
  for (size_t at = body.find(dashed, from); at != std::string_view::npos; at = body.find(dashed, at + 1)) {
    const bool after_line_end = at >= from + 2 && body.substr(at - 2, 2) == line_end;
    if (at != 0 && !after_line_end) continue;
    const size_t begin = at == 0 ? 0 : at - 2;
    const std::string_view rest = body.substr(at + dashed.size());
    if (rest.starts_with("--")) return Delimiter{begin, at + dashed.size() + 2, true};
    const size_t blanks = std::min(rest.find_first_not_of(" \t"), rest.size());
    if (rest.substr(blanks).starts_with(line_end))
      return Delimiter{begin, at + dashed.size() + blanks + 2, false};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body) {
  auto type = read_parameters(content_type);
  const std::string boundary = type.parameters["boundary"];
  if (type.value != "multipart/form-data")
    return refuse(bad_multipart("Content-Type is not multipart/form-data"));
  if (boundary.empty() || boundary.size() > 70)
    return refuse(bad_multipart("Content-Type names no boundary of 1 to 70 characters"));
  auto delimiter = find_delimiter(body, boundary, 0);
  if (!delimiter) return refuse(bad_multipart("the boundary does not occur in it"));
  std::vector<Part> parts;
  while (!delimiter->closing) {
    const size_t begin = delimiter->end;
    const auto next = find_delimiter(body, boundary, begin);
    if (!next) return refuse(bad_multipart("the closing boundary is missing, it seems to be cut off"));
    auto part = read_part(body.substr(begin, next->begin - begin));
    if (!part) return refuse(std::move(part.error()));
    parts.push_back(std::move(*part));
    delimiter = next;
  }
  return parts;
}

std::string part_head(const Multipart& multipart, const Part& part) {
  std::string head = fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"", multipart.boundary,
                                 escape_name(part.name));
  if (!part.filename.empty()) head += fmt::format("; filename=\"{}\"", escape_name(part.filename));
  head += line_end;
  if (!part.content_type.empty()) head += fmt::format("Content-Type: {}\r\n", part.content_type);
  return head += line_end;
}

std::string multipart_end(const Multipart& multipart) {
  return "--" + multipart.boundary + "--\r\n";
}

std::string content_type_of(const Multipart& multipart) {
  return "multipart/form-data; boundary=" + multipart.boundary;
}

}  // namespace carillon::wire
