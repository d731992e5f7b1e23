// carillon feeds: RSS and Atom that become posts
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/remote.h"
#include "wire/url.h"

namespace carillon::cli {
namespace {

namespace json = boost::json;

constexpr const char* examples =
    "  carillon feeds                                             what is followed, and how it goes\n"
    "  carillon feeds look https://example.com/feed.xml           what it would give\n"
    "  carillon feeds add https://example.com/feed.xml --to all   each new item becomes a draft\n"
    "  carillon feeds add ADDRESS --to @shop --queue --every 30 --template \"{{title}} {{link}}\"\n"
    "  carillon feeds fetch ID                                    now\n"
    "  carillon feeds remove ID                                   its posts stay";

struct Asked {
  std::string address, id, form;
  std::vector<std::string> to;
  bool queue = false;
  int every = 60, newest = 0;
};

std::string number_of(const json::value& object, std::string_view member) {
  return std::to_string(object.at(member).to_number<int64_t>());
}

std::string feed_text(const json::value& feed) {
  const std::string title = text_of(feed, "title"), trouble = text_of(feed, "trouble");
  std::string text = fmt::format("{}  {}\n  {}, every {} minutes{}\n", text_of(feed, "id"),
                                 title.empty() ? text_of(feed, "address") : printable(title),
                                 text_of(feed, "becomes") == "queued" ? "to the queue" : "drafts",
                                 number_of(feed, "every_minutes"), flag_of(feed, "paused") ? ", paused" : "");
  if (!title.empty()) text += fmt::format("  {}\n", printable(text_of(feed, "address")));
  if (!trouble.empty())
    text += fmt::format("  {} Tried {} times, next {}.\n", printable(trouble), number_of(feed, "failures"),
                        text_of(feed, "next"));
  return text;
}

Exit list(const Terminal& terminal, net::WaitingClient& client, const Asked&) {
  const auto feeds = client.json("GET", "/api/v1/feeds");
  if (!feeds) return terminal.fail(feeds.error());
  std::string people;
  for (const json::value& feed : list_of(*feeds, "items")) people += feed_text(feed);
  terminal.show(*feeds, people.empty() ? "No feed is followed.\n" : people);
  return Exit::ok;
}

Result<json::object> order_of(net::WaitingClient& client, const Asked& asked) {
  json::object order{{"address", asked.address}, {"every_minutes", asked.every}, {"newest", asked.newest}};
  order["becomes"] = asked.queue ? "queued" : "draft";
  if (!asked.form.empty()) order["template"] = asked.form;
  if (asked.to.empty()) return order;
  const auto ids = ask_account_ids(client, asked.to);
  if (!ids) return refuse(ids.error());
  order["accounts"] = json::array(ids->begin(), ids->end());
  return order;
}

Exit add(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto order = order_of(client, asked);
  if (!order) return terminal.fail(order.error());
  const auto feed = client.json("POST", "/api/v1/feeds", *order);
  if (!feed) return terminal.fail(feed.error());
  terminal.show(*feed, feed_text(*feed));
  return Exit::ok;
}

Exit look(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  json::object order{{"address", asked.address}};
  if (!asked.form.empty()) order["template"] = asked.form;
  const auto said = client.json("POST", "/api/v1/feeds/look", order);
  if (!said) return terminal.fail(said.error());
  std::string people = printable(text_of(*said, "title")) + "\n";
  for (const json::value& item : list_of(*said, "items"))
    people +=
        fmt::format("- {}\n  {}\n", printable(text_of(item, "title")), printable(text_of(item, "link")));
  terminal.show(*said, people);
  return Exit::ok;
}

Exit fetch(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto feed = client.json("POST", "/api/v1/feeds/" + wire::percent_encode(asked.id) + "/fetch");
  if (!feed) return terminal.fail(feed.error());
  terminal.show(*feed, feed_text(*feed));
  return text_of(*feed, "trouble").empty() ? Exit::ok : Exit::failure;
}

Exit turn(const Terminal& terminal, net::WaitingClient& client, const Asked& asked, bool paused) {
  const auto feed = client.json("PATCH", "/api/v1/feeds/" + wire::percent_encode(asked.id),
                                json::object{{"paused", paused}});
  if (!feed) return terminal.fail(feed.error());
  terminal.show(*feed, feed_text(*feed));
  return Exit::ok;
}

Exit pause(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return turn(terminal, client, asked, true);
}

Exit resume(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  return turn(terminal, client, asked, false);
}

Exit remove(const Terminal& terminal, net::WaitingClient& client, const Asked& asked) {
  const auto done = client.json("DELETE", "/api/v1/feeds/" + wire::percent_encode(asked.id));
  if (!done) return terminal.fail(done.error());
  terminal.show(json::object{{"removed", asked.id}}, "Removed.\n");
  return Exit::ok;
}

void add_by_id(CLI::App& feeds, Frame& frame, const char* name, const char* what, Verb<Asked> verb) {
  CLI::App& command = add_command(feeds, frame, name, what);
  const auto asked = std::make_shared<Asked>();
  command.add_option("id", asked->id, "Id of the feed")->required();
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

void add_by_address(CLI::App& feeds, Frame& frame, const char* name, const char* what, Verb<Asked> verb) {
  CLI::App& command = add_command(feeds, frame, name, what);
  const auto asked = std::make_shared<Asked>();
  command.add_option("address", asked->address, "Address of the feed")->required();
  command.add_option("--template", asked->form,
                     "Text of its posts: {{title}}, {{link}}, {{summary}}, {{feed}}");
  if (verb == add) {
    command.add_option("--to", asked->to, "Accounts of its posts")->allow_extra_args(false);
    command.add_flag("--queue", asked->queue, "Items take free slots instead of becoming drafts");
    command.add_option("--every", asked->every, "Minutes between two fetches [60]")
        ->check(CLI::Range(15, 10'080));
    command.add_option("--newest", asked->newest, "Items that the first fetch takes [0]")
        ->check(CLI::Range(0, 20));
  }
  const auto remote = add_remote(command, frame);
  command.callback([&frame, remote, asked, verb] { ask_server(frame, remote, with(asked, verb)); });
}

}  // namespace

void add_feeds(CLI::App& app, Frame& frame) {
  CLI::App& command = add_command(app, frame, "feeds", "Feeds (RSS, Atom) that become posts", examples);
  const auto remote = add_remote(command, frame);
  add_by_address(command, frame, "look", "What a feed would give", look);
  add_by_address(command, frame, "add", "Follow a feed", add);
  add_by_id(command, frame, "fetch", "Fetch one now", fetch);
  add_by_id(command, frame, "pause", "Follow it no longer for a while", pause);
  add_by_id(command, frame, "resume", "Follow it again", resume);
  add_by_id(command, frame, "remove", "Follow it no longer; its posts stay", remove);
  command.callback([&frame, remote, &command] {
    if (command.get_subcommands().empty()) ask_server(frame, remote, with(std::make_shared<Asked>(), list));
  });
}

}  // namespace carillon::cli
