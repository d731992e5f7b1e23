// Variables of the workspace: what {{name}} stands for, and for which accounts it is something else.
#include <fmt/format.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/events.h"
#include "api/handlers.h"
#include "api/shared_words.h"
#include "base/text.h"
#include "plan/variables.h"
#include "store/accounts.h"
#include "store/phrasebook.h"

namespace carillon::api {

namespace {
constexpr Length text_length{0, 5000};
constexpr size_t most_own = 200;

// What it says may use what is always there, and no other variable: then nothing can go round in circles.
void check_text(Reader& in, const std::string& text, std::string_view field) {
  const plan::Lookup always = [](std::string_view name) -> std::optional<std::string> {
    return plan::is_built_in(name) ? std::optional<std::string>("") : std::nullopt;
  };
  const auto unknown = plan::expand(text, always).unknown;
  if (unknown.empty()) return;
  in.refuse("variable_in_variable", fmt::format("The text uses the variable “{}”.", unknown.front()), field,
            "Only built-in ones can be used here, such as {{account.name}}.");
}

Variable read_variable(Reader& in) {
  Variable variable;
  variable.text = in.text("text", text_length);
  check_text(in, variable.text, "text");
  in.objects("own", most_own, [&](Reader& one) {
    const auto account = one.id<AccountId>("account");
    std::string text = one.text("text", text_length);
    check_text(one, text, "text");
    if (!variable.own.emplace(account, std::move(text)).second)
      one.refuse("duplicate_target", "This account is there twice.", "account", "Name each account once.");
  });
  return variable;
}

void write(Json& json, const Variable& variable) {
  json.begin().field("name", variable.name).field("text", variable.text).key("own").list();
  for (const auto& [account, text] : variable.own)
    json.begin().field("account", account).field("text", text).end();
  json.end_list().end();
}

// Fault: invalid.
Result<std::string> name_in_path(const Request& request) {
  const std::string name(request.captured[0]);
  if (!plan::is_variable_name(name) || name.find(':') != std::string::npos) {
    return refuse(invalid("not_a_name",
                          fmt::format("“{}” cannot be the name of a variable.", shortened(name, 60)), "name",
                          "Use small letters, digits, “_”, “-” and “.”, 60 at the most."));
  }
  if (plan::is_built_in(name)) {
    return refuse(invalid("built_in", fmt::format("“{}” is there already: it is built in.", name), "name",
                          "Choose another name."));
  }
  return name;
}

Result<Variable> keep_variable(store::Unit& unit, const Request& request, const Variable& variable) {
  for (const auto& [account, text] : variable.own) {
    if (!store::Accounts(unit).find(request.caller.workspace, account))
      return refuse(invalid("account_unknown", "There is no such account here.", "own",
                            "Choose one of GET /api/v1/accounts."));
  }
  store::Phrasebook(unit).put(request.caller.workspace, variable);
  audit(unit, request, "variable.edited", "variable:" + variable.name, shortened(variable.text, 200));
  return variable;
}
}  // namespace

Answering list_variables(Request& request, Desk& desk) {
  auto look = [&](store::Unit& unit) { return store::Phrasebook(unit).variables(request.caller.workspace); };
  const auto variables = co_await seen(desk.store, std::move(look));
  Json json;
  json.begin().key("items").list();
  for (const Variable& variable : variables) write(json, variable);
  json.end_list().key("built_in").list();
  for (const plan::BuiltIn& one : plan::built_ins())
    json.begin().field("name", one.name).field("help", one.help).field("example", one.example).end();
  json.end_list().end();
  co_return json_answer(200, json.take());
}

Answering put_variable(Request& request, Desk& desk) {
  auto name = name_in_path(request);
  if (!name) co_return refuse(std::move(name.error()));
  auto variable = read_body(request, read_variable);
  if (!variable) co_return refuse(std::move(variable.error()));
  variable->name = std::move(*name);
  auto work = [&](store::Unit& unit) -> Result<Variable> {
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    return keep_variable(unit, request, *variable);
  };
  const auto kept = co_await written(desk.store, std::move(work));
  if (!kept) co_return refuse(kept.error());
  desk.events.publish(request.caller.workspace, {.kind = "words", .id = "variables", .state = "edited"});
  Json json;
  write(json, *kept);
  co_return json_answer(200, json.take());
}

Answering remove_variable(Request& request, Desk& desk) {
  const std::string name(request.captured[0]);
  auto work = [&](store::Unit& unit) -> Result<bool> {
    if (auto may = may_change_shared(unit, request); !may) return refuse(std::move(may.error()));
    if (!store::Phrasebook(unit).remove(request.caller.workspace, name)) return refuse(not_found("variable"));
    audit(unit, request, "variable.removed", "variable:" + name);
    return true;
  };
  const auto done = co_await written(desk.store, std::move(work));
  if (!done) co_return refuse(done.error());
  desk.events.publish(request.caller.workspace, {.kind = "words", .id = "variables", .state = "edited"});
  co_return nothing();
}

}  // namespace carillon::api
