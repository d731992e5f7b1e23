#include "base/charset.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <limits>
#include <memory>

#include "base/text.h"

namespace carillon {

namespace {
using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

// One that stops where the bytes are wrong, instead of putting a sign there. nullptr: nobody knows it.
Converter converter_for(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter made(ucnv_open(charset.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) return {nullptr, &ucnv_close};
  ucnv_setToUCallBack(made.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return made;
}
}  // namespace

std::optional<std::string> utf8_from(std::string_view bytes, std::string_view charset) {
  const std::string name = lowered(charset);
  if (name.empty() || bytes.size() > std::numeric_limits<int32_t>::max()) return std::nullopt;
  const bool latin = name == "iso-8859-1" || name == "latin1" || name == "us-ascii";
  const Converter converter = converter_for(latin ? "windows-1252" : name);
  if (!converter) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), converter.get(), status);
  std::string out;
  if (U_SUCCESS(status)) text.toUTF8String(out);
  return U_SUCCESS(status) && is_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace carillon
