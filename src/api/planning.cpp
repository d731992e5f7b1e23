// How the workspace plans: marks on links, and how near two posts of an account may come before it is said.
#include <fmt/format.h>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/post_input.h"
#include "api/shared_words.h"
#include "base/text.h"
#include "plan/variables.h"
#include "store/phrasebook.h"

namespace carillon::api {

namespace {
constexpr int64_t most_minutes = 24 * 60;
constexpr int64_t most_days = 90;

// "https://shop.example/x" and "www.shop.example" become a host.
std::string host_of(std::string_view text) {
  text = trimmed(text);
  if (const size_t scheme = text.find("://"); scheme != std::string_view::npos)
    text.remove_prefix(scheme + 3);
  return lowered(text.substr(0, text.find_first_of("/?#:")));
}

UtmTemplate read_template(Reader& in) {
  const Utm words = read_utm_words(in);
  UtmTemplate utm{.on = in.maybe_flag("on").value_or(false),
                  .in_text = in.maybe_flag("in_text").value_or(false)};
  utm.source = words.source;
  utm.medium = words.medium;
  utm.campaign = words.campaign;
  utm.content = words.content;
  if (utm.on && utm.source.empty())
    in.refuse("too_short", "Marks without a source tell nothing.", "source",
              "Write {{network}}, for example.");
  for (const auto& text : in.maybe_texts("excluded", 100, {1, 253}).value_or(std::vector<std::string>{})) {
    if (std::string host = host_of(text); host.find('.') != std::string::npos || host == "localhost")
      utm.excluded.push_back(std::move(host));
    else
      in.refuse("not_a_host", fmt::format("“{}” is not a host.", shortened(text, 60)), "excluded",
                "Write shop.example.");
  }
  return utm;
}

store::PlanningRules read_rules(Reader& in) {
  store::PlanningRules rules;
  in.require("utm");
  in.object("utm", [&](Reader& utm) { rules.utm = read_template(utm); });
  in.require("clash_minutes");
  in.require("duplicate_days");
  rules.nearness.clash = std::chrono::minutes(in.maybe_integer("clash_minutes", 0, most_minutes).value_or(0));
  rules.nearness.duplicate =
      std::chrono::hours(24 * in.maybe_integer("duplicate_days", 0, most_days).value_or(0));
  return rules;
}

std::string render(const store::PlanningRules& rules) {
  Json json;
  json.begin().key("utm").begin().field("on", rules.utm.on).field("in_text", rules.utm.in_text);
  json.field("source", rules.utm.source).field("medium", rules.utm.medium);
  json.field("campaign", rules.utm.campaign).field("content", rules.utm.content);
  json.texts("excluded", rules.utm.excluded).end();
  json.field("clash_minutes", std::chrono::duration_cast<std::chrono::minutes>(rules.nearness.clash).count());
  json.field("duplicate_days",
             std::chrono::duration_cast<std::chrono::hours>(rules.nearness.duplicate).count() / 24);
  return json.end().take();
}
}  // namespace

Answering get_planning(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::Phrasebook(unit).rules(request.caller.workspace); };
  const auto rules = co_await seen(desk.store, std::move(look));
  co_return json_answer(200, render(rules));
}

Answering put_planning(Request& request, Desk& desk) {
  const auto rules = read_body(request, read_rules);
  if (!rules) co_return refuse(rules.error());
  auto work = [&](store::Unit& unit) -> Result<bool> {
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    store::Phrasebook(unit).put(request.caller.workspace, *rules);
    audit(unit, request, "planning.edited", "planning");
    return true;
  };
  const auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(done.error());
  desk.events.publish(request.caller.workspace, {.kind = "words", .id = "planning", .state = "edited"});
  co_return json_answer(200, render(*rules));
}

}  // namespace carillon::api
