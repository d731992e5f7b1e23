#include "media/pictures.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cstdio>

#include "media/images.h"

namespace carillon::media {
namespace {

namespace json = boost::json;

constexpr ChildLimits making = {
    .time = std::chrono::seconds(60), .cpu_seconds = 50, .output = 1 << 16, .file = uint64_t{256} << 20};

std::string text_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

json::object object_in(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  return !error && value.is_object() ? std::move(value.as_object()) : json::object();
}

// ---- the other end ----

int say(const Fault& fault) {
  const json::object told{{"code", fault.code},
                          {"text", fault.text},
                          {"field", fault.field},
                          {"remedy", fault.remedy},
                          {"detail", fault.detail}};
  std::puts(json::serialize(told).c_str());
  return 1;
}

int look_at(const std::string& file, const std::string& mime) {
  const auto facts = read_image(file, mime);
  if (!facts) return say(facts.error());
  const json::object told{{"width", facts->width}, {"height", facts->height}, {"frames", facts->frames}};
  std::puts(json::serialize(told).c_str());
  return 0;
}

int done(const Result<void>& made) {
  return made ? 0 : say(made.error());
}

int make_by(const std::string& file, const std::string& into, const std::string& text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  const auto recipe = recipe_from_json(value);
  if (error || !recipe) return say(unreadable("The recipe cannot be read.", text));
  return done(make_image(file, *recipe, into));
}

}  // namespace

int picture_main(int argc, char** argv) {
  const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
  if (words.size() == 3 && words[0] == "look") return look_at(words[1], words[2]);
  if (words.size() == 4 && words[0] == "make") return make_by(words[1], words[2], words[3]);
  if (words.size() == 4 && words[0] == "shrink") {
    int side = 0;
    std::from_chars(words[3].data(), words[3].data() + words[3].size(), side);
    return done(shrink_image(std::filesystem::path(words[1]), words[2], side));
  }
  std::fputs("This is a part of the server, not a command.\n", stderr);
  return 2;
}

Result<std::string> Pictures::ask(std::vector<std::string> words, ChildLimits limits,
                                  const ChildWatch& watch) const {
  words.insert(words.begin(), {program_, std::string(picture_word)});
  auto end = run_child(words, limits, watch);
  if (!end) return refuse(std::move(end.error()));
  if (end->code == 0) return std::move(end->output);
  const json::object told = object_in(end->output);
  if (told.empty()) return refuse(unreadable("The picture is damaged: it cannot be read.", end->errors));
  return refuse({.code = text_in(told, "code"),
                 .text = text_in(told, "text"),
                 .field = text_in(told, "field"),
                 .remedy = text_in(told, "remedy"),
                 .detail = text_in(told, "detail")});
}

Result<MediaFacts> Pictures::look(const std::filesystem::path& file, std::string_view mime,
                                  const ChildLimits& limits) const {
  const auto told = ask({"look", file.string(), std::string(mime)}, limits);
  if (!told) return refuse(told.error());
  const json::object facts = object_in(*told);
  const auto number = [&](const char* name) {
    const json::value* value = facts.if_contains(name);
    return value != nullptr && value->is_int64() ? static_cast<uint32_t>(value->as_int64()) : 0U;
  };
  return MediaFacts{.mime = std::string(mime),
                    .width = number("width"),
                    .height = number("height"),
                    .frames = std::max(1U, number("frames"))};
}

Result<void> Pictures::shrink(const std::filesystem::path& file, const std::filesystem::path& into, int side,
                              ChildLimits limits) const {
  limits.file = making.file;
  const auto told = ask({"shrink", file.string(), into.string(), std::to_string(side)}, limits);
  return told ? Result<void>() : refuse(told.error());
}

Result<void> Pictures::make(const std::filesystem::path& file, const Recipe& recipe,
                            const std::filesystem::path& into, const ChildWatch& watch) const {
  const std::string text = json::serialize(to_json(recipe));
  const auto told = ask({"make", file.string(), into.string(), text}, making, watch);
  return told ? Result<void>() : refuse(told.error());
}

}  // namespace carillon::media
