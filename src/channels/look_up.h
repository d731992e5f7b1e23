// Looking up a lost post: when the publishing request left (kept in the progress), what counts as the same
// text, and when "it is not in the list" may be believed (engine-invariants: the list answered cleanly and
// the settling time had passed when it was asked). Pure, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "channels/channel.h"

namespace carillon::channels {

// Instants and counts in a progress.
void note(boost::json::object& facts, std::string_view name, Instant at);
std::optional<Instant> noted(const boost::json::object& facts, std::string_view name);
std::string kept_text(const boost::json::object& facts, std::string_view name);
int64_t kept_number(const boost::json::object& facts, std::string_view name);
// What a person chose: an option given as a word, or as true and false.
bool option_is(const Job& job, std::string_view name, std::string_view wanted);

// Before every publishing request: "sent_at" is the first time it left, "last_sent" the latest.
void note_sending(boost::json::object& facts, Instant now);
// Posts made before this cannot be ours: a day before the first sending, for clocks that are wrong.
Instant window_start(const boost::json::object& facts);
// A question that starts over forgets which page it was on, and what it saw there.
void begin_question(boost::json::object& facts);
// Before a question: it begins, "asked_at".
void note_asking(boost::json::object& facts, Instant now);
// May the answer to a question of this progress be half read already? Then the next page goes on; an old half
// is dropped.
bool goes_on(const boost::json::object& facts, Instant now);
// The facts for the page after this one; nothing when the list goes round in circles or never ends.
std::optional<boost::json::object> next_page(boost::json::object facts, const std::string& page);
// How much one of a list looks like ours.
enum class Likeness : uint8_t { none, perhaps, same };
// By what a reader sees of both, in plain form. The same words are believed; without any, one picture looks
// like another.
Likeness by_words(std::string_view shown, std::string_view ours);
// One of the list may be ours, and nothing tells: unless a later one is for certain, nobody can say.
void note_alike(boost::json::object& facts);

// The list was read to its end and it is not there for certain.
Move not_listed(const Traits& traits, const boost::json::object& facts);
// Nobody knows when it was sent, or the list is too long to be read: nothing can be said.
Unclear cannot_be_told();
// The question itself was not answered cleanly: a limit or a lost credential is passed on, anything else is
// unclear.
Move not_answered(const Fault& fault);

// Text as it is compared: NFC, runs of white space as one blank, none at the ends.
std::string plain_form(std::string_view text);

}  // namespace carillon::channels
