// carillon planning: marks on links, and how near is too near
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon planning                                            how links are marked, what is warned of\n"
    "  carillon planning --utm on --utm-source \"{{network}}\" --utm-medium social\n"
    "  carillon planning --utm-exclude github.com                   links there stay as they are\n"
    "  carillon planning --clash-minutes 30 --duplicate-days 14";

// What is given is changed, the rest stays.
struct Asked {
  std::optional<std::string> on, in_text, source, medium, campaign, content;
  std::optional<std::vector<std::string>> excluded;
  std::optional<int64_t> clash, duplicate;
};

bool any(const Asked& asked) {
  return asked.on || asked.in_text || asked.source || asked.medium || asked.campaign || asked.content ||
         asked.excluded || asked.clash || asked.duplicate;
}

void change(json::object& rules, const Asked& asked) {
  json::object& utm = rules["utm"].as_object();
  const auto word = [&](const char* name, const std::optional<std::string>& text) {
    if (text) utm[name] = *text;
  };
  if (asked.on) utm["on"] = *asked.on == "on";
  if (asked.in_text) utm["in_text"] = *asked.in_text == "on";
  word("source", asked.source);
  word("medium", asked.medium);
  word("campaign", asked.campaign);
  word("content", asked.content);
  if (asked.excluded) utm["excluded"] = json::array(asked.excluded->begin(), asked.excluded->end());
  if (asked.clash) rules["clash_minutes"] = *asked.clash;
  if (asked.duplicate) rules["duplicate_days"] = *asked.duplicate;
}

std::string spoken(const json::value& rules) {
  const json::value& utm = rules.at("utm");
  std::vector<std::string> hosts;
  for (const json::value& host : list_of(utm, "excluded")) hosts.emplace_back(host.get_string());
  return table({"", ""},
               {{"marks on links", flag_of(utm, "on") ? "on" : "off"},
                {"in texts, too", flag_of(utm, "in_text") ? "yes" : "no"},
                {"utm_source", text_of(utm, "source")},
                {"utm_medium", text_of(utm, "medium")},
                {"utm_campaign", text_of(utm, "campaign")},
                {"utm_content", text_of(utm, "content")},
                {"never on", fmt::format("{}", fmt::join(hosts, ", "))},
                {"clash, minutes", std::to_string(rules.at("clash_minutes").to_number<int64_t>())},
                {"duplicate, days", std::to_string(rules.at("duplicate_days").to_number<int64_t>())}});
}

Exit planning(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  auto rules = client.json("GET", "/api/v1/planning");
  if (rules && any(asked)) {
    change(rules->as_object(), asked);
    rules = client.json("PUT", "/api/v1/planning", rules->as_object());
  }
  if (!rules) return terminal.fail(rules.error());
  terminal.show(*rules, spoken(*rules));
  return Exit::ok;
}

}  // namespace

void add_planning(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "planning", "Marks on links; warnings of clashes and repeats", examples);
  const auto asked = std::make_shared<Asked>();
  const auto on_off = CLI::IsMember({"on", "off"});
  command.add_option("--utm", asked->on, "Mark the links of all posts: on or off")->check(on_off);
  command.add_option("--utm-in-text", asked->in_text, "Addresses within texts, too: on or off")
      ->check(on_off);
  command.add_option("--utm-source", asked->source, "Where visitors come from, such as {{network}}");
  command.add_option("--utm-medium", asked->medium, "By what kind of way, such as social");
  command.add_option("--utm-campaign", asked->campaign, "Which campaign");
  command.add_option("--utm-content", asked->content, "Which link");
  command.add_option("--utm-exclude", asked->excluded, "Host whose links are never marked; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--clash-minutes", asked->clash,
                     "Warn of posts of an account closer than this; 0: never");
  command.add_option("--duplicate-days", asked->duplicate,
                     "Warn of the same text within so many days; 0: never");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] {
    ask_server(frame, remote, [asked](const Terminal& terminal, net::WaitingClient& client) {
      return planning(terminal, client, *asked);
    });
  });
}

}  // namespace carillon::cli
