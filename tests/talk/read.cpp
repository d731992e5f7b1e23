#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "talk/talk.h"

namespace carillon::talk {
namespace {

std::string unescaped(const std::string& text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      ++i;
      out += text[i] == 'n' ? '\n' : text[i];
    } else {
      out += text[i];
    }
  }
  return out;
}

Line read_line(const std::string& text, int number) {
  const std::string_view all = trimmed(text);
  const size_t blank = std::min(all.find(' '), all.size());
  return {number, std::string(all.substr(0, blank)), std::string(trimmed(all.substr(blank)))};
}

// "cover=4s": a moment; "poster=image/jpeg,50000": a picture.
void read_cover(const std::string& word, MediaFacts& facts, MediaRef& ref) {
  if (!ref.cover) ref.cover.emplace();
  const std::string value = word.substr(word.find('=') + 1);
  if (word.starts_with("cover=")) {
    ref.cover->at = read_span(value);
    return;
  }
  MediaFacts picture;
  picture.id.bytes.fill(0xc0);
  picture.mime = value.substr(0, value.find(','));
  picture.bytes = std::stoull(value.substr(value.find(',') + 1));
  ref.cover->picture = picture.id;
  facts.cover = {picture};
}

MediaFacts read_media(const std::string& rest, size_t index, MediaRef& ref) {
  std::istringstream words(rest.substr(0, rest.find(" alt=")));
  MediaFacts facts;
  facts.id.bytes.fill(static_cast<uint8_t>(index + 1));
  std::string size, more;
  words >> facts.mime >> facts.bytes >> size;
  if (const auto x = size.find('x'); x != std::string::npos) {
    facts.width = static_cast<uint32_t>(std::stoul(size.substr(0, x)));
    facts.height = static_cast<uint32_t>(std::stoul(size.substr(x + 1)));
  }
  while (words >> more) {
    if (more.starts_with("frames="))
      facts.frames = static_cast<uint32_t>(std::stoul(more.substr(7)));
    else if (more.starts_with("cover=") || more.starts_with("poster="))
      read_cover(more, facts, ref);
    else
      facts.duration = read_span(more);
  }
  ref.id = facts.id;
  const size_t alt = rest.find(" alt=");
  if (alt != std::string::npos) ref.alt = rest.substr(alt + 5);
  return facts;
}

// "24h Red | Green" or "24h several Red | Green".
Poll read_poll(const std::string& rest) {
  Poll poll;
  std::string_view left = rest;
  poll.open = read_span(std::string(left.substr(0, left.find(' '))));
  left = trimmed(left.substr(left.find(' ')));
  poll.multiple = left.starts_with("several ");
  if (poll.multiple) left.remove_prefix(8);
  while (!left.empty()) {
    const size_t bar = std::min(left.find('|'), left.size());
    poll.options.emplace_back(trimmed(left.substr(0, bar)));
    left.remove_prefix(std::min(bar + 1, left.size()));
  }
  return poll;
}

void read_account(Account& account, const std::string& rest) {
  std::istringstream words(rest);
  for (std::string word; words >> word;) {
    const std::string value = word.substr(word.find('=') + 1);
    if (word.starts_with("id=")) account.external_id = value;
    if (word.starts_with("handle=")) account.handle = value;
    if (word.starts_with("name=")) account.name = value;
    if (word.starts_with("base=")) account.api_base = value;
    if (word.starts_with("sandbox=")) account.sandbox = value == "yes";
  }
}

bool read_content(Talk& talk, const Line& line) {
  ContentPart& part = talk.content.parts.back();
  if (line.word == "text")
    part.text = unescaped(line.rest);
  else if (line.word == "link")
    part.link = line.rest;
  else if (line.word == "poll")
    part.poll = read_poll(line.rest);
  else if (line.word == "media") {
    talk.media.back().push_back(read_media(line.rest, talk.media.back().size(), part.media.emplace_back()));
  } else if (line.word == "comment") {
    part.comment = true;
  } else if (line.word == "part") {
    talk.content.parts.emplace_back();
    talk.media.emplace_back();
  } else if (line.word == "option") {
    const Line pair = read_line(line.rest, line.number);
    talk.content.options[pair.word] = pair.rest;
  } else {
    return false;
  }
  return true;
}

bool read_head(Talk& talk, const Line& line) {
  if (read_content(talk, line)) return true;
  if (line.word == "channel")
    talk.network = talk.account.network = line.rest;
  else if (line.word == "account")
    read_account(talk.account, line.rest);
  else if (line.word == "fact") {
    const Line pair = read_line(line.rest, line.number);
    talk.account.facts[pair.word] = boost::json::parse(pair.rest);
  } else if (line.word == "at")
    talk.part = static_cast<uint32_t>(std::stoul(line.rest));
  else if (line.word == "known")
    talk.known.push_back(line.rest);
  else if (line.word == "only_ask")
    talk.only_ask = true;
  else if (line.word == "reply_to")
    talk.reply_to = line.rest;
  else
    return false;
  return true;
}

}  // namespace

Duration read_span(const std::string& text) {
  size_t digits = 0;
  const int64_t number = std::stoll(text, &digits);
  const std::string unit = text.substr(digits);
  if (unit == "ms") return std::chrono::milliseconds(number);
  if (unit == "m") return std::chrono::minutes(number);
  if (unit == "h") return std::chrono::hours(number);
  EXPECT_EQ(unit, "s") << "a span is 500ms, 5s, 10m or 2h: " << text;
  return std::chrono::seconds(number);
}

channels::Job Talk::job(Instant at) const {
  return {delivery, account, content, part, reply_to, media[part], at, &known, only_ask};
}

Talk read_talk(const std::string& path) {
  Talk talk;
  talk.file = path;
  talk.content.parts.emplace_back();
  talk.media.emplace_back();
  talk.now = parse_instant("2026-11-20T09:30:00Z").value();
  talk.delivery = DeliveryId::parse("01935a3c-7a00-7000-8000-00000000beef").value();
  std::ifstream in(path);
  EXPECT_TRUE(in.good()) << "cannot read " << path;
  int number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (trimmed(text).empty() || trimmed(text).front() == '#') continue;
    Line line = read_line(text, number);
    if (text.front() == ' ') {
      EXPECT_FALSE(talk.steps.empty()) << path << ":" << number << ": indented, but below nothing";
      if (!talk.steps.empty()) talk.steps.back().below.push_back(std::move(line));
    } else if (!talk.steps.empty() || !read_head(talk, line)) {
      talk.steps.push_back({std::move(line), {}});
    }
  }
  return talk;
}

wire::Response read_response(const Step& step) {
  wire::Response response;
  response.status = std::stoi(step.head.rest);
  for (const Line& line : step.below) {
    if (line.word == "header") {
      const size_t colon = line.rest.find(':');
      response.headers.push_back(
          {line.rest.substr(0, colon), std::string(trimmed(line.rest.substr(colon + 1)))});
    } else if (line.word == "json") {
      response.body = line.rest;
      EXPECT_NO_THROW(static_cast<void>(boost::json::parse(line.rest)))
          << "line " << line.number << " is no JSON";
    } else {
      EXPECT_EQ(line.word, "body") << "line " << line.number;
      response.body = unescaped(line.rest);
    }
  }
  return response;
}

}  // namespace carillon::talk
