#include "channels/look_up.h"

#include <fmt/core.h>

#include "base/text.h"
#include "channels/json_answer.h"

namespace carillon::channels {

namespace json = boost::json;

namespace {

// The network's clock is not ours: "made before it was sent" must not be believed of a server whose clock is
// wrong. What we delivered ourselves in that time is known by its id (Job::known).
constexpr Duration margin_for_clocks = std::chrono::hours(24);

}  // namespace

void note(json::object& facts, std::string_view name, Instant at) {
  facts[name] = at.us;
}

std::optional<Instant> noted(const json::object& facts, std::string_view name) {
  const json::value* value = facts.if_contains(name);
  const int64_t* us = value == nullptr ? nullptr : value->if_int64();
  return us == nullptr ? std::nullopt : std::optional<Instant>(Instant{*us});
}

std::string kept_text(const json::object& facts, std::string_view name) {
  const json::value* value = facts.if_contains(name);
  return value == nullptr ? std::string() : as_text(*value);
}

int64_t kept_number(const json::object& facts, std::string_view name) {
  const json::value* value = facts.if_contains(name);
  const int64_t* number = value == nullptr ? nullptr : value->if_int64();
  return number == nullptr ? 0 : *number;
}

bool option_is(const Job& job, std::string_view name, std::string_view wanted) {
  const json::value* value = job.content.options.if_contains(name);
  if (value == nullptr) return false;
  return value->is_bool() ? (value->get_bool() ? "true" : "false") == wanted : as_text(*value) == wanted;
}

void note_sending(json::object& facts, Instant now) {
  if (!noted(facts, "sent_at")) note(facts, "sent_at", now);
  note(facts, "last_sent", now);
}

Instant window_start(const json::object& facts) {
  return noted(facts, "sent_at").value_or(Instant{0} + margin_for_clocks) - margin_for_clocks;
}

void begin_question(json::object& facts) {
  for (const char* name : {"page", "pages", "alike"}) facts.erase(name);
}

void note_asking(json::object& facts, Instant now) {
  begin_question(facts);
  note(facts, "asked_at", now);
}

bool goes_on(const json::object& facts, Instant now) {
  const auto asked = noted(facts, "asked_at");
  return facts.contains("page") && asked && now - *asked < std::chrono::minutes(2);
}

std::optional<json::object> next_page(json::object facts, const std::string& page) {
  const int64_t pages = kept_number(facts, "pages") + 1;
  if (pages > 25 || kept_text(facts, "page") == page) return std::nullopt;
  facts["pages"] = pages;
  facts["page"] = page;
  return facts;
}

Unclear cannot_be_told() {
  return {"The list of published posts does not tell whether this one is there: look at the network itself."};
}

Likeness by_words(std::string_view shown, std::string_view ours) {
  if (shown != ours) return Likeness::none;
  return ours.empty() ? Likeness::perhaps : Likeness::same;
}

void note_alike(json::object& facts) {
  facts["alike"] = true;
}

Move not_listed(const Traits& traits, const json::object& facts) {
  if (facts.contains("alike"))
    return Unclear{traits.label +
                   " lists a post that may be this one, but nothing in it tells them apart: look there."};
  const auto sent = noted(facts, "last_sent");
  const auto asked = noted(facts, "asked_at");
  if (!sent || !asked) return cannot_be_told();
  if (*asked - *sent >= traits.settling) return Absent{};
  return Unclear{
      fmt::format("{} does not list this post yet, but may still show it: it was asked {} seconds after "
                  "the post was sent, and absence counts after {}.",
                  traits.label, (*asked - *sent).count() / 1'000'000, traits.settling.count() / 1'000'000)};
}

Move not_answered(const Fault& fault) {
  if (fault.kind == FaultKind::throttled || fault.code == "token_expired") return fault;
  return Unclear{"The question whether this post is there was not answered. " + fault.text};
}

std::string plain_form(std::string_view text) {
  std::string out;
  bool blank = false;
  const std::string composed = nfc(text);
  for (size_t i = 0; i < composed.size(); ++i) {
    const bool no_break = composed.compare(i, 2, "\xC2\xA0") == 0;
    if (no_break) ++i;
    if (no_break || composed[i] == ' ' || (composed[i] >= '\t' && composed[i] <= '\r')) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += composed[i];
  }
  return out;
}

}  // namespace carillon::channels
