// The sandbox's own front page: where the feeds are, what goes wrong on purpose, what was accepted.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "base/text.h"
#include "sandbox/oauth.h"
#include "sandbox/pages.h"

namespace carillon::sandbox {
namespace {

struct Kind {
  std::string_view name, words;
};
constexpr std::array<Kind, 15> kinds = {{{"lose_answer", "Accept, then lose the answer"},
                                         {"error_after_accept", "Accept, then answer with an error"},
                                         {"rate_limit", "Limit reached, says until when"},
                                         {"rate_limit_silent", "Limit reached, says nothing more"},
                                         {"error_before", "Out of order (503)"},
                                         {"lose_request", "Lose the request"},
                                         {"hang", "Never answer"},
                                         {"give_up", "Take it, work on it, never show it"},
                                         {"slow", "Answer very late"},
                                         {"expire_tokens", "All tokens expire"},
                                         {"drop_refresh", "Refresh without a new refresh token"},
                                         {"garbage", "Accept, then half an answer"},
                                         {"html", "Accept, then answer with a web page"},
                                         {"empty", "Accept, then an empty answer"},
                                         {"huge", "Accept, then an enormous error"}}};

std::string tiles(const std::vector<Network*>& networks) {
  std::string all;
  for (Network* network : networks) {
    const auto posts = std::ranges::count_if(network->shelf().posts(),
                                             [](const Post& post) { return post.out && !post.gone; });
    const std::string_view name = network->name(), label = look_of(name).label;
    all += fmt::format(
        R"(<a class="tile" href="/{0}/feed"><div class="mark {0}" aria-hidden="true">{1}</div><b>{2}</b><div class="note">{3} post{4}</div></a>)",
        name, label.substr(0, 1), label, posts, posts == 1 ? "" : "s");
  }
  return fmt::format(R"(<div class="grid">{}</div>)", all);
}

std::string fault_form(const std::vector<Network*>& networks) {
  std::string network_options = R"(<option value="">every network</option>)", kind_options;
  for (const Network* network : networks)
    network_options +=
        fmt::format(R"(<option value="{}">{}</option>)", network->name(), look_of(network->name()).label);
  for (const Kind& kind : kinds)
    kind_options += fmt::format(R"(<option value="{}">{}</option>)", kind.name, kind.words);
  return fmt::format(
      R"(<form class="fault" method="post" action="/control/faults"><label>On<select name="network">{}</select></label><label>What happens<select name="kind">{}</select></label><label>Requests<input type="number" name="times" value="1" min="-1"></label><label>Share in %<input type="number" name="percent" value="100" min="1" max="100"></label><button class="go">Make it happen</button></form>)",
      network_options, kind_options);
}

std::string orders(const Faults& faults) {
  if (faults.orders().empty()) return R"(<p class="note">Nothing is broken on purpose.</p>)";
  std::string rows;
  for (const FaultOrder& order : faults.orders()) {
    const auto kind = std::ranges::find(kinds, order.kind, &Kind::name);
    rows += fmt::format(
        R"(<tr><td>{}</td><td>{}</td><td>{}</td><td>{} %</td><td><form method="post" action="/control/faults/{}/remove"><button>Stop</button></form></td></tr>)",
        order.network.empty() ? "every network" : look_of(order.network).label,
        kind == kinds.end() ? order.kind : kind->words,
        order.times < 0 ? "until stopped" : fmt::format("{} more", order.times), order.percent, order.id);
  }
  return fmt::format(
      R"(<div class="scroll"><table><tr><th>Where</th><th>What</th><th>Requests</th><th>Share</th><th></th></tr>{}</table></div><p><form method="post" action="/control/heal"><button class="go">Stop all faults</button></form></p>)",
      rows);
}

std::string by_hand() {
  std::string all;
  for (const Listing* one : listings())
    all += fmt::format(R"(<div class="tile"><b>{}</b>{}</div>)", one->look.label, one->look.by_hand);
  return all;
}

std::string accepted(const Ledger& ledger, Instant now) {
  const auto& effects = ledger.effects();
  if (effects.empty()) return R"(<p class="note">Nothing has been accepted yet.</p>)";
  std::string rows;
  for (const Effect& effect : effects | std::views::reverse | std::views::take(12))
    rows += fmt::format(
        R"(<tr><td>{}</td><td class="{}"><a href="{}">{}</a></td><td>{}</td></tr>)",
        look_of(effect.network).label, effect.deleted ? "struck" : "", escape_html(effect.url),
        escape_html(effect.text.empty() ? "(no text)" : shortened(effect.text, 120)), age(effect.at, now));
  return fmt::format(
      R"(<div class="scroll"><table><tr><th>Network</th><th>Text</th><th>Age</th></tr>{}</table></div><p class="note">{} in all. As JSON: <a href="/control/ledger">/control/ledger</a></p>)",
      rows, effects.size());
}

}  // namespace

std::string front_page(const std::vector<Network*>& networks, const Ledger& ledger, const Faults& faults,
                       Instant now) {
  const std::string body = fmt::format(
      R"(<h1>The networks, in a box</h1><p class="lead">Everything an app publishes here stays here. The rules, limits and refusals are those of the real networks, so that what works here works there.</p>{}<h2>Break something on purpose</h2>{}<h2>What is broken now</h2>{}<h2>Accepted lately</h2>{}<h2>Connecting by hand</h2><div class="grid">{}</div>)",
      tiles(networks), fault_form(networks), orders(faults), accepted(ledger, now), by_hand());
  return page("plain", "Carillon sandbox", body);
}

}  // namespace carillon::sandbox
