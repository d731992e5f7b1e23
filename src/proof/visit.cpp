#include "proof/visit.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/text.h"
#include "proof/drill_talk.h"
#include "wire/url.h"

namespace carillon::proof {
namespace {

namespace json = boost::json;

constexpr std::string_view password = "a bell that nobody hears";

Fault surprised(std::string_view where, const net::Outcome& outcome) {
  std::string seen = "no answer";
  if (const auto* response = std::get_if<wire::Response>(&outcome)) {
    seen = fmt::format("{} {}", response->status, shortened(response->body, 300));
  } else if (const auto* lost = std::get_if<net::Lost>(&outcome)) {
    seen = lost->why;
  } else if (const auto* not_sent = std::get_if<net::NotSent>(&outcome)) {
    seen = not_sent->why;
  }
  return {.kind = FaultKind::unavailable, .code = "lost", .text = fmt::format("{}: {}", where, seen)};
}

// An answer with one of the statuses a browser would go on from.
Result<wire::Response> visit(net::WaitingClient& client, wire::Request request, std::string_view where) {
  net::Outcome outcome = client.send(std::move(request));
  auto* response = std::get_if<wire::Response>(&outcome);
  if (response == nullptr || response->status >= 400) return refuse(surprised(where, outcome));
  return std::move(*response);
}

std::string unescaped(std::string_view html) {
  constexpr std::pair<std::string_view, char> marks[] = {
      {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}};
  std::string out;
  while (!html.empty()) {
    const auto* mark =
        std::ranges::find_if(marks, [&](const auto& one) { return html.starts_with(one.first); });
    out += mark == std::end(marks) ? html.front() : mark->second;
    html.remove_prefix(mark == std::end(marks) ? 1 : mark->first.size());
  }
  return out;
}

// Of one tag: name="value".
std::string attribute(std::string_view tag, std::string_view name) {
  const std::string begin = fmt::format(" {}=\"", name);
  const size_t at = tag.find(begin);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = tag.substr(at + begin.size());
  return unescaped(rest.substr(0, rest.find('"')));
}

// The path and query of an address of the server, whatever name it calls itself.
std::string path_of(const std::string& url) {
  const auto parsed = wire::parse_url(url);
  if (!parsed) return url;
  return parsed->query.empty() ? parsed->path : parsed->path + "?" + parsed->query;
}

Result<json::object> choose_first(net::WaitingClient& server, const std::string& ticket,
                                  const json::value& outcome) {
  const json::array& identities = outcome.get_object().at("identities").as_array();
  json::array first;
  first.emplace_back(text_of(identities.at(0), "external_id"));
  const json::object body{{"ticket", ticket}, {"identities", std::move(first)}};
  const auto chosen = server.json("POST", "/api/v1/accounts/choose", body);
  if (!chosen) return refuse(chosen.error());
  return chosen->at("items").as_array().at(0).as_object();
}

Result<json::object> finish(net::WaitingClient& server, const std::string& ticket) {
  const auto outcome = server.json("GET", "/api/v1/accounts/connect/" + ticket);
  if (!outcome) return refuse(outcome.error());
  const std::string how = text_of(*outcome, "outcome");
  if (how == "connected") return outcome->at("account").as_object();
  if (how == "choose") return choose_first(server, ticket, *outcome);
  const json::value& problem = outcome->at("problem");
  return refuse({.kind = FaultKind::forbidden,
                 .code = text_of(problem, "code"),
                 .text = text_of(problem, "detail"),
                 .remedy = text_of(problem, "remedy")});
}

}  // namespace

Form first_form(std::string_view html) {
  html.remove_prefix(std::min(html.find("<form"), html.size()));
  html = html.substr(0, html.find("</form>"));
  Form form{.action = attribute(html.substr(0, html.find('>')), "action")};
  for (size_t at = html.find("<input"); at != std::string_view::npos; at = html.find("<input", at + 1)) {
    const std::string_view tag = html.substr(at, html.find('>', at) - at);
    if (attribute(tag, "type") == "hidden")
      form.fields.emplace_back(attribute(tag, "name"), attribute(tag, "value"));
  }
  return form;
}

Result<void> set_up(net::WaitingClient& server, const std::string& token) {
  const json::object who{
      {"token", token}, {"workspace", "Drill"}, {"email", "drill@example.com"}, {"password", password}};
  const auto made = visit(server,
                          {.method = "POST",
                           .url = "/api/v1/setup",
                           .headers = {{"content-type", "application/json"}},
                           .body = json::serialize(who)},
                          "Setting up");
  if (!made) return refuse(made.error());
  const std::string cookie(wire::header(made->headers, "set-cookie").value_or(""));
  server.use_session(cookie.substr(0, cookie.find(';')));
  return {};
}

Result<json::object> agree(net::WaitingClient& server, const std::string& consent_url, int person) {
  const auto page = visit(server, {.url = consent_url}, "The consent page");
  if (!page) return refuse(page.error());
  Form form = first_form(page->body);
  form.fields.emplace_back("person", std::to_string(person));
  form.fields.emplace_back("decision", "allow");
  const auto at = wire::parse_url(consent_url);
  const std::string action = form.action.starts_with('/') && at ? at->origin() + form.action : form.action;
  const auto agreed = visit(server,
                            {.method = "POST",
                             .url = action,
                             .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                             .body = wire::encode_form(form.fields)},
                            "Agreeing");
  if (!agreed) return refuse(agreed.error());
  const auto back =
      visit(server, {.url = path_of(std::string(wire::header(agreed->headers, "location").value_or("")))},
            "Coming back");
  if (!back) return refuse(back.error());
  const std::string location(wire::header(back->headers, "location").value_or(""));
  const size_t mark = location.find("connect=");
  if (mark == std::string::npos) return refuse(surprised("The server's answer to the callback", *back));
  return finish(server, location.substr(mark + 8));
}

}  // namespace carillon::proof
