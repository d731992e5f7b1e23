#include "wire/request.h"

#include <algorithm>

#include "base/text.h"

namespace carillon::wire {
namespace {

constexpr std::string_view media_prefix = "media:";

}  // namespace

std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
  for (const Header& one : headers) {
    if (equals_ignoring_case(one.name, name)) return one.value;
  }
  return std::nullopt;
}

std::string media_secret(MediaId media) {
  return std::string(media_prefix) + media.text();
}

std::optional<MediaId> medium_named(const Insert& insert) {
  if (!insert.secret.starts_with(media_prefix)) return std::nullopt;
  const auto media = MediaId::parse(std::string_view(insert.secret).substr(media_prefix.size()));
  return media ? std::optional(*media) : std::nullopt;
}

std::vector<MediaId> media_in(const Request& request) {
  std::vector<MediaId> media;
  const auto add = [&](MediaId one) {
    if (std::ranges::find(media, one) == media.end()) media.push_back(one);
  };
  if (const auto* slice = std::get_if<MediaSlice>(&request.body)) add(slice->media);
  if (const auto* multipart = std::get_if<Multipart>(&request.body)) {
    for (const Part& part : multipart->parts) {
      if (const auto* slice = std::get_if<MediaSlice>(&part.value)) add(slice->media);
    }
  }
  for (const Insert& insert : request.secrets) {
    if (const auto one = medium_named(insert)) add(*one);
  }
  return media;
}

}  // namespace carillon::wire
