#include "run/log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "run/clock.h"

namespace carillon::run {
namespace {

spdlog::level::level_enum spdlog_level(Level level) {
  constexpr std::array table = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                spdlog::level::err};
  return table[static_cast<size_t>(level)];
}

// Control characters as \n, \t, \xNN: nobody forges a line, no terminal is driven by a log.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return out;
}

// As it may be seen: numbers stay numbers.
decltype(Field::value) shown(const Field& field) {
  const auto* text = std::get_if<std::string>(&field.value);
  return text ? decltype(Field::value)(blotted_value(field.name, *text)) : field.value;
}

}  // namespace

std::string log_line_json(Instant at, Level level, std::string_view event, std::string_view text,
                          LogFields fields) {
  boost::json::object line{
      {"ts", carillon::to_text(at)}, {"level", to_text(level)}, {"event", event}, {"msg", blotted(text)}};
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[field.name] = value; }, shown(field));
  }
  return boost::json::serialize(line);
}

std::string log_line_human(Instant at, Level level, std::string_view event, std::string_view text,
                           LogFields fields) {
  std::string line = fmt::format("{} {:7} {}", carillon::to_text(at), to_text(level), escaped(blotted(text)));
  line += fmt::format("  [{}]", event);
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line += escaped(fmt::format(" {}={}", field.name, value)); },
               shown(field));
  }
  return line;
}

struct Log::Sink {
  bool json;
  spdlog::logger logger{"carillon", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

Log::Log(std::string_view level, std::string_view format) : sink_(std::make_unique<Sink>()) {
  sink_->json = format == "json" || (format != "human" && isatty(STDERR_FILENO) == 0);
  sink_->logger.set_pattern("%v");
  set_level(level_from(level).value_or(Level::info));
}

Log::~Log() = default;

void Log::set_level(Level level) {
  sink_->logger.set_level(spdlog_level(level));
}

void Log::write(Level level, std::string_view event, std::string_view text, LogFields fields) {
  if (!sink_->logger.should_log(spdlog_level(level))) return;
  const auto line = sink_->json ? log_line_json : log_line_human;
  const Instant now = wall_clock();
  const std::string written = line(now, level, event, text, fields);
  sink_->logger.log(spdlog_level(level), spdlog::string_view_t(written));
  LogRecord record{.at = now, .level = level, .event = std::string(event), .text = blotted(text)};
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { record.fields.emplace_back(field.name, fmt::format("{}", value)); },
               shown(field));
  }
  ring_.keep(std::move(record));
}

}  // namespace carillon::run
