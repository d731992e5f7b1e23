#include "plan/plan_write.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <ranges>

#include "base/text.h"
#include "plan/import_accounts.h"
#include "plan/plan_file.h"

namespace carillon::plan {

namespace {
// A word that no reader takes for anything but text.
bool is_harmless(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  constexpr std::array<std::string_view, 9> words = {"true", "false", "yes", "no", "null",
                                                     "on",   "off",   "y",   "n"};
  if (text.empty() || !std::ranges::all_of(text, plain)) return false;
  const bool letter = (text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z');
  return letter && std::ranges::find(words, lowered(text)) == words.end();
}

// JSON's quoting is YAML's, too.
std::string in_quotes(std::string_view text) {
  return is_harmless(text) ? std::string(text) : boost::json::serialize(boost::json::string(text));
}

// Several lines that a block gives back as they are.
bool fits_a_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text.ends_with('\n') || text.starts_with('\n'))
    return false;
  if (text.front() == ' ') return false;
  for (const unsigned char c : text) {
    if ((c < 0x20 && c != '\n') || c == 0x7f || c == 0xc2 || c == 0xe2 || c == 0xef) return false;
  }
  return true;
}

class Page {
 public:
  explicit Page(std::span<const Account> accounts) : accounts_(accounts) {}
  void post(const WrittenPost& written);
  std::string out;

 private:
  void line(int indent, std::string_view text) {
    out += std::string(static_cast<size_t>(indent), ' ') + std::string(text) + "\n";
  }
  void field(int indent, std::string_view name, std::string_view text);
  void part(int indent, const ContentPart& part);
  void content(int indent, const Content& content);
  void threaded(int indent, const Content& content);
  void media(int indent, const ContentPart& part);
  void cover(int indent, const Cover& cover);
  void options(int indent, const Content& content);
  void versions(const Post& post);
  void link_places(const Post& post);
  void time(const WrittenPost& written);
  std::string name_of(AccountId id) const;

  std::span<const Account> accounts_;
};

void Page::field(int indent, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  if (!fits_a_block(text)) return line(indent, fmt::format("{}: {}", name, in_quotes(text)));
  line(indent, fmt::format("{}: |-", name));
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    out += end == from ? "\n"
                       : std::string(static_cast<size_t>(indent) + 2, ' ') +
                             std::string(text.substr(from, end - from)) + "\n";
    from = end + 1;
  }
}

// network:handle when that means this account and no other; else its id.
std::string Page::name_of(AccountId id) const {
  const auto account = std::ranges::find(accounts_, id, &Account::id);
  if (account == accounts_.end() || account->handle.empty()) return id.text();
  const std::string name = account->network + ":" + account->handle;
  const auto meant = accounts_named(name, accounts_);
  return meant && meant->size() == 1 && meant->front() == id ? name : id.text();
}

void Page::media(int indent, const ContentPart& part) {
  if (part.media.empty()) return;
  line(indent, "media:");
  for (const MediaRef& ref : part.media) {
    line(indent + 2, "- id: " + in_quotes(ref.id.text()));
    field(indent + 4, "alt", ref.alt);
    if (ref.cover) cover(indent + 4, *ref.cover);
  }
}

void Page::cover(int indent, const Cover& cover) {
  line(indent, "cover:");
  if (cover.at) line(indent + 2, "at: " + span_text(*cover.at));
  if (cover.picture) line(indent + 2, "id: " + in_quotes(cover.picture->text()));
}

void Page::part(int indent, const ContentPart& part) {
  if (part.text.empty()) line(indent, "text: \"\"");
  field(indent, "text", part.text);
  field(indent, "link", part.link);
  media(indent, part);
  if (!part.poll) return;
  line(indent, "poll:");
  line(indent + 2, "options:");
  for (const std::string& option : part.poll->options) line(indent + 4, "- " + in_quotes(option));
  line(indent + 2, "open: " + span_text(part.poll->open));
  if (part.poll->multiple) line(indent + 2, "multiple: true");
}

void Page::threaded(int indent, const Content& content) {
  line(indent, "parts:");
  for (const ContentPart& each : content.parts) {
    const size_t begin = out.size();
    part(indent + 4, each);
    if (each.comment) line(indent + 4, "comment: true");
    out[begin + static_cast<size_t>(indent) + 2] = '-';
  }
}

void Page::options(int indent, const Content& content) {
  if (content.options.empty()) return;
  line(indent, "options:");
  for (const auto& [name, value] : content.options)
    line(indent + 2, fmt::format("{}: {}", in_quotes(std::string_view(name)), boost::json::serialize(value)));
}

void Page::content(int indent, const Content& content) {
  if (content.parts.size() == 1)
    part(indent, content.parts.front());
  else
    threaded(indent, content);
  options(indent, content);
}

void Page::versions(const Post& post) {
  bool first = true;
  for (const Target& target : post.targets) {
    if (!target.content) continue;
    if (first) line(4, "versions:");
    first = false;
    line(6, "- accounts: " + in_quotes(name_of(target.account)));
    content(8, *target.content);
  }
}

void Page::link_places(const Post& post) {
  const auto is_chosen = [](const Target& target) { return target.link != LinkPlace::usual; };
  if (std::ranges::any_of(post.targets, is_chosen)) line(4, "link_in:");
  for (const Target& target : post.targets | std::views::filter(is_chosen))
    line(6, fmt::format("{}: {}", in_quotes(name_of(target.account)), carillon::to_text(target.link)));
}

void Page::time(const WrittenPost& written) {
  const Post& post = *written.post;
  if (written.form.draft) line(4, "draft: true");
  if (written.form.queued) line(4, written.form.best ? "queue: best" : "queue: next");
  if (!written.form.queued && !post.local_time.empty()) {
    line(4, "at: " + in_quotes(post.local_time));
    line(4, "zone: " + in_quotes(post.zone));
  }
  field(4, "repeat", written.form.repeat);
}

void Page::post(const WrittenPost& written) {
  const Post& post = *written.post;
  line(2, "- key: " + in_quotes(written.key));
  if (written.id) line(4, "id: " + in_quotes(written.id->text()));
  field(4, "title", post.title);
  if (post.targets.empty()) line(4, "accounts: []");
  if (!post.targets.empty()) line(4, "accounts:");
  for (const Target& target : post.targets) line(6, "- " + in_quotes(name_of(target.account)));
  time(written);
  content(4, post.content);
  versions(post);
  link_places(post);
  if (!post.tags.empty()) line(4, "tags:");
  for (const std::string& tag : post.tags) line(6, "- " + in_quotes(tag));
  line(4, fmt::format("late: {{then: {}, within: {}}}", carillon::to_text(post.late.then),
                      span_text(post.late.within)));
  field(4, "campaign", written.form.campaign);
}
}  // namespace

std::string plan_opening(std::string_view name) {
  return fmt::format("plan: {}\nposts:\n", in_quotes(name));
}

std::string plan_post(const WrittenPost& written, std::span<const Account> accounts) {
  Page page(accounts);
  page.post(written);
  return std::move(page.out);
}

}  // namespace carillon::plan
