// carillon posts: list, show, cancel, retry, approve, reject
#include <fmt/format.h>

#include "cli/command.h"
#include "cli/named.h"
#include "cli/post_view.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon posts                              by due time\n"
    "  carillon posts --state failed,uncertain     what needs a person\n"
    "  carillon posts --csv > posts.csv            all of them as a table; --ics: as a calendar file\n"
    "  carillon posts show ID                      each target with its flight record\n"
    "  carillon posts check ID                     would it go out now?\n"
    "  carillon posts cancel ID                    what is not out yet\n"
    "  carillon posts retry ID                     the failed targets, only those\n"
    "  carillon posts --needs-approval             what waits for somebody who may approve it\n"
    "  carillon posts approve ID                   as it was asked for; --at 2026-11-20T09:30: at another "
    "time\n"
    "  carillon posts reject ID --note \"…\"         back to its author";

struct Asked {
  std::string state, text, id, verb, campaign;
  int limit = 50;
  bool csv = false, ics = false;
  bool needs_approval = false;
  std::string at, zone, note;  // approve, reject
};

using Did = Result<json::value>;

wire::Fields filter_of(const Asked& asked) {
  wire::Fields query;
  if (!asked.state.empty()) query.emplace_back("state", asked.state);
  if (asked.needs_approval) query.emplace_back("state", "proposed,expired");
  if (!asked.campaign.empty()) query.emplace_back("campaign", asked.campaign);
  if (!asked.text.empty()) query.emplace_back("text", asked.text);
  return query;
}

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked& given) {
  Asked asked = given;
  if (!asked.campaign.empty()) {
    auto id = find_campaign(client, asked.campaign);
    if (!id) return terminal.fail(id.error());
    asked.campaign = std::move(*id);
  }
  if (asked.csv || asked.ics) {
    const char* path = asked.ics ? "/api/v1/posts/calendar.ics" : "/api/v1/posts/export.csv";
    return hand_over(terminal, client, wire::with_query(path, filter_of(asked)));
  }
  wire::Fields query = filter_of(asked);
  query.emplace_back("limit", std::to_string(asked.limit));
  const Did found = client.json("GET", wire::with_query("/api/v1/posts", query));
  if (!found) return terminal.fail(found.error());
  std::vector<std::vector<std::string>> rows;
  for (const json::value& post : list_of(*found, "items")) {
    rows.push_back({text_of(post, "id"), text_of(post, "state"), post_row_time(post),
                    fmt::format("{}", list_of(post, "targets").size()), post_text(post)});
  }
  terminal.show(*found,
                rows.empty() ? "No posts.\n" : table({"id", "state", "due", "targets", "text"}, rows));
  return Exit::ok;
}

// The deliveries of a post come without their attempts: each is asked for.
Exit show(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  Did post = client.json("GET", "/api/v1/posts/" + wire::percent_encode(asked.id));
  if (!post) return terminal.fail(post.error());
  std::string people = post_summary(*post);
  json::array whole;
  for (const json::value& delivery : list_of(*post, "deliveries")) {
    Did one = client.json("GET", "/api/v1/deliveries/" + text_of(delivery, "id"));
    if (!one) return terminal.fail(one.error());
    people += "\n" + flight_record(*one);
    whole.push_back(std::move(*one));
  }
  post->get_object()["deliveries"] = std::move(whole);
  terminal.show(*post, people);
  return Exit::ok;
}

Exit change(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const std::string path = fmt::format("/api/v1/posts/{}/{}", wire::percent_encode(asked.id), asked.verb);
  const Did done =
      client.json("POST", path, asked.verb == "retry" ? json::value(json::object()) : json::value());
  if (!done) return terminal.fail(done.error());
  const json::value* post = done->get_object().if_contains("post");
  terminal.show(*done, post_summary(post != nullptr ? *post : *done));
  return Exit::ok;
}

// Approves what is shown: the revision that was read goes along.
Exit decide(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const std::string path = "/api/v1/posts/" + wire::percent_encode(asked.id);
  const Did post = client.json("GET", path);
  if (!post) return terminal.fail(post.error());
  json::object word{{"revision", post->at("revision")}};
  if (!asked.note.empty()) word["note"] = asked.note;
  if (!asked.at.empty()) {
    json::object at{{"local", asked.at}};
    if (!asked.zone.empty()) at["zone"] = asked.zone;
    word["at"] = std::move(at);
  }
  const Did done = client.json("POST", path + "/" + asked.verb, word);
  if (!done) return terminal.fail(done.error());
  terminal.show(*done, post_summary(*done));
  return Exit::ok;
}

// As it is now: the post, its accounts, its campaign, its files, the house.
Exit check(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const Did report = client.json("GET", "/api/v1/posts/" + wire::percent_encode(asked.id) + "/check");
  return report ? say_check(terminal, *report) : terminal.fail(report.error());
}

void add_verb(CLI::App& posts, Frame& frame, const std::string& name, const std::string& what,
              Verb<Asked> verb) {
  CLI::App& command = add_command(posts, frame, name, what);
  const auto asked = std::make_shared<Asked>(Asked{.verb = name});
  command.add_option("id", asked->id, "Id of the post")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

void add_approve(CLI::App& posts, Frame& frame) {
  CLI::App& command = add_command(posts, frame, "approve", "Let a post go out that waits for approval");
  const auto asked = std::make_shared<Asked>(Asked{.verb = "approve"});
  command.add_option("id", asked->id, "Id of the post")->required();
  command.add_option("--at", asked->at, "Another time than the one asked for: 2026-11-20T09:30");
  command.add_option("--zone", asked->zone, "Its time zone [the workspace's]");
  command.add_option("--note", asked->note, "A word to the author");
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, decide)); });
}

void add_reject(CLI::App& posts, Frame& frame) {
  CLI::App& command =
      add_command(posts, frame, "reject", "Send a post that waits for approval back to its author");
  const auto asked = std::make_shared<Asked>(Asked{.verb = "reject"});
  command.add_option("id", asked->id, "Id of the post")->required();
  command.add_option("--note", asked->note, "What should change")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked] { ask_server(frame, remote, with(asked, decide)); });
}

}  // namespace

void add_posts(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "posts", "See posts and what became of them", examples);
  const auto asked = std::make_shared<Asked>();
  command.add_option(
      "--state", asked->state,
      "draft, proposed, expired, scheduled, publishing, delivered, partly, failed, uncertain,\n"
      "canceled");
  command.add_flag("--needs-approval", asked->needs_approval, "Those that wait for approval")
      ->excludes("--state");
  command.add_option("--text", asked->text, "Only those whose text or title has this");
  command.add_option("--limit", asked->limit, "How many [50]")->check(CLI::Range(1, 200));
  CLI::Option* csv =
      command.add_flag("--csv", asked->csv, "All of them as a table (RFC 4180), to standard output");
  command.add_flag("--ics", asked->ics, "Those with a time as a calendar file (RFC 5545)")->excludes(csv);
  command.add_option("--campaign", asked->campaign, "Only those of this campaign: its name or id");
  const auto remote = add_remote(command, frame);
  add_verb(command, frame, "show", "One post with its flight record", show);
  add_verb(command, frame, "check", "Is it ready to go out at its time?", check);
  add_verb(command, frame, "cancel", "Cancel what is not out yet", change);
  add_verb(command, frame, "retry", "Send the failed targets again", change);
  add_approve(command, frame);
  add_reject(command, frame);
  command.callback([&frame, remote, asked, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, with(asked, list));
  });
}

}  // namespace carillon::cli
