// carillon post
#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <iostream>
#include <iterator>

#include "base/random.h"
#include "cli/command.h"
#include "cli/post_lookup.h"
#include "cli/post_view.h"
#include "cli/remote.h"
#include "run/clock.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon post \"Fresh cakes from nine\" --to @shop                      at once\n"
    "  carillon post \"Spring menu\" --to x --to facebook --media menu.jpg --alt \"The menu\" \\\n"
    "      --at \"2026-11-20 09:30\" --zone Europe/Berlin                      at that time, on every x and "
    "facebook account\n"
    "  carillon post \"First\" \"Second\" --to x:@shop --wait                    a thread; waits until it is "
    "out\n"
    "  carillon post \"Plum tart is back\" --to @shop --queue                  at its next free slot\n"
    "  carillon post \"Plum or apple?\" --to all --poll Plum --poll Apple --poll-open 3d \\\n"
    "      --own x=\"Plum or apple? Vote!\"                                    a poll; x gets a text of its "
    "own\n"
    "  echo \"Long text\" | carillon post - --to all --draft                   a draft\n"
    "  carillon post \"Is this too long?\" --to all --check                    what each network would say";

void read_stdin(std::vector<std::string>& texts) {
  for (std::string& text : texts) {
    if (text != "-") continue;
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
    while (text.ends_with('\n')) text.pop_back();
  }
}

Result<json::value> wait_for(net::WaitingClient& client, Terminal& terminal, const std::string& id) {
  for (;;) {
    auto post = client.json("GET", "/api/v1/posts/" + id);
    if (!post || is_over(*post)) {
      terminal.progress_done();
      return post;
    }
    terminal.progress(text_of(*post, "state"), settled_share(*post), 1);
    client.pause(300ms);
  }
}

Exit post(Terminal& terminal, const Frame& frame, const RemoteOptions& remote, Asked asked) {
  read_stdin(asked.composition.texts);
  OneFile source;
  const auto client = reach(frame, remote, &source);
  if (!client) return terminal.fail(client.error());
  if (!asked.repeat.empty() && asked.composition.at.empty() && asked.composition.queue.empty()) {
    return terminal.fail({.kind = FaultKind::invalid,
                          .code = "usage",
                          .text = "--repeat needs a time to begin with.",
                          .field = "repeat",
                          .remedy = "Add --at, --queue or --best."});
  }
  if (auto found = look_up(**client, terminal, source, asked); !found) return terminal.fail(found.error());
  const auto body = compose(asked.composition, run::wall_clock());
  if (!body) return terminal.fail(body.error());
  if (asked.check) {
    const auto report = (*client)->json("POST", "/api/v1/posts/check", *body);
    return report ? say_check(terminal, *report) : terminal.fail(report.error());
  }
  SystemRandom random;
  auto made =
      (*client)->json("POST", "/api/v1/posts", *body, {{"idempotency-key", random_token(random, 16)}});
  if (!made) return terminal.fail(made.error());
  if (!asked.repeat.empty()) {
    const auto repeats = (*client)->json("POST", "/api/v1/posts/" + text_of(*made, "id") + "/repeat",
                                         json::object{{"rule", asked.repeat}});
    if (!repeats) return terminal.fail(repeats.error());
  }
  if (asked.wait) made = wait_for(**client, terminal, text_of(*made, "id"));
  if (!made) return terminal.fail(made.error());
  terminal.show(*made, post_summary(*made));
  return asked.wait ? outcome(*made) : Exit::ok;
}

void add_link_options(CLI::App& command, Composition& composition) {
  command.add_option("--link-in", composition.link_in, "Where the link goes: usual, text or comment")
      ->check(CLI::IsMember({"usual", "text", "comment"}));
  command.add_option("--utm-campaign", composition.utm_campaign, "Mark its links: utm_campaign");
  command.add_option("--utm-source", composition.utm_source, "utm_source instead of the workspace's");
  command.add_option("--utm-medium", composition.utm_medium, "utm_medium instead of the workspace's");
  command.add_option("--utm-content", composition.utm_content, "utm_content instead of the workspace's");
  command.add_flag("--no-utm", composition.no_utm, "Its links go out as they are");
}

}  // namespace

void add_post(CLI::App& app, Frame& frame) {
  CLI::App& command =
      add_command(app, frame, "post", "Compose a post: now, at a time, or as a draft", examples);
  const auto asked = std::make_shared<Asked>();
  Composition& composition = asked->composition;
  command.add_option("text", composition.texts, "The text; several make a thread; - reads standard input");
  command.add_option("--to", asked->to, "Who speaks: @handle, NETWORK, NETWORK:@handle, id, all")
      ->allow_extra_args(false);
  command.add_option("--media", asked->files, "Picture or video file; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--alt", composition.alts, "What the picture shows; one for each --media")
      ->allow_extra_args(false);
  command.add_option("--own", asked->own, "A text of its own for some: NETWORK=TEXT or @handle=TEXT")
      ->allow_extra_args(false);
  command
      .add_option("--own-media", asked->own_files,
                  "Files of their own for some: NETWORK=FILE or @handle=FILE; NETWORK=none: no files")
      ->allow_extra_args(false);
  command.add_option("--poll", composition.poll, "Answer of a poll; one for each answer")
      ->allow_extra_args(false);
  command.add_option("--poll-open", composition.poll_open, "How long the poll is open: 6h, 3d [1d]");
  command.add_option("--comment", composition.comment, "A first comment under the post");
  command.add_option("--link", composition.link, "Link card");
  add_link_options(command, composition);
  command.add_option("--at", composition.at,
                     "\"2026-11-20 09:30\", 2026-11-20T09:30:00+01:00 or +15min; without: now");
  command
      .add_flag_callback(
          "--queue", [asked] { asked->composition.queue = "next"; },
          "At the next slot that is free for all of them")
      ->excludes(command.get_option("--at"));
  command.add_flag_callback(
      "--best", [asked] { asked->composition.queue = "best"; },
      "At the best free slot of the coming seven days");
  command.add_option("--zone", composition.zone, "IANA zone of --at [the workspace's]");
  command.add_option("--repeat", asked->repeat,
                     "Repeat it: \"FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10\" (RFC 5545); with --at or --queue");
  command.add_option("--late", composition.late, "When its time is missed: ask, skip or next_slot");
  command.add_option("--title", composition.title, "Own note, not published");
  command.add_option("--campaign", asked->campaign, "Campaign that it belongs to: name or id");
  command.add_option("--tag", composition.tags, "Tag; may be repeated")->allow_extra_args(false);
  command.add_option("--option", composition.options, "Option of a network: name=value")
      ->allow_extra_args(false);
  command.add_flag("--draft", composition.draft, "Keep it as a draft");
  command.add_flag("--check", asked->check, "Only say what each network would say");
  command.add_flag("--wait", asked->wait,
                   "Wait until it is out: exit 0 delivered, 1 failed, 75 a person has to look");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, asked, remote] {
    frame.action = [&frame, asked, remote] { return post(frame.terminal, frame, *remote, *asked); };
  });
}

}  // namespace carillon::cli
