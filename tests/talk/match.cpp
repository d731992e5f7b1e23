#include <fmt/format.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <sstream>

#include "base/text.h"
#include "talk/talk.h"
#include "wire/url.h"

namespace carillon::talk {
namespace {

using channels::Move;
using Fields = std::vector<std::pair<std::string, std::string>>;

std::string shown(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) text += fmt::format("\n    {}={}", name, value);
  return text;
}

Fields sorted(Fields fields) {
  std::sort(fields.begin(), fields.end());
  return fields;
}

std::string compare_url(const std::string& wanted, const std::string& seen) {
  const auto split = [](const std::string& url) {
    return std::pair(url.substr(0, url.find('?')),
                     url.find('?') == std::string::npos ? "" : url.substr(url.find('?') + 1));
  };
  const auto [wanted_path, wanted_query] = split(wanted);
  const auto [seen_path, seen_query] = split(seen);
  if (wanted_path != seen_path) return fmt::format("url is {}, wanted {}", seen, wanted);
  const Fields a = sorted(wire::parse_form(wanted_query)), b = sorted(wire::parse_form(seen_query));
  return a == b ? "" : fmt::format("query is{}\n  wanted{}", shown(b), shown(a));
}

std::string slice_text(const wire::MediaSlice& slice, const Talk& talk) {
  const auto& media = talk.media[talk.part];
  for (size_t i = 0; i < media.size(); ++i) {
    if (!media[i].cover.empty() && media[i].cover[0].id == slice.media) return fmt::format("@{}c", i);
    if (media[i].id != slice.media) continue;
    const bool whole = slice.offset == 0 && slice.length == media[i].bytes;
    return whole ? fmt::format("@{}", i) : fmt::format("@{}+{}+{}", i, slice.offset, slice.length);
  }
  return "@unknown";
}

Fields parts_of(const wire::Body& body, const Talk& talk) {
  Fields fields;
  const auto* form = std::get_if<wire::Multipart>(&body);
  if (form == nullptr) return fields;
  for (const wire::Part& part : form->parts) {
    const auto* text = std::get_if<std::string>(&part.value);
    fields.emplace_back(part.name,
                        text != nullptr ? *text : slice_text(std::get<wire::MediaSlice>(part.value), talk));
  }
  return fields;
}

Fields wanted_fields(const Step& step, const std::string& word) {
  Fields fields;
  for (const Line& line : step.below) {
    if (line.word != word) continue;
    const size_t equals = line.rest.find('=');
    std::string value = line.rest.substr(equals + 1);
    for (size_t at = 0; (at = value.find("\\n", at)) != std::string::npos;) value.replace(at, 2, "\n");
    fields.emplace_back(line.rest.substr(0, equals), value);
  }
  return fields;
}

// Parts and form fields are compared as sets of fields; a part that holds JSON is compared as text.
std::string compare_body(const Step& step, const wire::Body& body, const Talk& talk) {
  const auto* text = std::get_if<std::string>(&body);
  const Fields wanted_parts = sorted(wanted_fields(step, "part")), seen_parts = sorted(parts_of(body, talk));
  if (wanted_parts != seen_parts)
    return fmt::format("parts are{}\n  wanted{}", shown(seen_parts), shown(wanted_parts));
  const Fields wanted_form = sorted(wanted_fields(step, "form"));
  if (!wanted_form.empty()) {
    const Fields seen = sorted(text == nullptr ? Fields() : wire::parse_form(*text));
    return seen == wanted_form ? "" : fmt::format("form is{}\n  wanted{}", shown(seen), shown(wanted_form));
  }
  for (const Line& line : step.below) {
    if (line.word != "json") continue;
    boost::json::error_code failed;
    const auto seen = boost::json::parse(text == nullptr ? "" : *text, failed);
    if (failed || seen != boost::json::parse(line.rest))
      return fmt::format("body is {}, wanted {}", text == nullptr ? "no text" : *text, line.rest);
    return "";
  }
  return wanted_parts.empty() && text != nullptr && !text->empty() ? "a body was not expected: " + *text : "";
}

std::string secret_text(const wire::Insert& insert) {
  static constexpr std::string_view places[] = {"bearer", "query", "form", "path", "basic_password", "json"};
  return std::string(trimmed(
      fmt::format("{} {} {}", places[static_cast<size_t>(insert.place)], insert.secret, insert.field)));
}

std::string compare_detail(const Line& line, const channels::Send& send) {
  static constexpr std::string_view repeats[] = {"safe", "probe", "never"};
  if (line.word == "repeat") {
    const auto seen = repeats[static_cast<size_t>(send.repeat)];
    return seen == line.rest ? "" : fmt::format("repeat is {}, wanted {}", seen, line.rest);
  }
  if (line.word == "publishes") return send.publishes ? "" : "it does not publish";
  if (line.word == "header") {
    const size_t colon = line.rest.find(':');
    const auto seen = wire::header(send.request.headers, line.rest.substr(0, colon)).value_or("(none)");
    const auto wanted = trimmed(std::string_view(line.rest).substr(colon + 1));
    return seen == wanted
               ? ""
               : fmt::format("header {} is {}, wanted {}", line.rest.substr(0, colon), seen, wanted);
  }
  if (line.word == "lanes") {
    const std::string seen = fmt::format("{}", fmt::join(send.lanes, " "));
    return seen == line.rest ? "" : fmt::format("lanes are {}, wanted {}", seen, line.rest);
  }
  if (line.word == "secret") {
    for (const wire::Insert& insert : send.request.secrets) {
      if (secret_text(insert) == line.rest) return "";
    }
    return "secret is missing: " + line.rest;
  }
  static constexpr std::string_view of_body[] = {"json", "form", "part"};
  return std::find(std::begin(of_body), std::end(of_body), line.word) != std::end(of_body)
             ? ""
             : "unknown word " + line.word;
}

std::string host_in(const std::string& url) {
  const auto parsed = wire::parse_url(url);
  return parsed ? parsed->host : url;
}

// Whoever is not the account's own server gets those secrets that the talk names, and no other.
std::string compare_strangers_secrets(const Step& step, const channels::Send& send, const Talk& talk) {
  if (host_in(send.request.url) == host_in(talk.account.api_base)) return "";
  for (const wire::Insert& insert : send.request.secrets) {
    const std::string seen = secret_text(insert);
    const auto named = [&](const Line& line) { return line.word == "secret" && line.rest == seen; };
    if (std::none_of(step.below.begin(), step.below.end(), named))
      return fmt::format("{} is given a secret that the talk does not name: {}", host_in(send.request.url), seen);
  }
  return "";
}

std::string compare_send(const Step& step, const channels::Send& send, const Talk& talk) {
  std::istringstream words(step.head.rest);
  std::string method, url;
  words >> method >> url;
  if (send.request.method != method)
    return fmt::format("method is {}, wanted {}", send.request.method, method);
  if (auto different = compare_url(url, send.request.url); !different.empty()) return different;
  bool said_publishes = false;
  for (const Line& line : step.below) {
    said_publishes = said_publishes || line.word == "publishes";
    if (auto different = compare_detail(line, send); !different.empty()) return different;
  }
  if (auto different = compare_strangers_secrets(step, send, talk); !different.empty()) return different;
  if (send.publishes != said_publishes) return "it publishes, which the talk does not say";
  return compare_body(step, send.request.body, talk);
}

std::string compare_fault(const std::string& rest, const Fault& fault) {
  std::istringstream words(rest);
  std::string kind, code, span;
  words >> kind >> code >> span;
  if (to_text(fault.kind) != kind || fault.code != code)
    return fmt::format("fault is {} {}", to_text(fault.kind), fault.code);
  if (fault.text.empty() || fault.remedy.empty()) return "a fault without a text or a remedy";
  if (span.empty()) return "";
  const auto seen = fault.retry_after.value_or(Duration(0));
  return seen == read_span(span)
             ? ""
             : fmt::format("retry_after is {} s, wanted {}", static_cast<double>(seen.count()) / 1e6, span);
}

}  // namespace

std::string describe(const Move& move) {
  if (const auto* send = std::get_if<channels::Send>(&move))
    return "> " + send->request.method + " " + send->request.url;
  if (const auto* wait = std::get_if<channels::Wait>(&move))
    return fmt::format("wait {}ms", wait->span.count() / 1000);
  if (const auto* done = std::get_if<channels::Done>(&move))
    return fmt::format("done {} {}{}", done->external_id, done->url, done->lacks.empty() ? "" : " lacking");
  if (const auto* fault = std::get_if<Fault>(&move))
    return fmt::format("fault {} {} ({})", to_text(fault->kind), fault->code, fault->text);
  if (const auto* unclear = std::get_if<channels::Unclear>(&move)) return "unclear (" + unclear->why + ")";
  return "absent";
}

std::string compare(const Step& expected, const Move& move, const Talk& talk) {
  const std::string& word = expected.head.word;
  const std::string wrong_kind = fmt::format("the move is {}", describe(move));
  if (word == ">") {
    const auto* send = std::get_if<channels::Send>(&move);
    return send != nullptr ? compare_send(expected, *send, talk) : wrong_kind;
  }
  if (word == "wait") {
    const auto* wait = std::get_if<channels::Wait>(&move);
    return wait != nullptr && wait->span == read_span(expected.head.rest) ? "" : wrong_kind;
  }
  if (word == "done")
    return describe(move) == trimmed("done " + expected.head.rest) ||
                   describe(move) == "done " + expected.head.rest + " "
               ? ""
               : wrong_kind;
  if (word == "fault") {
    const auto* fault = std::get_if<Fault>(&move);
    return fault != nullptr ? compare_fault(expected.head.rest, *fault) : wrong_kind;
  }
  if (word == "absent") return std::holds_alternative<channels::Absent>(move) ? "" : wrong_kind;
  if (word == "unclear") {
    const auto* unclear = std::get_if<channels::Unclear>(&move);
    return unclear != nullptr && !unclear->why.empty() ? "" : wrong_kind;
  }
  return "unknown word " + word;
}

}  // namespace carillon::talk
