// What people and attackers try first. The list holds stems; endings such as "123", "!" or a year and the
// usual look-alike characters are taken off before comparing, so each stem stands for hundreds of passwords.
#include <algorithm>
#include <array>
#include <string>

#include "api/passwords.h"
#include "base/text.h"

namespace carillon::api {

namespace {
constexpr std::array stems = std::to_array<std::string_view>({
    "",           "aaaa",        "abc",       "abcabc",     "abcd",       "abcde",      "abcdef",
    "abcdefg",    "abcdefgh",    "access",    "account",    "adidas",     "admin",      "administrator",
    "adobe",      "alexander",   "amanda",    "america",    "amsterdam",  "andrea",     "andrew",
    "angel",      "anthony",     "apple",     "april",      "arsenal",    "asdasd",     "asdf",
    "asdfasdf",   "asdfgh",      "asdfghjk",  "asdfghjkl",  "ashley",     "august",     "austin",
    "azerty",     "azertyuiop",  "babygirl",  "bailey",     "banana",     "barcelona",  "baseball",
    "basketball", "batman",      "berlin",    "biteme",     "blink",      "bonjour",    "buster",
    "butterfly",  "camera",      "campaign",  "carillon",   "carlos",     "carolina",   "champion",
    "changeit",   "changeme",    "charlie",   "cheese",     "chelsea",    "chicken",    "chocolate",
    "chris",      "coffee",      "computer",  "cookie",     "corvette",   "cowboys",    "dallas",
    "daniel",     "december",    "default",   "demo",       "diamond",    "dolphin",    "donald",
    "dragon",     "eagles",      "elephant",  "email",      "estrella",   "facebook",   "familia",
    "family",     "february",    "ferrari",   "firebird",   "flower",     "flowers",    "football",
    "forever",    "freedom",     "friday",    "friends",    "fuckyou",    "gabriel",    "garfield",
    "geheim",     "george",      "ginger",    "google",     "guest",      "guitar",     "hallo",
    "hamster",    "hannah",      "harley",    "hello",      "hellokitty", "helloworld", "hockey",
    "hunter",     "iloveu",      "iloveyou",  "internet",   "jackson",    "january",    "jasmine",
    "jennifer",   "jessica",     "jesus",     "jordan",     "joshua",     "july",       "june",
    "justin",     "killer",      "kitty",     "ladybug",    "letmein",    "liverpool",  "login",
    "london",     "love",        "lovely",    "loveme",     "lovers",     "madison",    "maggie",
    "manager",    "march",       "marketing", "marseille",  "martin",     "master",     "matrix",
    "matthew",    "mercedes",    "merlin",    "michael",    "michelle",   "microsoft",  "minecraft",
    "monday",     "money",       "monkey",    "monster",    "mustang",    "mypass",     "mypassword",
    "naruto",     "newpassword", "nicole",    "ninja",      "nothing",    "november",   "october",
    "oliver",     "orange",      "pakistan",  "pass",       "passpass",   "passw0rd",   "passwd",
    "password",   "passwords",   "passwort",  "patrick",    "peanut",     "pepper",     "philips",
    "phoenix",    "pikachu",     "pokemon",   "prince",     "princess",   "purple",     "qazwsx",
    "qazwsxedc",  "qwer",        "qwert",     "qwerty",     "qwertyui",   "qwertyuiop", "qwertz",
    "qwertzuiop", "rainbow",     "ranger",    "realmadrid", "robert",     "root",       "samantha",
    "samsung",    "saturday",    "schalke",   "secret",     "september",  "shadow",     "shopping",
    "silver",     "simple",      "slipknot",  "snoopy",     "soccer",     "softball",   "spiderman",
    "spring",     "starwars",    "stella",    "steelers",   "summer",     "sunday",     "sunflower",
    "sunshine",   "super",       "superman",  "superstar",  "sweetheart", "system",     "temp",
    "temporary",  "teresa",      "test",      "tester",     "testing",    "testtest",   "thomas",
    "thunder",    "thursday",    "tigger",    "trustno",    "tuesday",    "twitter",    "unknown",
    "user",       "username",    "vanessa",   "victoria",   "wednesday",  "welcome",    "whatever",
    "william",    "winter",      "wordpress", "yankees",    "yellow",     "zaq!xsw",    "zaqxsw",
    "zxcvbn",     "zxcvbnm",
});

char plain_letter(char c) {
  switch (c) {
    case '0': return 'o';
    case '1': return 'l';
    case '3': return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return c;
  }
}

std::string without_ending(std::string text) {
  const auto last = text.find_last_not_of("0123456789!?.*#-_+&%=");
  return last == std::string::npos ? "" : text.substr(0, last + 1);
}

bool listed(std::string_view stem) {
  return std::ranges::find(stems, stem) != stems.end();
}

bool repeats_itself(std::string_view text) {
  for (size_t period = 1; period <= 3; ++period) {
    bool same = true;
    for (size_t i = period; i < text.size() && same; ++i) same = text[i] == text[i - period];
    if (same) return true;
  }
  return false;
}
}  // namespace

bool is_common_password(std::string_view password) {
  const std::string low = lowered(password);
  std::string stem = without_ending(low);
  if (stem.empty() || listed(stem) || repeats_itself(low)) return true;
  std::ranges::transform(stem, stem.begin(), plain_letter);
  if (listed(stem)) return true;
  const auto begins = stem.find_first_not_of("0123456789!?.*#-_+&%=");
  return begins != std::string::npos && listed(std::string_view(stem).substr(begins));
}

}  // namespace carillon::api
