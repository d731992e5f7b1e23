// Locks the doors of the house in a second: which words may be spoken where, who may include whom, sizes, and that
// every room named in a document exists. A rule that matters is a test.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {
namespace fs = std::filesystem;

struct Source {
  std::string path;  // relative to the root
  std::string room;  // "base", "sandbox", "tests", …
  std::vector<std::string> lines;   // as written
  std::vector<std::string> code;    // comments and string contents blanked
};

const std::map<std::string, int> levels = {
    {"base", 0}, {"wire", 1},  {"model", 1},    {"channels", 2}, {"services", 2}, {"plan", 2},
    {"delivery", 2}, {"inbox", 2}, {"insight", 2}, {"store", 3}, {"net", 3}, {"media", 3},
    {"api", 4}, {"run", 4}, {"proof", 4}, {"cli", 5}};
const std::set<std::string> pure = {"base", "wire", "model", "channels", "services", "plan", "delivery", "inbox", "insight", "sandbox"};
const fs::path root = SOURCE_DIR;

std::string room_of(const std::string& path) {
  if (path.rfind("src/", 0) != 0) return path.substr(0, path.find('/'));
  const auto rest = path.substr(4);
  const auto slash = rest.find('/');
  return slash == std::string::npos ? "main" : rest.substr(0, slash);
}

// Blanks comments and the insides of string literals, so that words in them do not count. Raw strings included.
std::vector<std::string> blank(const std::vector<std::string>& lines, bool keep_strings) {
  std::vector<std::string> out;
  enum { code, block, raw } mode = code;
  std::string raw_end;
  for (const std::string& line : lines) {
    std::string kept;
    for (size_t i = 0; i < line.size(); ++i) {
      if (mode == block) {
        if (line.compare(i, 2, "*/") == 0) mode = code, ++i;
        continue;
      }
      if (mode == raw) {
        if (line.compare(i, raw_end.size(), raw_end) == 0) mode = code, i += raw_end.size() - 1, kept += "\"";
        else if (keep_strings) kept += line[i];
        continue;
      }
      if (line.compare(i, 2, "//") == 0) break;
      if (line.compare(i, 2, "/*") == 0) { mode = block; ++i; continue; }
      if (line.compare(i, 2, "R\"") == 0) {
        const auto open = line.find('(', i);
        raw_end = ")" + line.substr(i + 2, open - i - 2) + "\"";
        mode = raw, i = open, kept += "\"";
        continue;
      }
      if (line[i] == '"') {
        kept += '"';
        for (++i; i < line.size() && line[i] != '"'; ++i) {
          if (line[i] == '\\') { if (keep_strings) kept += line[i]; ++i; }
          if (keep_strings && i < line.size()) kept += line[i];
        }
        kept += '"';
        continue;
      }
      if (line.compare(i, 3, "'\"'") == 0) { i += 2; continue; }
      kept += line[i];
    }
    out.push_back(kept);
  }
  return out;
}

std::vector<Source> read_sources() {
  std::vector<Source> sources;
  for (const char* folder : {"src", "sandbox", "tests", "bench"}) {
    if (!fs::exists(root / folder)) continue;
    for (auto it = fs::recursive_directory_iterator(root / folder); it != fs::recursive_directory_iterator(); ++it) {
      if (it->path().filename() == "node_modules") { it.disable_recursion_pending(); continue; }
      const auto ending = it->path().extension();
      if (ending != ".h" && ending != ".cpp" && ending != ".cc") continue;
      Source source;
      source.path = fs::relative(it->path(), root).string();
      source.room = room_of(source.path);
      std::ifstream in(it->path());
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      source.code = blank(source.lines, false);
      sources.push_back(std::move(source));
    }
  }
  return sources;
}

const std::vector<Source>& sources() {
  static const std::vector<Source> all = read_sources();
  return all;
}

bool is_test(const Source& s) {
  return s.path.ends_with("_test.cpp") || s.path.find("/testing/") != std::string::npos || s.room == "tests" || s.room == "bench";
}

// Fails with file:line for each match of `word` in the code of files that `applies` picks.
template <class Applies>
void forbid(const char* word, const char* why, Applies applies, bool in_strings = false) {
  const std::regex pattern(word, std::regex::optimize);
  for (const Source& s : sources()) {
    if (!applies(s)) continue;
    const auto text = in_strings ? blank(s.lines, true) : s.code;
    std::string whole;  // one search clears most files
    for (const std::string& line : text) whole += line + '\n';
    if (!std::regex_search(whole, pattern)) continue;
    for (size_t i = 0; i < text.size(); ++i) {
      if (std::regex_search(text[i], pattern)) ADD_FAILURE() << s.path << ":" << i + 1 << ": " << why << "\n  " << s.lines[i];
    }
  }
}

TEST(Tidy, FindsTheSources) { EXPECT_GT(sources().size(), 20U); }

TEST(Tidy, RoomsIncludeOnlyLowerLevels) {
  const std::regex include("^#include \"([a-z_]+)/");
  for (const Source& s : sources()) {
    if (is_test(s) || s.room == "main") continue;
    for (size_t i = 0; i < s.lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_search(s.lines[i], match, include)) continue;
      const std::string to = match[1];
      if (to == s.room) continue;
      if (s.room == "sandbox") {
        EXPECT_TRUE(to == "base" || to == "wire") << s.path << ":" << i + 1 << ": the sandbox includes base/ and wire/ only";
        continue;
      }
      const bool edge = s.room == "proof" || s.room == "cli" || s.room == "run";
      if (to == "sandbox") {
        EXPECT_TRUE(edge) << s.path << ":" << i + 1 << ": only proof/, run/ and cli/ may see the sandbox";
        continue;
      }
      ASSERT_TRUE(levels.contains(s.room)) << s.path << ": unknown room " << s.room;
      ASSERT_TRUE(levels.contains(to)) << s.path << ":" << i + 1 << ": unknown room " << to;
      const bool down = levels.at(to) < levels.at(s.room);
      // delivery/ speaks to channels, plan/ judges with them; api/ stands on run/.
      const bool beside = (s.room == "delivery" && to == "channels") || (s.room == "plan" && to == "channels") ||
                          (s.room == "api" && to == "run");
      EXPECT_TRUE(down || beside) << s.path << ":" << i + 1 << ": " << s.room << "/ may not include " << to << "/";
    }
  }
}

TEST(Tidy, WordsStayInTheirRooms) {
  const auto not_in = [](std::set<std::string> rooms) {
    return [rooms](const Source& s) { return !is_test(s) && !rooms.contains(s.room); };
  };
  forbid(R"(\b(SELECT|INSERT INTO|DELETE FROM|CREATE TABLE)\b)", "SQL only in store/", not_in({"store"}), true);
  forbid(R"(\bco_(await|return|spawn)\b)", "coroutines only at the edges", not_in({"net", "api", "run"}));
  forbid(R"(\bgetenv\b)", "the environment is read in run/config only",
         [](const Source& s) { return !is_test(s) && s.path.rfind("src/run/config", 0) != 0; });
  forbid(R"((system_clock|steady_clock|high_resolution_clock)::now|\btime\(nullptr\)|gettimeofday|clock_gettime)",
         "clocks are read in run/clock only", [](const Source& s) { return !is_test(s) && s.path.rfind("src/run/clock", 0) != 0; });
  forbid(R"(\bthrow\b)", "pure rooms do not throw", [](const Source& s) { return !is_test(s) && pure.contains(s.room); });
  forbid(R"(\bcurl_)", "one room speaks to the HTTP library", not_in({"net"}));
  forbid(R"(\bsleep_for\b|\busleep\()", "nothing sleeps", [](const Source& s) { return s.room != "bench"; });
}

TEST(Tidy, NetworksAreNamedOnlyInTheirFolders) {
  std::string names = "twitter";  // and every folder of channels/, but for those whose name is a word
  for (const auto& folder : fs::directory_iterator(root / "src/channels")) {
    const std::string name = folder.path().filename().string();
    if (folder.is_directory() && name.size() > 1 && name != "testing" && name != "talk" && name != "threads")
      names += "|" + name;
  }
  EXPECT_GT(std::count(names.begin(), names.end(), '|'), 8) << names;
  const std::string pattern = "\"(" + names + ")\"|\\b(" + names + ")(::|_)";
  forbid(pattern.c_str(), "a network's name only in its own folder, the registry and texts",
         [](const Source& s) {
           const bool own = s.path.rfind("src/channels/", 0) == 0 || s.room == "sandbox";
           const bool settings = s.path.rfind("src/run/config", 0) == 0;  // keys for applications
           const bool passwords = s.path == "src/api/common_passwords.cpp";
           return !own && !settings && !passwords && !is_test(s) && s.path.rfind("src/", 0) == 0;
         }, true);
}

TEST(Tidy, SizesStayHuman) {
  for (const Source& s : sources()) EXPECT_LE(s.lines.size(), 500U) << s.path << " is too long for one subject";
}

TEST(Tidy, FunctionsStayShort) {
  const std::regex begins(R"(^[A-Za-z_~\[])"), opens(R"(\{\s*$)"), ends(R"(;\s*$)");
  const std::regex other(R"(^(namespace|struct|class|enum|union|extern|constexpr|const|static|using|inline constexpr)\b)");
  for (const Source& s : sources()) {
    for (size_t i = 0; i < s.code.size(); ++i) {
      if (!std::regex_search(s.code[i], begins) || std::regex_search(s.code[i], other)) continue;
      size_t body = i;  // a long head goes over several lines
      while (body + 1 < s.code.size() && !std::regex_search(s.code[body], opens) && !std::regex_search(s.code[body], ends)) ++body;
      if (std::regex_search(s.code[body], ends)) continue;
      size_t end = body + 1;
      while (end < s.lines.size() && (s.lines[end].empty() || s.lines[end][0] != '}')) ++end;
      EXPECT_LE(end - body, 60U) << s.path << ":" << i + 1 << ": a function of " << end - body << " lines";
    }
  }
}

TEST(Tidy, NamesSaySomething) {
  forbid(R"(^(class|struct) \w*(Manager|Helper|Util|Service|Processor|Info|Data|Impl)\b)", "a name that says nothing",
         [](const Source&) { return true; });
  const std::set<std::string> bad = {"util", "utils", "common", "core", "helpers", "shared", "managers"};
  for (const Source& s : sources())
    for (const auto& part : fs::path(s.path)) EXPECT_FALSE(bad.contains(part.stem().string())) << s.path << ": a name that says nothing";
}

TEST(Tidy, HeadersIntroduceThemselves) {
  for (const Source& s : sources()) {
    if (!s.path.ends_with(".h") || s.lines.empty()) continue;
    EXPECT_EQ(s.lines[0].rfind("//", 0), 0U) << s.path << ": the first line says what this header knows";
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream file(root / path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the pattern captures in the sources of a room, as they are written.
std::set<std::string> captured(const std::string& room, const std::regex& pattern) {
  std::set<std::string> all;
  for (const Source& source : sources()) {
    if (source.room != room) continue;
    const std::string text = text_of(source.path);
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) all.insert((*at)[1]);
  }
  return all;
}

TEST(Tidy, WhatIsAuditedAndEveryLimitHaveWordsOnThePage) {
  const auto actions = captured("api", std::regex(R"(audit\(unit_?, request_?, "([a-z_.]+)\")"));
  const std::string audit = text_of("web/src/i18n/audit_en.ts");
  EXPECT_GT(actions.size(), 30U);
  for (const std::string& action : actions) EXPECT_NE(audit.find("'audit." + action + "'"), std::string::npos) << action;
  const auto lanes = captured("channels", std::regex(R"(Scope::[a-z]+, "([a-z_]+)\")"));
  const std::string people = text_of("web/src/i18n/people_en.ts");
  EXPECT_GT(lanes.size(), 10U);
  for (const std::string& lane : lanes) EXPECT_NE(people.find("'lane." + lane + "'"), std::string::npos) << lane;
}

TEST(Tidy, DocumentsNameRoomsThatExist) {
  const std::regex room(R"(`(src/)?([a-z_]+)/`)");
  for (const char* document : {"ARCHITECTURE.md", "README.md", "CONTRIBUTING.md"}) {
    std::ifstream in(root / document);
    std::stringstream all;
    all << in.rdbuf();
    const std::string text = all.str();
    for (auto it = std::sregex_iterator(text.begin(), text.end(), room); it != std::sregex_iterator(); ++it) {
      const std::string name = (*it)[2];
      EXPECT_TRUE(fs::exists(root / name) || fs::exists(root / "src" / name)) << document << " names a room that is not there: " << name;
    }
  }
}

}  // namespace
