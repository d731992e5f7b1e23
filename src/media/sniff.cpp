#include "media/sniff.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace carillon::media {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::string_view bytes;
  Kind kind;
};

// The file formats' own documents; https://mimesniff.spec.whatwg.org/ (read 2026-11) agrees on the first
// ones.
constexpr std::array signatures = {
    Signature{"\xff\xd8\xff"sv, {"image/jpeg", "a JPEG picture", true}},
    Signature{"\x89PNG\r\n\x1a\n"sv, {"image/png", "a PNG picture", true}},
    Signature{"GIF87a"sv, {"image/gif", "a GIF picture", true}},
    Signature{"GIF89a"sv, {"image/gif", "a GIF picture", true}},
    Signature{"%PDF-"sv, {"application/pdf", "a PDF document", true}},
    Signature{"II*\0"sv, {"image/tiff", "a TIFF picture"}},
    Signature{"MM\0*"sv, {"image/tiff", "a TIFF picture"}},
    Signature{"8BPS"sv, {"image/vnd.adobe.photoshop", "a Photoshop file"}},
    Signature{"\xff\x0a"sv, {"image/jxl", "a JPEG XL picture"}},
    Signature{"ID3"sv, {"audio/mpeg", "an MP3 recording"}},
    Signature{"OggS"sv, {"application/ogg", "an Ogg file"}},
    Signature{"fLaC"sv, {"audio/flac", "a FLAC recording"}},
    Signature{"FLV"sv, {"video/x-flv", "a Flash video"}},
    Signature{"\x00\x00\x01\xba"sv, {"video/mpeg", "an MPEG video"}},
    Signature{"\x30\x26\xb2\x75"sv, {"video/x-ms-asf", "a Windows Media file"}},
    Signature{"PK\x03\x04"sv, {"application/zip", "a ZIP archive or an office document"}},
    Signature{"\x1f\x8b"sv, {"application/gzip", "a compressed file"}},
    Signature{"\x7f"
              "ELF"sv,
              {"application/x-executable", "a program"}},
    Signature{"MZ"sv, {"application/x-executable", "a program"}},
    Signature{"#!"sv, {"text/plain", "a script"}},
    Signature{"BM"sv, {"image/bmp", "a BMP picture"}},
};

constexpr Kind heic{"image/heic", "a HEIC picture", true}, avif{"image/avif", "an AVIF picture"},
    mp4{"video/mp4", "an MP4 video", true}, quicktime{"video/quicktime", "a MOV video", true},
    webm{"video/webm", "a WebM video", true}, matroska{"video/x-matroska", "a Matroska video"},
    webp{"image/webp", "a WebP picture", true}, svg{"image/svg+xml", "an SVG drawing"},
    html{"text/html", "a web page"}, unknown{"application/octet-stream", "a file of an unknown type"};

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

// ISO base media (ISO/IEC 14496-12): the first box is "ftyp" and begins with the major brand.
Kind by_brand(std::string_view brand) {
  if (one_of(brand, {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})) return heic;
  if (one_of(brand, {"avif", "avis"})) return avif;
  if (brand == "qt  ") return quicktime;
  if (one_of(brand, {"M4A ", "M4B ", "M4P "})) return {"audio/mp4", "an MPEG-4 recording"};
  if (one_of(brand, {"crx ", "jp2 ", "jpx "})) return {"image/x-raw", "a camera or JPEG 2000 picture"};
  return mp4;
}

Kind by_riff(std::string_view form) {
  if (form == "WEBP") return webp;
  if (form == "WAVE") return {"audio/wav", "a WAV recording"};
  if (form == "AVI ") return {"video/x-msvideo", "an AVI video"};
  return unknown;
}

// Drawings and pages are text: whatever stands before the first telling tag.
Kind by_tags(std::string_view first) {
  const std::string low = lowered(first);
  if (low.contains("<svg")) return svg;
  for (const std::string_view tag :
       {"<!doctype html", "<html", "<script", "<body", "<head", "<iframe", "<img", "<a "}) {
    if (low.contains(tag)) return html;
  }
  if (low.contains("<?xml")) return {"text/xml", "an XML file"};
  return unknown;
}

}  // namespace

Kind sniff(std::string_view first) {
  if (first.empty()) return {"application/x-empty", "an empty file"};
  if (first.size() >= 12 && first.substr(4, 4) == "ftyp") return by_brand(first.substr(8, 4));
  if (first.size() >= 12 && one_of(first.substr(4, 4), {"moov", "mdat", "wide", "free", "skip"}))
    return quicktime;
  if (first.size() >= 12 && first.starts_with("RIFF")) return by_riff(first.substr(8, 4));
  if (first.starts_with("\x1a\x45\xdf\xa3")) return first.substr(0, 64).contains("webm") ? webm : matroska;
  const auto found =
      std::ranges::find_if(signatures, [&](const Signature& s) { return first.starts_with(s.bytes); });
  if (found != signatures.end()) return found->kind;
  const Kind tagged = by_tags(first.substr(0, sniff_bytes));
  if (tagged.mime == unknown.mime && is_utf8(first) && !first.contains('\0'))
    return {"text/plain", "a text file"};
  return tagged;
}

Result<Kind> accepted_kind(std::string_view first) {
  const Kind kind = sniff(first);
  if (kind.accepted) return kind;
  return refuse(
      {.code = "media_type_refused",
       .text =
           "This is " + std::string(kind.name) +
           ". Accepted are JPEG, PNG, GIF, WebP and HEIC pictures, MP4, MOV and WebM videos, and PDF documents.",
       .field = "file",
       .remedy = "Convert it to one of these and upload it again."});
}

}  // namespace carillon::media
