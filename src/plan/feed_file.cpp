#include "plan/feed_file.h"

#include <fmt/format.h>

#include <pugixml.hpp>

#include "base/charset.h"
#include "base/digest.h"
#include "base/text.h"
#include "wire/url.h"

namespace carillon::plan {

namespace {
constexpr size_t longest_title = 300, longest_summary = 500;

Fault not_a_feed(std::string text, std::string remedy) {
  return {
      .kind = FaultKind::invalid, .code = "not_a_feed", .text = std::move(text), .remedy = std::move(remedy)};
}

// Names count without their prefix: "dc:date" is "date".
std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& of, std::string_view name) {
  for (const pugi::xml_node& node : of.children()) {
    if (name == node.name()) return node;  // one without a prefix first: "title" before "media:title"
  }
  for (const pugi::xml_node& node : of.children()) {
    if (local_name(node) == name) return node;
  }
  return {};
}

// All the text below a node, markup of XHTML left out; at most what a summary needs.
void gather(const pugi::xml_node& node, int depth, std::string& out) {
  if (depth > 30 || out.size() > 20'000) return;
  for (const pugi::xml_node& each : node.children()) {
    if (each.type() == pugi::node_pcdata || each.type() == pugi::node_cdata) out += each.value();
    if (each.type() == pugi::node_element) out += ' ', gather(each, depth + 1, out), out += ' ';
  }
}

std::string text_of(const pugi::xml_node& node) {
  std::string all;
  gather(node, 0, all);
  return is_utf8(all) ? all : std::string();
}

// A link of its own, or relative to where the feed is; other schemes are none.
std::string absolute(std::string_view link, const wire::Url& base) {
  const std::string text(trimmed(link));
  if (text.empty() || text.size() > 2'000) return {};
  if (wire::parse_url(text)) return text;
  const size_t colon = text.find(':');
  if (colon != std::string::npos && colon < text.find('/')) return {};
  std::string whole = text.starts_with("//") ? base.scheme + ":" + text : "";
  if (whole.empty() && text.starts_with('/')) whole = base.origin() + text;
  if (whole.empty()) whole = base.origin() + base.path.substr(0, base.path.rfind('/') + 1) + text;
  return wire::parse_url(whole) ? whole : std::string();
}

// Atom has several, for several purposes; RSS has it as text.
std::string link_of(const pugi::xml_node& item, const wire::Url& base) {
  std::string any;
  for (const pugi::xml_node& node : item.children()) {
    if (local_name(node) != "link") continue;
    const std::string_view rel = node.attribute("rel").as_string("alternate");
    const std::string_view href = node.attribute("href").as_string();
    std::string link = absolute(href.empty() ? text_of(node) : std::string(href), base);
    if (link.empty()) continue;
    if (rel == "alternate") return link;
    if (any.empty() && rel != "self" && rel != "edit") any = std::move(link);
  }
  if (!any.empty()) return any;
  const pugi::xml_node guid = child(item, "guid");  // a permalink unless it says no
  if (guid && std::string_view(guid.attribute("isPermaLink").as_string("true")) != "false")
    return absolute(text_of(guid), {});
  return {};
}

std::string summary_of(const pugi::xml_node& item) {
  for (const char* name : {"summary", "description", "encoded", "content"}) {
    const std::string text = plain_text(text_of(child(item, name)));
    if (!text.empty()) return shortened(text, longest_summary);
  }
  return {};
}

FeedItem item_of(const pugi::xml_node& node, const wire::Url& base) {
  FeedItem item;
  item.title = shortened(plain_text(text_of(child(node, "title"))), longest_title);
  item.link = link_of(node, base);
  item.summary = summary_of(node);
  std::string name(trimmed(text_of(child(node, "guid"))));
  if (name.empty()) name = std::string(trimmed(text_of(child(node, "id"))));
  if (name.empty()) name = node.attribute("rdf:about").as_string();
  if (name.empty()) name = item.link;
  if (name.empty()) name = item.title + "\n" + text_of(child(node, "pubDate")) + "\n" + item.summary;
  item.name = to_hex(sha256(name)).substr(0, 32);
  return item;
}

void add_items(const pugi::xml_node& of, std::string_view name, const wire::Url& base, FeedFile& feed) {
  for (const pugi::xml_node& node : of.children()) {
    if (local_name(node) != name || feed.items.size() >= most_items) continue;
    FeedItem item = item_of(node, base);
    if (!item.title.empty() || !item.link.empty() || !item.summary.empty())
      feed.items.push_back(std::move(item));
  }
}

// The encoding in <?xml version="1.0" encoding="windows-1252"?>; empty: none is named.
std::string_view declared_charset(std::string_view bytes) {
  std::string_view head = bytes.substr(0, bytes.find("?>"));
  const size_t name = head.find("encoding");
  if (!bytes.starts_with("<?xml") || name == std::string_view::npos) return {};
  const size_t begin = head.find_first_of("\"'", name);
  if (begin == std::string_view::npos) return {};
  head.remove_prefix(begin);
  return head.substr(1, head.find(head.front(), 1) - 1);
}

// UTF-16 and UTF-32 are known by their first bytes; pugixml reads them.
bool is_wide(std::string_view bytes) {
  return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff") || bytes.substr(0, 4).contains('\0');
}

// Bytes of one of them, or UTF-8.
Result<std::string> readable(std::string_view bytes, std::string_view charset) {
  if (is_wide(bytes) || is_utf8(bytes)) return std::string(bytes);
  const std::string_view declared = declared_charset(bytes);
  for (const std::string_view name : {charset, declared}) {
    if (auto text = utf8_from(bytes, name)) return std::move(*text);
  }
  const std::string_view named = declared.empty() ? charset : declared;
  return refuse(not_a_feed(
      named.empty() ? "This is not written in UTF-8, and names no other encoding."
                    : fmt::format("This says that it is written in {}, and is not.", shortened(named, 40)),
      "Ask whoever publishes the feed to send it in UTF-8."));
}

Result<pugi::xml_node> root_of(const pugi::xml_document& document) {
  const pugi::xml_node root = document.document_element();
  const std::string_view name = local_name(root);
  if (name == "rss" || name == "RDF" || name == "feed") return root;
  if (name == "html" || name == "HTML")
    return refuse(not_a_feed("This is a web page and not a feed.",
                             "Look for its feed: often /feed, /rss or /atom.xml."));
  return refuse(not_a_feed(fmt::format("This is XML, but no feed: it begins with <{}>.", shortened(name, 40)),
                           "Give the address of an RSS or Atom feed."));
}

bool looks_like_a_page(std::string_view bytes) {
  const std::string head = lowered(bytes.substr(0, 1'000));
  return head.find("<html") != std::string::npos || head.find("<!doctype html") != std::string::npos;
}
}  // namespace

Result<FeedFile> parse_feed(std::string_view bytes, std::string_view address, std::string_view charset) {
  if (bytes.size() > largest_feed)
    return refuse(
        not_a_feed(fmt::format("This is {} bytes long, at most {} are read.", bytes.size(), largest_feed),
                   "Ask for a shorter feed."));
  const auto text = readable(bytes, charset);
  if (!text) return refuse(text.error());
  pugi::xml_document document;
  const auto parsed =
      document.load_buffer(text->data(), text->size(), pugi::parse_default | pugi::parse_ws_pcdata_single,
                           is_wide(bytes) ? pugi::encoding_auto : pugi::encoding_utf8);
  if (looks_like_a_page(bytes) && (!parsed || local_name(document.document_element()) != "rss"))
    return refuse(not_a_feed("This is a web page and not a feed.",
                             "Look for its feed: often /feed, /rss or /atom.xml."));
  if (!parsed)
    return refuse(not_a_feed(
        fmt::format("This is no XML that can be read: {} (at byte {}).", parsed.description(), parsed.offset),
        "Check the address; the feed may be broken."));
  const auto root = root_of(document);
  if (!root) return refuse(root.error());
  const wire::Url base = wire::parse_url(address).value_or(wire::Url{});
  const pugi::xml_node channel = child(*root, "channel");
  FeedFile feed;
  feed.title = shortened(plain_text(text_of(child(channel ? channel : *root, "title"))), longest_title);
  if (channel) add_items(channel, "item", base, feed);
  add_items(*root, local_name(*root) == "feed" ? "entry" : "item", base, feed);
  return feed;
}

}  // namespace carillon::plan
