// carillon media fit ID --for NETWORK: a copy that goes there, made and waited for
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "cli/terminal.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon media fit ID --for instagram            whatever its rules want\n"
    "  carillon media fit ID --for facebook --as reel\n"
    "  carillon media fit ID --for x --from 90          a film that is too long: from 1:30 on\n"
    "  carillon media fit ID --ratio 1:1 --focus 30,50  a crop; the focus in percent from left and top";

struct Asked {
  std::string id, network, as, ratio, focus;
  double from = 0;  // seconds
};

std::pair<int, int> two_numbers(const std::string& text, char between) {
  const size_t at = text.find(between);
  if (at == std::string::npos) return {0, 0};
  return {std::atoi(text.substr(0, at).c_str()), std::atoi(text.substr(at + 1).c_str())};
}

Result<json::object> wish_of(const Asked& asked) {
  json::object wish;
  const auto wrong = [](std::string text, std::string remedy) {
    return refuse({.code = "usage", .text = std::move(text), .remedy = std::move(remedy)});
  };
  if (asked.network.empty() && asked.ratio.empty())
    return wrong("It is not said what to make.", "Give --for or --ratio.");
  if (!asked.network.empty()) wish["for"] = asked.network;
  if (!asked.as.empty()) wish["as"] = asked.as;
  if (asked.from > 0) wish["from_ms"] = static_cast<int64_t>(asked.from * 1000);
  if (!asked.ratio.empty()) {
    const auto [width, height] = two_numbers(asked.ratio, ':');
    if (width <= 0 || height <= 0) return wrong("This is no ratio: " + asked.ratio, "Write it like 4:5.");
    wish["ratio"] = json::object{{"width", width}, {"height", height}};
  }
  if (!asked.focus.empty()) {
    const auto [x, y] = two_numbers(asked.focus, ',');
    if (x < 0 || y < 0 || x > 100 || y > 100)
      return wrong("This is no focus: " + asked.focus, "Write percents from left and top, like 30,50.");
    wish["focus"] = json::object{{"x", x * 10}, {"y", y * 10}};
  }
  return wish;
}

double share_of(const json::value& conversion) {
  const json::value& share = conversion.at("share");
  return share.is_double()  ? share.get_double()
         : share.is_int64() ? static_cast<double>(share.get_int64())
                            : 0;
}

// Until it is over: its progress on the terminal.
Result<json::value> awaited(Terminal& terminal, net::WaitingClient& client, json::value conversion) {
  while (text_of(conversion, "state") == "waiting" || text_of(conversion, "state") == "working") {
    terminal.progress("converting", share_of(conversion), 1);
    client.pause(500ms);
    auto next = client.json("GET", "/api/v1/conversions/" + text_of(conversion, "id"));
    if (!next) return next;
    conversion = std::move(*next);
  }
  terminal.progress_done();
  return conversion;
}

Exit fit(Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto wish = wish_of(asked);
  if (!wish) return terminal.fail(wish.error());
  auto conversion = client.json("POST", "/api/v1/media/" + asked.id + "/derivatives", *wish);
  if (conversion) conversion = awaited(terminal, client, std::move(*conversion));
  if (!conversion) return terminal.fail(conversion.error());
  const json::value& made = conversion->at("made");
  if (!made.is_object()) {
    const json::value& fault = conversion->at("fault");
    return terminal.fail({.code = "not_made",
                          .text = fault.is_object() ? text_of(fault, "text") : "It was canceled.",
                          .remedy = fault.is_object() ? text_of(fault, "remedy") : ""});
  }
  terminal.show(*conversion, fmt::format("{}  {}\n", text_of(made, "id"), printable(text_of(made, "name"))));
  return Exit::ok;
}

}  // namespace

void add_media_fit(CLI::App& media, Frame& frame) {
  CLI::App& command =
      add_command(media, frame, "fit", "Make a copy that a network takes, or a crop", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option("id", asked->id, "Id of the file")->required();
  command.add_option("--for", asked->network, "The network: instagram, x, …");
  command.add_option("--as", asked->as, "How it is published there: reel, story");
  command
      .add_option("--from", asked->from,
                  "Seconds after which a film begins that is too long there and is cut")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--ratio", asked->ratio, "Shape of the crop: 1:1, 4:5, 16:9");
  command.add_option("--focus", asked->focus, "What the crop keeps: percents from left and top [50,50]");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] {
    ask_server(frame, remote, [&frame, asked](const Terminal&, net::WaitingClient& client) {
      return fit(frame.terminal, client, *asked);
    });
  });
}

}  // namespace carillon::cli
