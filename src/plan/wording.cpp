#include "plan/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "channels/registry.h"
#include "plan/links.h"
#include "plan/variables.h"

namespace carillon::plan {

namespace {
template <class Each>  // bool(const ContentPart&)
bool any_part(const Post& post, Each each) {
  if (std::ranges::any_of(post.content.parts, each)) return true;
  return std::ranges::any_of(post.targets, [&](const Target& target) {
    return target.content && std::ranges::any_of(target.content->parts, each);
  });
}

// Writes one account's version of one content.
class Wordsmith {
 public:
  Wordsmith(const Wording& wording, const Account& account, Instant at)
      : wording_(wording),
        vocabulary_{wording.variables, account, account.zone.empty() ? wording.zone : account.zone, at} {}

  Worded run(Worded worded, const Utm& wanted, LinkPlace place) {
    auto& parts = worded.content.parts;
    marks_ = marks_of(wanted);
    for (size_t i = 0; i < parts.size(); ++i) {
      const std::string path = fmt::format("parts[{}].", i);
      const channels::Escape escape = escape_of(parts[i], worded.content.options);
      parts[i].text = said(parts[i].text, path + "text", worded, escape);
      parts[i].link = said(parts[i].link, path + "link", worded, nullptr);
      mark(parts[i], escape != nullptr);
    }
    if (place != LinkPlace::usual && !parts.empty()) put_link(worded.content, place);
    return worded;
  }

 private:
  // A variable's text may use what is always there, and nothing else.
  std::string meaning(const std::string& text) const {
    const Vocabulary always{{}, vocabulary_.account, vocabulary_.zone, vocabulary_.at};
    return expand(text, always).text;
  }

  channels::Escape escape_of(const ContentPart& part, const boost::json::object& options) const {
    const channels::Entry* network = channels::shipped().find(vocabulary_.account.network);
    return network ? network->channel->escape(part, options) : nullptr;
  }

  std::string said(const std::string& text, const std::string& field, Worded& worded,
                   channels::Escape escape) const {
    if (!has_variables(text)) return text;
    const Lookup lookup = [&](std::string_view name) -> std::optional<std::string> {
      auto found = vocabulary_(name);
      if (found && has_variables(*found)) found = meaning(*found);
      return found && escape ? escape(*found) : std::move(found);
    };
    Expanded expanded = expand(text, lookup);
    for (std::string& name : expanded.unknown) worded.unknown.push_back({field, std::move(name)});
    return std::move(expanded.text);
  }

  Utm marks_of(const Utm& wanted) const {
    const bool own = !(wanted.source + wanted.medium + wanted.campaign + wanted.content).empty();
    Utm marks{.off = wanted.off || !(wording_.utm.on || own)};
    if (marks.off) return marks;
    const auto chosen = [&](const std::string& mine, const std::string& usual) {
      return expand(mine.empty() ? usual : mine, vocabulary_).text;
    };
    marks.source = chosen(wanted.source, wording_.utm.source);
    marks.medium = chosen(wanted.medium, wording_.utm.medium);
    marks.campaign = chosen(wanted.campaign, wording_.utm.campaign);
    marks.content = chosen(wanted.content, wording_.utm.content);
    return marks;
  }

  // Addresses within a markup stay as they are: nobody knows which of their signs are its own.
  void mark(ContentPart& part, bool marked_up) const {
    if (marks_.off) return;
    const auto one = [&](const std::string& url) { return marked(url, marks_, wording_.utm.excluded); };
    part.link = one(part.link);
    if (wording_.utm.in_text && !marked_up) part.text = change_links(part.text, one);
  }

  void append(ContentPart& part, const std::string& link, const boost::json::object& options) const {
    const channels::Escape escape = escape_of(part, options);
    const std::string written = escape ? escape(link) : link;
    if (part.text.find(link) != std::string::npos || part.text.find(written) != std::string::npos) return;
    part.text += (part.text.empty() ? "" : "\n") + written;
  }

  void put_link(Content& content, LinkPlace place) const {
    auto& parts = content.parts;
    const std::string link = std::exchange(parts.front().link, "");
    if (link.empty()) return;
    auto where = parts.begin();
    if (place == LinkPlace::comment) where = std::ranges::find(parts, true, &ContentPart::comment);
    if (where == parts.end()) where = parts.insert(where, ContentPart{.comment = true});
    append(*where, link, content.options);
  }

  const Wording& wording_;
  Vocabulary vocabulary_;
  Utm marks_;
};
}  // namespace

bool needs_wording(const Post& post) {
  if (std::ranges::any_of(post.targets, [](const Target& t) { return t.link != LinkPlace::usual; }))
    return true;
  return any_part(post, [](const ContentPart& part) {
    return !part.link.empty() || has_variables(part.text) || has_links(part.text);
  });
}

Worded worded(const Post& post, const Target& target, const Account& account, const Wording& wording,
              Instant at) {
  Worded start{target.content ? *target.content : post.content, {}};
  return Wordsmith(wording, account, at).run(std::move(start), post.utm, target.link);
}

bool speaks_of_time(const Post& post) {
  return any_part(
      post, [](const ContentPart& part) { return has_variables(part.text) || has_variables(part.link); });
}

}  // namespace carillon::plan
