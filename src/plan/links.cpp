#include "plan/links.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "wire/url.h"

namespace carillon::plan {

namespace {
constexpr std::array<std::string_view, 2> schemes = {"https://", "http://"};
constexpr std::string_view ends = " \t\r\n\v\f<>\"'`{}|\\^";
constexpr std::string_view punctuation = ".,;:!?*_~)]";

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool begins_here(std::string_view text, size_t at) {
  if (at > 0 && is_letter(text[at - 1])) return false;
  return std::ranges::any_of(schemes, [&](std::string_view scheme) {
    return equals_ignoring_case(text.substr(at, scheme.size()), scheme) && text.size() > at + scheme.size();
  });
}

size_t next_link(std::string_view text, size_t from) {
  for (size_t at = from; at < text.size(); ++at) {
    if ((text[at] == 'h' || text[at] == 'H') && begins_here(text, at)) return at;
  }
  return std::string_view::npos;
}

// A closing bracket belongs to the address that opened it.
bool is_after(std::string_view url) {
  const char last = url.back();
  if (last == ')') return std::ranges::count(url, '(') < std::ranges::count(url, ')');
  if (last == ']') return std::ranges::count(url, '[') < std::ranges::count(url, ']');
  return punctuation.find(last) != std::string_view::npos;
}

std::string_view address_at(std::string_view text, size_t at) {
  std::string_view url = text.substr(at, text.substr(at).find_first_of(ends));
  while (!url.empty() && is_after(url)) url.remove_suffix(1);
  return url;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string query_of(const std::string& url) {
  const std::string whole = url.substr(0, url.find('#'));
  const size_t mark = whole.find('?');
  return mark == std::string::npos ? "" : whole.substr(mark + 1);
}
}  // namespace

bool is_host_of(std::string_view host, std::string_view domain) {
  if (equals_ignoring_case(host, domain)) return true;
  if (host.size() <= domain.size() || domain.empty()) return false;
  const size_t dot = host.size() - domain.size() - 1;
  return host[dot] == '.' && equals_ignoring_case(host.substr(dot + 1), domain);
}

std::string marked(const std::string& url, const Utm& marks, const std::vector<std::string>& excluded) {
  const auto parsed = marks.off ? refuse(Fault{}) : wire::parse_url(url);
  if (!parsed) return url;
  if (std::ranges::any_of(excluded, [&](const auto& host) { return is_host_of(parsed->host, host); }))
    return url;
  const wire::Fields there = wire::parse_form(query_of(url));
  wire::Fields fresh;
  const auto add = [&](std::string name, const std::string& value) {
    const bool known =
        std::ranges::any_of(there, [&](const auto& f) { return equals_ignoring_case(f.first, name); });
    if (!value.empty() && !known) fresh.emplace_back(std::move(name), value);
  };
  add("utm_source", marks.source);
  add("utm_medium", marks.medium);
  add("utm_campaign", marks.campaign);
  add("utm_content", marks.content);
  return fresh.empty() ? url : wire::with_query(url, fresh);
}

std::string change_links(std::string_view text,
                         const std::function<std::string(const std::string&)>& change) {
  std::string out;
  size_t from = 0;
  for (size_t at = next_link(text, 0); at != std::string_view::npos; at = next_link(text, from)) {
    const std::string_view url = address_at(text, at);
    out += text.substr(from, at - from);
    out += is_ascii(url) ? change(std::string(url)) : std::string(url);
    from = at + url.size();
  }
  return out.append(text.substr(from));
}

bool has_links(std::string_view text) {
  return next_link(text, 0) != std::string_view::npos;
}

}  // namespace carillon::plan
