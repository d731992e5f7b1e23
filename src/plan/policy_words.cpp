#include "plan/policy_words.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace carillon::plan {
namespace {

// What must say that it is paid: https://www.ftc.gov/influencers (16 CFR 255, 2023); for German the guide of
// the media authorities, https://www.die-medienanstalten.de/service/merkblaetter-und-leitfaeden (2024).
// Claims: 16 CFR 255.2, UWG Anhang zu § 3 Abs. 3, HWG § 3, § 11. Read 2026-11-20.
struct Phrase {
  Policy what;
  std::string_view words;        // folded; a blank stands for any run of blanks
  std::string_view mark = "";    // of what is paid
  std::string_view beside = "";  // one of these must stand in the text too, "a|b"; empty: nothing
};

constexpr std::string_view price =
    "% off|discount|save |% rabatt|prozent rabatt|sparen|spart ihr|sparst du|sparst";

constexpr std::array phrases = {
    Phrase{Policy::paid, "with my code", "#ad", price},
    Phrase{Policy::paid, "use my code", "#ad", price},
    Phrase{Policy::paid, "my discount code", "#ad"},
    Phrase{Policy::paid, "my promo code", "#ad"},
    Phrase{Policy::paid, "affiliate link", "#ad"},
    Phrase{Policy::paid, "affiliate links", "#ad"},
    Phrase{Policy::paid, "gifted by", "#ad"},
    Phrase{Policy::paid, "kindly gifted", "#ad"},
    Phrase{Policy::paid, "pr sample", "#ad"},
    Phrase{Policy::paid, "brand ambassador for", "#ad"},
    Phrase{Policy::paid, "mit meinem code", "#Anzeige", price},
    Phrase{Policy::paid, "mein code", "#Anzeige", price},
    Phrase{Policy::paid, "mein rabattcode", "#Anzeige"},
    Phrase{Policy::paid, "meinem rabattcode", "#Anzeige"},
    Phrase{Policy::paid, "meinen rabattcode", "#Anzeige"},
    Phrase{Policy::paid, "affiliate-link", "#Anzeige"},
    Phrase{Policy::paid, "affiliate-links", "#Anzeige"},
    Phrase{Policy::paid, "affiliatelink", "#Anzeige"},
    Phrase{Policy::paid, "provisionslink", "#Anzeige"},
    Phrase{Policy::paid, "pr-sample", "#Anzeige"},
    Phrase{Policy::paid, "gesponsert von", "#Anzeige"},
    Phrase{Policy::paid, "kostenlos zur verfügung gestellt", "#Anzeige"},
    Phrase{Policy::paid, "kostenfrei zur verfügung gestellt", "#Anzeige"},
    Phrase{Policy::claim, "guaranteed results"},
    Phrase{Policy::claim, "guaranteed returns"},
    Phrase{Policy::claim, "guaranteed profit"},
    Phrase{Policy::claim, "risk-free investment"},
    Phrase{Policy::claim, "risk-free returns"},
    Phrase{Policy::claim, "double your money"},
    Phrase{Policy::claim, "get rich quick"},
    Phrase{Policy::claim, "clinically proven"},
    Phrase{Policy::claim, "cures cancer"},
    Phrase{Policy::claim, "cures diabetes"},
    Phrase{Policy::claim, "miracle cure"},
    Phrase{Policy::claim, "no side effects"},
    Phrase{Policy::claim, "garantierte rendite"},
    Phrase{Policy::claim, "garantierter gewinn"},
    Phrase{Policy::claim, "garantierte gewinne"},
    Phrase{Policy::claim, "garantierter erfolg"},
    Phrase{Policy::claim, "schnell reich werden"},
    Phrase{Policy::claim, "klinisch bewiesen"},
    Phrase{Policy::claim, "klinisch erwiesen"},
    Phrase{Policy::claim, "heilt krebs"},
    Phrase{Policy::claim, "heilt diabetes"},
    Phrase{Policy::claim, "wundermittel"},
    Phrase{Policy::claim, "ohne nebenwirkungen"},
    Phrase{Policy::rights, "no copyright infringement intended"},
    Phrase{Policy::rights, "i do not own the rights"},
    Phrase{Policy::rights, "i don't own the rights"},
    Phrase{Policy::rights, "credit to the owner"},
    Phrase{Policy::rights, "credits to the owner"},
    Phrase{Policy::rights, "credit to the rightful owner"},
    Phrase{Policy::rights, "photo: google"},
    Phrase{Policy::rights, "image: google"},
    Phrase{Policy::rights, "keine urheberrechtsverletzung beabsichtigt"},
    Phrase{Policy::rights, "rechte liegen beim urheber"},
    Phrase{Policy::rights, "bild: google"},
    Phrase{Policy::rights, "foto: google"},
    Phrase{Policy::rights, "quelle: google"},
};

// Who says so has said it.
constexpr std::array disclosures = {"#ad",
                                    "#ads",
                                    "#paidpartnership",
                                    "anzeige",
                                    "werbung",
                                    "(ad)",
                                    "[ad]",
                                    "advertisement",
                                    "sponsored",
                                    "paid partnership",
                                    "bezahlte partnerschaft"};

bool is_letter(unsigned char byte) {
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

// The words stand there as words: no letter goes on at their ends.
size_t found_at(std::string_view text, std::string_view words) {
  for (size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const size_t end = at + words.size();
    const bool begins = at == 0 || !is_letter(static_cast<unsigned char>(text[at - 1])) ||
                        !is_letter(static_cast<unsigned char>(words.front()));
    const bool ends = end == text.size() || !is_letter(static_cast<unsigned char>(text[end])) ||
                      !is_letter(static_cast<unsigned char>(words.back()));
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

bool has_one_of(std::string_view text, std::string_view list) {
  while (!list.empty()) {
    const size_t bar = std::min(list.find('|'), list.size());
    if (text.find(list.substr(0, bar)) != std::string_view::npos) return true;
    list.remove_prefix(std::min(bar + 1, list.size()));
  }
  return false;
}

// Folded, every run of blanks one blank, every apostrophe the plain one.
std::string plain(std::string_view text) {
  std::string out;
  const std::string small = folded(nfc(text));
  for (size_t i = 0; i < small.size(); ++i) {
    if (small.compare(i, 3, "\xE2\x80\x99") == 0) {
      out += '\'', i += 2;
    } else if (std::isspace(static_cast<unsigned char>(small[i])) != 0) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += small[i];
    }
  }
  return out;
}

bool discloses(std::string_view text) {
  return std::ranges::any_of(
      disclosures, [&](const char* mark) { return found_at(text, mark) != std::string_view::npos; });
}

bool stands(std::string_view text, const Phrase& phrase) {
  return found_at(text, phrase.words) != std::string_view::npos &&
         (phrase.beside.empty() || has_one_of(text, phrase.beside));
}

}  // namespace

std::vector<PolicyWord> policy_words(std::string_view text) {
  const std::string said = plain(text);
  std::vector<PolicyWord> found;
  for (const Policy what : {Policy::paid, Policy::claim, Policy::rights}) {
    if (what == Policy::paid && discloses(said)) continue;
    const auto first = std::ranges::find_if(
        phrases, [&](const Phrase& phrase) { return phrase.what == what && stands(said, phrase); });
    if (first != phrases.end()) found.push_back({what, std::string(first->words), std::string(first->mark)});
  }
  return found;
}

}  // namespace carillon::plan
