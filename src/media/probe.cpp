#include "media/probe.h"

#include <boost/json/parse.hpp>
#include <cmath>
#include <fstream>
#include <iterator>

#include "media/images.h"

namespace carillon::media {
namespace {

namespace json = boost::json;

std::string first_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(sniff_bytes, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(in.gcount()));
  return bytes;
}

std::string_view text_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->as_string()) : std::string_view();
}

uint32_t number_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr || !value->is_int64() || value->as_int64() < 0) return 0;
  return static_cast<uint32_t>(std::min<int64_t>(value->as_int64(), UINT32_MAX));
}

Duration seconds_in(const json::object& object, const char* name) {
  const double seconds = std::atof(std::string(text_in(object, name)).c_str());
  if (!(seconds > 0) || seconds > 1e6) return Duration(0);
  return Duration(static_cast<int64_t>(std::llround(seconds * 1e6)));
}

const json::array& list_in(const json::object& object, const char* name) {
  static const json::array none;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->as_array() : none;
}

// Phones store upright films lying down, with a note to turn them.
bool lies_down(const json::object& stream) {
  for (const json::value& entry : list_in(stream, "side_data_list")) {
    const json::value* turn = entry.is_object() ? entry.as_object().if_contains("rotation") : nullptr;
    if (turn != nullptr && turn->is_int64()) return std::abs(turn->as_int64()) % 180 == 90;
  }
  return false;
}

bool is_cover(const json::object& stream) {
  const json::value* disposition = stream.if_contains("disposition");
  return disposition != nullptr && disposition->is_object() &&
         number_in(disposition->as_object(), "attached_pic") == 1;
}

void take_stream(const json::object& stream, MediaFacts& facts, std::string& sound) {
  const std::string_view type = text_in(stream, "codec_type");
  if (type == "audio" && sound.empty()) sound = text_in(stream, "codec_name");
  if (type != "video" || facts.width != 0 || is_cover(stream)) return;
  facts.width = number_in(stream, "width");
  facts.height = number_in(stream, "height");
  if (lies_down(stream)) std::swap(facts.width, facts.height);
  facts.codec = text_in(stream, "codec_name");
  facts.duration = seconds_in(stream, "duration");
}

Result<MediaFacts> probe_video(const std::filesystem::path& file, std::string_view mime,
                               const ChildLimits& limits) {
  const auto end = run_child(
      {"ffprobe", "-v", "error", "-protocol_whitelist", "file", "-f", std::string(demuxer_for(mime)), "-of",
       "json", "-show_format", "-show_streams", "-i", "file:" + file.string()},
      limits);
  if (!end) return refuse(end.error());
  if (end->code != 0) return refuse(unreadable("The video is damaged: it cannot be read.", end->errors));
  return read_video_report(end->output, mime);
}

// A PDF ends with a mark of its own (ISO 32000-1, 7.5.5). Nothing else of it is read: what is inside is for
// the networks' readers, and a reader of our own would be a door.
Result<MediaFacts> probe_document(const std::filesystem::path& file, std::string_view mime) {
  constexpr std::streamoff tail = 2048;
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(0, size - tail));
  const std::string end((std::istreambuf_iterator<char>(in)), {});
  if (end.contains("%%EOF")) return MediaFacts{.mime = std::string(mime)};
  return refuse(unreadable("The document is damaged: its end is missing.", ""));
}

}  // namespace

std::string_view demuxer_for(std::string_view mime) {
  return mime == "video/webm" ? "matroska" : mime == "image/gif" ? "gif" : "mov";
}

Result<MediaFacts> read_video_report(std::string_view text, std::string_view mime) {
  boost::system::error_code error;
  const json::value report = json::parse(text, error);
  if (error || !report.is_object())
    return refuse(unreadable("The video cannot be read.", std::string(text.substr(0, 200))));
  MediaFacts facts{.mime = std::string(mime)};
  std::string sound;
  for (const json::value& stream : list_in(report.as_object(), "streams")) {
    if (stream.is_object()) take_stream(stream.as_object(), facts, sound);
  }
  if (facts.width == 0 || facts.height == 0)
    return refuse(unreadable("The file contains no picture track.", ""));
  if (uint64_t{facts.width} * facts.height > max_pixels) {
    return refuse({.code = "media_too_many_pixels",
                   .text = "The video's picture is larger than 50 million pixels.",
                   .field = "file",
                   .remedy = "Make it smaller and upload it again."});
  }
  if (const json::value* format = report.as_object().if_contains("format");
      format != nullptr && format->is_object()) {
    const Duration whole = seconds_in(format->as_object(), "duration");
    if (whole.count() > 0) facts.duration = whole;
  }
  if (!sound.empty()) facts.codec += "/" + sound;
  return facts;
}

Result<MediaFacts> probe(const std::filesystem::path& file, const Pictures& pictures,
                         const ChildLimits& limits) {
  const auto kind = accepted_kind(first_bytes(file));
  if (!kind) return refuse(kind.error());
  auto facts = kind->is_video()      ? probe_video(file, kind->mime, limits)
               : kind->is_document() ? probe_document(file, kind->mime)
                                     : pictures.look(file, kind->mime, limits);
  if (facts) facts->bytes = std::filesystem::file_size(file);
  return facts;
}

}  // namespace carillon::media
