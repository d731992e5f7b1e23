#include "sandbox/pages.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/consent_page.h"
#include "sandbox/counting.h"

namespace carillon::sandbox {
namespace {

constexpr std::string_view banner =
    R"(<div class="banner" role="note"><b>SANDBOX</b><span>A simulated network on your own machine. Nothing here reaches anybody.</span><a href="/">All sandbox networks</a></div>)";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Between links: #tags and @names.
std::string marked(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const bool sign = (text[at] == '#' || text[at] == '@') && (at == 0 || !is_word(text[at - 1]));
    size_t end = at + 1;
    while (end < text.size() && (sign ? is_word(text[end]) : text[end] != '#' && text[end] != '@')) ++end;
    const std::string piece = escape_html(text.substr(at, end - at));
    out += sign && end > at + 1 ? fmt::format(R"(<span class="tag">{}</span>)", piece) : piece;
    at = end;
  }
  return out;
}

// Colours that white letters can be read on.
std::string avatar(size_t index) {
  constexpr std::array<std::string_view, 8> colours = {"#b3541e", "#1f6f54", "#7a2e8c", "#9c2b3d",
                                                       "#2b5fa8", "#4d6b1a", "#8a5a00", "#39527a"};
  const std::string name = character(index).name;
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 88 88"><rect width="88" height="88" fill="{}"/><text x="44" y="60" font-family="system-ui,sans-serif" font-size="46" font-weight="700" text-anchor="middle" fill="#fff">{}</text></svg>)",
      colours[index % colours.size()], name.substr(0, 1));
}

wire::Response picture(Network& network, std::string_view id) {
  const Medium* medium = network.gallery().find(id);
  if (!medium || medium->bytes.empty())
    return page_answer(404, page(network.name(), "Not kept",
                                 R"(<div class="empty"><b>This picture is not kept.</b></div>)"));
  auto response = text_answer(200, medium->type, medium->bytes);
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
  return response;
}

}  // namespace

std::string page(std::string_view look, std::string_view title, std::string_view body, bool live) {
  return fmt::format(
      R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>{} · SANDBOX</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head><body class="{}">{}<main>{}</main>{}</body></html>)",
      escape_html(title), look, banner, body, live ? R"(<script src="/live.js"></script>)" : "");
}

std::string rich_text(std::string_view text, bool on_x) {
  std::string out;
  size_t at = 0;
  for (const Span link : on_x ? links_on_x(text) : plain_links(text)) {
    const std::string_view url = text.substr(link.begin, link.end - link.begin);
    const std::string target =
        url.find("://") == std::string_view::npos ? fmt::format("http://{}", url) : std::string(url);
    out += marked(text.substr(at, link.begin - at));
    out += fmt::format(R"(<a href="{}" rel="nofollow noopener noreferrer" target="_blank">{}</a>)",
                       escape_html(target), escape_html(url));
    at = link.end;
  }
  return out + marked(text.substr(at));
}

std::string age(Instant at, Instant now) {
  const int64_t seconds = std::max<int64_t>(0, now.seconds() - at.seconds());
  if (seconds < 60) return "now";
  if (seconds < 3600) return fmt::format("{} min", seconds / 60);
  if (seconds < 86'400) return fmt::format("{} h", seconds / 3600);
  return fmt::format("{} d", seconds / 86'400);
}

std::optional<wire::Response> look_at(const Call& call, Network& network) {
  if (call.method() != "GET") return std::nullopt;
  const auto& s = call.steps;
  if (s.size() == 1) return redirect(fmt::format("/{}/feed", network.name()));
  if (s.size() == 2 && s[1] == "feed") return page_answer(200, feed_page(network, call.now));
  if (s.size() == 3 && s[1] == "media") return picture(network, s[2]);
  if (s.size() == 3 && s[1] == "avatar")
    return text_answer(200, "image/svg+xml",
                       avatar(static_cast<size_t>(to_number(s[2].substr(0, s[2].find('.'))).value_or(0))));
  if (const Post* post = network.shown_at(call)) return page_answer(200, post_page(network, *post, call.now));
  return std::nullopt;
}

std::string consent_page(const ConsentView& view, const Call& call) {
  std::string carried, wishes, identities;
  for (const wire::Fields* fields : {&call.query, &call.form})
    for (const auto& [name, value] : *fields)
      carried +=
          fmt::format(R"(<input type="hidden" name="{}" value="{}">)", escape_html(name), escape_html(value));
  for (const std::string& wish : view.wishes) wishes += fmt::format("<li>{}</li>", escape_html(wish));
  for (size_t i = 0; i < view.identities.size(); ++i) {
    const std::string picture =
        !view.faces ? "" : fmt::format(R"(<img src="/{}/avatar/{}.svg" alt="">)", view.network, i);
    identities += fmt::format(
        R"(<label class="pick"><input type="radio" name="person" value="{}"{}>{}<div>{}<span>{}{}</span></div></label>)",
        i, i == 0 ? " checked" : "", picture, escape_html(view.identities[i].first), view.beside,
        escape_html(view.identities[i].second));
  }
  const std::string_view label = look_of(view.network).label;
  const std::string body = fmt::format(
      R"(<form class="ask" method="post" action="{0}"><div class="mark" aria-hidden="true">{1}</div><h1>{2} wants to use your {3} account</h1><p class="note">This account exists in the sandbox only.</p><p>{2} will be able to:</p><ul>{4}</ul><fieldset><legend>{5}</legend>{6}</fieldset>{7}<div class="row"><button class="go" name="decision" value="allow">{8}</button><button name="decision" value="deny">Cancel</button></div></form>)",
      escape_html(view.action), label.substr(0, 1), escape_html(view.app), label, wishes,
      escape_html(view.question), identities, carried, view.go);
  return page(view.network, "Authorize " + view.app, body);
}

std::string consent_refused(std::string_view network, std::string_view why) {
  return page(
      network, "Not authorized",
      fmt::format(
          R"(<div class="ask"><div class="mark" aria-hidden="true">{}</div><h1>Something went wrong</h1><p>{}</p><p class="note">Go back to the app and try to connect again.</p></div>)",
          look_of(network).label.substr(0, 1), escape_html(why)));
}

}  // namespace carillon::sandbox
