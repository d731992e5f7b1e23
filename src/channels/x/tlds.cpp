// Top-level domains that make a bare name a URL. All country codes; of the generic ones those that people
// use. A bare name under any other one counts by its characters here, and X may count it as 23: write such
// addresses with https://. Country codes: IANA root zone (https://data.iana.org/TLD/tlds-alpha-by-domain.txt,
// 2026-09).
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "channels/x/count.h"

namespace carillon::channels::x {
namespace {

// Two letters each, in order.
constexpr std::string_view countries =
    "acadaeafagaialamanaoaqarasatauawaxazbabbbdbebfbgbhbibjblbmbnbobqbrbsbtbvbwbybzcacccdcfcgchcickclcmcncocr"
    "cucvcwcx"
    "cyczdedjdkdmdodzeceeegeheresetfifjfkfmfofrgagbgdgegfggghgiglgmgngpgqgrgsgtgugwgyhkhmhnhrhthuidieiliminiq"
    "iri"
    "sitjejmjojpkekgkhkikmknkpkrkwkykzlalblclilklrlsltlulvlymamcmdmemfmgmhmkmlmmmnmompmqmrmsmtmumvmwmxmymznan"
    "cnenfng"
    "ninlnonpnrnunzompapepfpgphpkplpmpnprpsptpwpyqarerorsrurwsasbscsdsesgshsisjskslsmsnsosrssstsusvsxsysztctd"
    "tftgthtj"
    "tktltmtntotptrtttvtwtzuaugukumusuyuzvavcvevgvivnvuwfwsyeytzazmzw";

constexpr auto generic = std::to_array<std::string_view>({
    "academy",      "actor",       "adult",      "aero",       "africa",        "agency",       "ai",
    "airforce",     "amsterdam",   "apartments", "app",        "apple",         "archi",        "army",
    "art",          "arte",        "asia",       "associates", "attorney",      "auction",      "audi",
    "audio",        "author",      "auto",       "autos",      "aws",           "baby",         "band",
    "bank",         "bar",         "barcelona",  "bargains",   "basketball",    "bayern",       "bbc",
    "beauty",       "beer",        "berlin",     "best",       "bet",           "bible",        "bid",
    "bike",         "bingo",       "bio",        "biz",        "black",         "blog",         "bloomberg",
    "blue",         "bmw",         "boats",      "bond",       "boo",           "book",         "booking",
    "boston",       "bot",         "boutique",   "box",        "broker",        "brussels",     "budapest",
    "build",        "builders",    "business",   "buy",        "buzz",          "bzh",          "cab",
    "cafe",         "cam",         "camera",     "camp",       "capetown",      "capital",      "car",
    "cards",        "care",        "career",     "careers",    "cars",          "casa",         "cash",
    "casino",       "cat",         "catering",   "catholic",   "center",        "ceo",          "cern",
    "channel",      "charity",     "chat",       "cheap",      "christmas",     "chrome",       "church",
    "city",         "claims",      "cleaning",   "click",      "clinic",        "clothing",     "cloud",
    "club",         "coach",       "codes",      "coffee",     "college",       "cologne",      "com",
    "community",    "company",     "compare",    "computer",   "condos",        "construction", "consulting",
    "contact",      "contractors", "cooking",    "cool",       "coop",          "corsica",      "country",
    "coupons",      "courses",     "credit",     "creditcard", "cricket",       "cruises",      "cymru",
    "dance",        "data",        "date",       "dating",     "day",           "dealer",       "deals",
    "degree",       "delivery",    "democrat",   "dental",     "dentist",       "desi",         "design",
    "dev",          "diamonds",    "diet",       "digital",    "direct",        "directory",    "discount",
    "docs",         "doctor",      "dog",        "domains",    "download",      "dubai",        "earth",
    "eat",          "eco",         "edu",        "education",  "email",         "energy",       "engineer",
    "engineering",  "enterprises", "equipment",  "esq",        "estate",        "eus",          "events",
    "exchange",     "expert",      "exposed",    "express",    "fail",          "faith",        "family",
    "fan",          "fans",        "farm",       "fashion",    "fast",          "film",         "finance",
    "financial",    "fish",        "fishing",    "fit",        "fitness",       "flights",      "florist",
    "flowers",      "fly",         "foo",        "food",       "football",      "forsale",      "forum",
    "foundation",   "free",        "frl",        "fun",        "fund",          "furniture",    "futbol",
    "fyi",          "gal",         "gallery",    "game",       "games",         "garden",       "gay",
    "gent",         "gift",        "gifts",      "gives",      "giving",        "glass",        "global",
    "gmbh",         "gold",        "golf",       "goog",       "google",        "gov",          "graphics",
    "gratis",       "green",       "gripe",      "group",      "guide",         "guitars",      "guru",
    "hair",         "hamburg",     "haus",       "health",     "healthcare",    "help",         "helsinki",
    "hiphop",       "hockey",      "holdings",   "holiday",    "homes",         "horse",        "hospital",
    "host",         "hosting",     "hot",        "hotels",     "house",         "how",          "icu",
    "immo",         "immobilien",  "inc",        "industries", "info",          "ing",          "ink",
    "institute",    "insurance",   "insure",     "int",        "international", "investments",  "irish",
    "ist",          "istanbul",    "jetzt",      "jewelry",    "jobs",          "joburg",       "juegos",
    "kaufen",       "kim",         "kitchen",    "kiwi",       "koeln",         "kyoto",        "land",
    "lat",          "law",         "lawyer",     "lease",      "legal",         "lgbt",         "life",
    "lifestyle",    "lighting",    "like",       "limited",    "limo",          "link",         "live",
    "living",       "llc",         "loan",       "loans",      "lol",           "london",       "lotto",
    "love",         "ltd",         "ltda",       "luxe",       "luxury",        "madrid",       "maison",
    "makeup",       "management",  "market",     "marketing",  "markets",       "mba",          "med",
    "media",        "meet",        "melbourne",  "meme",       "memorial",      "men",          "menu",
    "miami",        "microsoft",   "mil",        "mobi",       "mobile",        "moda",         "moe",
    "moi",          "mom",         "money",      "monster",    "mortgage",      "moscow",       "moto",
    "mov",          "movie",       "museum",     "music",      "nagoya",        "name",         "navy",
    "net",          "network",     "new",        "news",       "next",          "nexus",        "ngo",
    "ninja",        "now",         "nrw",        "nyc",        "observer",      "okinawa",      "one",
    "ong",          "onion",       "online",     "ooo",        "open",          "orange",       "org",
    "organic",      "osaka",       "ovh",        "page",       "paris",         "partners",     "parts",
    "party",        "pet",         "pharmacy",   "phd",        "photo",         "photography",  "photos",
    "physio",       "pics",        "pictures",   "pink",       "pizza",         "place",        "play",
    "plumbing",     "plus",        "poker",      "porn",       "post",          "press",        "pro",
    "productions",  "prof",        "promo",      "properties", "property",      "protection",   "pub",
    "quebec",       "racing",      "radio",      "realestate", "realtor",       "realty",       "recipes",
    "red",          "rehab",       "reise",      "reisen",     "rent",          "rentals",      "repair",
    "report",       "republican",  "rest",       "restaurant", "review",        "reviews",      "rich",
    "rip",          "rocks",       "rodeo",      "rsvp",       "rugby",         "ruhr",         "run",
    "saarland",     "sale",        "salon",      "sarl",       "school",        "schule",       "science",
    "scot",         "search",      "security",   "select",     "services",      "sex",          "sexy",
    "shoes",        "shop",        "shopping",   "show",       "singles",       "site",         "ski",
    "skin",         "sky",         "smart",      "soccer",     "social",        "software",     "solar",
    "solutions",    "soy",         "space",      "spot",       "srl",           "star",         "stockholm",
    "storage",      "store",       "stream",     "studio",     "study",         "style",        "sucks",
    "supplies",     "supply",      "support",    "surf",       "surgery",       "swiss",        "sydney",
    "systems",      "taipei",      "tatar",      "tattoo",     "tax",           "taxi",         "team",
    "tech",         "technology",  "tel",        "tennis",     "theater",       "theatre",      "tickets",
    "tienda",       "tips",        "tires",      "tirol",      "today",         "tokyo",        "tools",
    "top",          "tours",       "town",       "toys",       "trade",         "trading",      "training",
    "travel",       "tube",        "university", "uno",        "vacations",     "vegas",        "ventures",
    "versicherung", "vet",         "viajes",     "video",      "villas",        "vin",          "vip",
    "vision",       "vlaanderen",  "vodka",      "vote",       "voting",        "voto",         "voyage",
    "wales",        "wang",        "watch",      "watches",    "weather",       "webcam",       "website",
    "wed",          "wedding",     "weibo",      "wien",       "wiki",          "win",          "windows",
    "wine",         "work",        "works",      "world",      "wtf",           "xbox",         "xin",
    "xxx",          "xyz",         "yachts",     "yoga",       "yokohama",      "you",          "youtube",
    "zero",         "zip",         "zone",       "zuerich",
});

bool is_country(std::string_view label) {
  if (label.size() != 2) return false;
  for (size_t i = 0; i < countries.size(); i += 2) {
    if (countries.substr(i, 2) == label) return true;
  }
  return false;
}

}  // namespace

bool is_known_tld(std::u32string_view label) {
  std::string ascii;
  for (const char32_t point : label) {
    if (point >= 0x80) return false;
    ascii += static_cast<char>(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
  }
  static_assert(countries.size() % 2 == 0);
  static_assert(std::is_sorted(generic.begin(), generic.end()));
  if (ascii.size() > 4 && ascii.starts_with("xn--")) return true;
  return is_country(ascii) || std::binary_search(generic.begin(), generic.end(), ascii);
}

}  // namespace carillon::channels::x
