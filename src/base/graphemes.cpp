// The parts of base/text.h that need ICU: normalisation, case folding and breaks.
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <numeric>

#include "base/check.h"
#include "base/text.h"

namespace carillon {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Making a break iterator costs far more than using one, and one may not be shared: each thread keeps its
// own.
icu::BreakIterator& break_iterator() {
  thread_local const std::unique_ptr<icu::BreakIterator> own = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    CHECK(U_SUCCESS(status) && made != nullptr);
    return made;
  }();
  return *own;
}

}  // namespace

std::string nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(utf8.size()));
  normalizer->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink,
                            nullptr, status);
  CHECK(U_SUCCESS(status));
  return out;
}

std::string folded(std::string_view utf8) {
  if (is_ascii(utf8)) return lowered(utf8);
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<int32_t>(utf8.size()));
  icu::CaseMap::utf8Fold(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr,
                         status);
  CHECK(U_SUCCESS(status));
  return out;
}

std::vector<size_t> grapheme_starts(std::string_view utf8) {
  if (is_ascii(utf8) && utf8.find('\r') == std::string_view::npos) {  // CR LF is one
    std::vector<size_t> every(utf8.size() + 1);
    std::iota(every.begin(), every.end(), size_t{0});
    return every;
  }
  UErrorCode status = U_ZERO_ERROR;
  UText* text = utext_openUTF8(nullptr, utf8.data(), static_cast<int64_t>(utf8.size()), &status);
  icu::BreakIterator& breaks = break_iterator();
  breaks.setText(text, status);
  CHECK(U_SUCCESS(status));
  std::vector<size_t> starts;
  for (int32_t at = breaks.first(); at != icu::BreakIterator::DONE; at = breaks.next()) {
    starts.push_back(static_cast<size_t>(at));
  }
  utext_close(text);
  return starts;
}

size_t graphemes(std::string_view utf8) {
  return grapheme_starts(utf8).size() - 1;
}

}  // namespace carillon
