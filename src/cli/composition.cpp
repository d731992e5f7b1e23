#include "cli/composition.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>

#include "base/zones.h"
#include "run/config_text.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

Fault misused(std::string field, std::string text, std::string remedy) {
  return {.kind = FaultKind::invalid,
          .code = "usage",
          .text = std::move(text),
          .field = std::move(field),
          .remedy = std::move(remedy)};
}

json::object in_utc(Instant at) {
  const auto local = localize(at, "UTC");
  return {{"local", local ? to_text(*local) : ""}, {"zone", "UTC"}};
}

json::array media_of(const Composition& wanted) {
  json::array media;
  for (size_t i = 0; i < wanted.media.size(); ++i) {
    json::object one{{"id", wanted.media[i]}};
    if (i < wanted.alts.size()) one["alt"] = wanted.alts[i];
    media.push_back(std::move(one));
  }
  return media;
}

Result<json::object> poll_of(const Composition& wanted) {
  json::object poll{{"options", json::array(wanted.poll.begin(), wanted.poll.end())}};
  if (wanted.poll_open.empty()) return poll;
  const auto open = run::parse_span(wanted.poll_open);
  if (!open) return refuse(misused("poll-open", open.error().text, open.error().remedy));
  poll["minutes"] = std::chrono::duration_cast<std::chrono::minutes>(*open).count();
  return poll;
}

Result<json::object> content_of(const Composition& wanted, const std::vector<std::string>& texts) {
  json::array parts;
  for (const std::string& text : texts) parts.push_back(json::object{{"text", text}});
  if (parts.empty()) parts.push_back(json::object{{"text", ""}});
  json::object& first = parts.front().get_object();
  if (!wanted.link.empty()) first["link"] = wanted.link;
  if (!wanted.media.empty()) first["media"] = media_of(wanted);
  if (!wanted.poll.empty()) {
    auto poll = poll_of(wanted);
    if (!poll) return poll;
    first["poll"] = std::move(*poll);
  }
  if (!wanted.comment.empty()) parts.push_back(json::object{{"text", wanted.comment}, {"comment", true}});
  json::object options;
  for (const std::string& option : wanted.options) {
    const size_t equals = option.find('=');
    if (equals == std::string::npos || equals == 0) {
      return refuse(misused("option", fmt::format("--option \"{}\" has no value.", option),
                            "Write --option name=value."));
    }
    options[option.substr(0, equals)] = option.substr(equals + 1);
  }
  json::object content{{"parts", std::move(parts)}};
  if (!options.empty()) content["options"] = std::move(options);
  return content;
}

json::object utm_of(const Composition& wanted) {
  json::object utm;
  const auto word = [&](const char* name, const std::string& text) {
    if (!text.empty()) utm[name] = text;
  };
  word("source", wanted.utm_source);
  word("medium", wanted.utm_medium);
  word("campaign", wanted.utm_campaign);
  word("content", wanted.utm_content);
  if (wanted.no_utm) utm["off"] = true;
  return utm;
}

// The same as everybody says but for what this account was given of its own. None: nothing was.
std::optional<Composition> own_of(const Composition& wanted, const std::string& account) {
  const auto is_its = [&](const auto& own) { return own.first == account; };
  const auto text = std::ranges::find_if(wanted.own, is_its);
  if (text == wanted.own.end() && std::ranges::none_of(wanted.own_media, is_its)) return std::nullopt;
  Composition its = wanted;
  if (text != wanted.own.end()) its.texts = {text->second};
  if (std::ranges::none_of(wanted.own_media, is_its)) return its;
  its.media.clear();
  its.alts.clear();
  for (const auto& [whose, media] : wanted.own_media) {
    if (whose == account && !media.empty()) its.media.push_back(media);
  }
  return its;
}

Result<void> check(const Composition& wanted) {
  const bool nothing = std::ranges::all_of(wanted.texts, &std::string::empty) && wanted.media.empty();
  if (nothing) return refuse(misused("text", "There is nothing to post.", "Give a text, or --media FILE."));
  if (wanted.accounts.empty() && !wanted.draft) {
    return refuse(
        misused("to", "Nobody was named to post as.", "Add --to @handle, --to NETWORK or --to all."));
  }
  if (!wanted.poll_open.empty() && wanted.poll.empty()) {
    return refuse(misused("poll-open", "There is no poll to be open.", "Add --poll ANSWER for each answer."));
  }
  if (!wanted.queue.empty() && (!wanted.at.empty() || wanted.draft)) {
    return refuse(misused("queue", "--queue chooses the time: it goes with neither --at nor --draft.",
                          "Leave one of them out."));
  }
  if (wanted.alts.size() > wanted.media.size()) {
    return refuse(misused("alt", "There are more --alt than --media.",
                          "Give one --alt for each --media, in the same order."));
  }
  return {};
}

}  // namespace

Result<json::object> when(std::string_view at, std::string_view zone, Instant now) {
  if (at.starts_with('+')) {
    const auto span = run::parse_span(at.substr(1));
    if (!span) return refuse(misused("at", span.error().text, span.error().remedy));
    return in_utc(now + *span);
  }
  std::string text(at);
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (parse_local(text)) {
    json::object local{{"local", text}};
    if (!zone.empty()) local["zone"] = zone;
    return local;
  }
  if (const auto instant = parse_instant(text)) return in_utc(*instant);
  return refuse(misused("at", fmt::format("--at \"{}\" is not a time.", at),
                        "Write \"2026-11-20 09:30\", 2026-11-20T09:30:00+01:00 or +15min."));
}

Result<json::object> compose(const Composition& wanted, Instant now) {
  if (auto fits = check(wanted); !fits) return refuse(fits.error());
  auto content = content_of(wanted, wanted.texts);
  if (!content) return refuse(content.error());
  json::object body{{"content", std::move(*content)}};
  json::array targets;
  for (const std::string& account : wanted.accounts) {
    json::object target{{"account", account}};
    if (const auto its = own_of(wanted, account)) target["content"] = *content_of(*its, its->texts);
    if (!wanted.link_in.empty()) target["link"] = wanted.link_in;
    targets.push_back(std::move(target));
  }
  body["targets"] = std::move(targets);
  if (!wanted.at.empty()) {
    auto at = when(wanted.at, wanted.zone, now);
    if (!at) return refuse(at.error());
    body["at"] = std::move(*at);
  }
  if (!wanted.title.empty()) body["title"] = wanted.title;
  if (!wanted.late.empty()) body["late"] = json::object{{"then", wanted.late}};
  if (!wanted.tags.empty()) body["tags"] = json::array(wanted.tags.begin(), wanted.tags.end());
  if (auto utm = utm_of(wanted); !utm.empty()) body["utm"] = std::move(utm);
  if (!wanted.campaign.empty()) body["campaign"] = wanted.campaign;
  if (wanted.draft) body["state"] = "draft";
  if (!wanted.queue.empty()) body["queue"] = wanted.queue;
  if (!wanted.draft && wanted.at.empty() && wanted.queue.empty()) body["now"] = true;
  return body;
}

}  // namespace carillon::cli
