// What a feed says: RSS 0.9x, 1.0 and 2.0, and Atom, read into items; and the text that an item becomes.
// Entities of documents are never followed, and nothing outside of the text is asked for. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/content.h"
#include "model/words.h"

namespace carillon::plan {

struct FeedItem {
  std::string name;     // hash of what it calls itself: the same item has the same
  std::string title;    // plain text
  std::string link;     // absolute, or empty
  std::string summary;  // plain text, not long
};

struct FeedFile {
  std::string title;
  std::vector<FeedItem> items;  // as they stand: usually the newest first
};

// address: where it came from; links are read relative to it. charset: as the server names it, or empty; the
// feed's own declaration counts, too. Fault: invalid, says what it is instead.
Result<FeedFile> parse_feed(std::string_view bytes, std::string_view address, std::string_view charset = "");

// Text of HTML: without its tags and comments, entities as characters, spaces as one.
std::string plain_text(std::string_view html);

// "{{title}}", "{{link}}", "{{summary}}", "{{feed}}" are filled in; variables stay, for when it goes out.
// Braces of the feed's own are no variables: they are escaped.
std::string fill_template(std::string_view form, const FeedItem& item, std::string_view feed);
// What an item says: the link goes beside the text when the template has no place for it.
ContentPart said_of(std::string_view form, const FeedItem& item, std::string_view feed);
// The first "{{word}}" that is none of these, no variable of the workspace and not built in; none: all are
// known.
std::optional<std::string> unknown_word(std::string_view form, std::span<const Variable> variables);

inline constexpr size_t largest_feed = size_t{4} << 20;  // bytes
inline constexpr size_t most_items = 500;                // of one feed that are read

}  // namespace carillon::plan
