#include "plan/calendar_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/days.h"

namespace carillon::plan {

namespace {
struct Language {
  std::string_view code;
  std::string_view after_day;  // between the day and the month
  std::string_view after_month;
  std::array<std::string_view, 7> weekdays;  // from Monday
  std::array<std::string_view, 12> months;
};

constexpr auto languages = std::to_array<Language>({
    {"en",
     " ",
     " ",
     {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December"}},
    {"de",
     ". ",
     " ",
     {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"},
     {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
      "November", "Dezember"}},
    {"fr",
     " ",
     " ",
     {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
      "novembre", "décembre"}},
    {"es",
     " de ",
     " de ",
     {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
      "noviembre", "diciembre"}},
    {"it",
     " ",
     " ",
     {"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"},
     {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
      "ottobre", "novembre", "dicembre"}},
    {"nl",
     " ",
     " ",
     {"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"},
     {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
      "november", "december"}},
});
}  // namespace

std::optional<std::string> calendar_words(std::string_view what, std::string_view form,
                                          const LocalTime& wall) {
  if (what == "date" && form == "iso")
    return fmt::format("{:04}-{:02}-{:02}", wall.year, wall.month, wall.day);
  if (what == "year" && form.empty()) return fmt::format("{}", wall.year);
  if (what == "time" && form.empty()) return fmt::format("{:02}:{:02}", wall.hour, wall.minute);
  const auto language = std::ranges::find(languages, form.empty() ? "en" : form, &Language::code);
  if (language == languages.end()) return std::nullopt;
  const std::string_view month = language->months[static_cast<size_t>(wall.month - 1)];
  if (what == "month") return std::string(month);
  if (what == "weekday")
    return std::string(language->weekdays[static_cast<size_t>(weekday_of(day_number(wall)))]);
  if (what != "date") return std::nullopt;
  return fmt::format("{}{}{}{}{}", wall.day, language->after_day, month, language->after_month, wall.year);
}

}  // namespace carillon::plan
