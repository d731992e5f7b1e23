// Lists of posts: filters, a stable order by time, cursors.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/handlers.h"
#include "api/words.h"
#include "store/accounts.h"
#include "store/posts.h"

namespace carillon::api {

namespace {
constexpr std::array<std::string_view, 8> states = {"draft",  "scheduled", "publishing", "delivered",
                                                    "partly", "failed",    "uncertain",  "canceled"};

Result<std::vector<std::string>> read_states(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(',');
    const auto word = text.substr(0, end);
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (std::ranges::find(states, word) == states.end()) {
      return refuse(invalid("unknown_state", fmt::format("There is no state \"{}\".", word.substr(0, 40)),
                            "state", fmt::format("Known: {}.", fmt::join(states, ", "))));
    }
    words.emplace_back(word);
  }
  return words;
}

Result<std::optional<Instant>> read_time(const Request& request, std::string_view name) {
  const auto text = wire::field(request.query, name);
  if (!text || text->empty()) return std::optional<Instant>();
  const auto at = parse_instant(*text);
  if (at) return std::optional(*at);
  return refuse(
      invalid("not_a_time", at.error().text, std::string(name), "Give RFC 3339, 2026-11-20T09:30:00Z."));
}

// "<due in microseconds or none>.<id>"
Result<void> read_cursor(const std::string& position, store::PostFilter& filter) {
  if (position.empty()) return {};
  const auto dot = position.find('.');
  const auto id = dot == std::string::npos ? std::nullopt : PostId::parse(position.substr(dot + 1));
  if (!id)
    return refuse(invalid("bad_cursor", "This cursor is damaged.", "cursor", "Start again without one."));
  filter.after = *id;
  int64_t due = 0;
  if (std::from_chars(position.data(), position.data() + dot, due).ec == std::errc{})
    filter.after_due = Instant{due};
  return {};
}

Result<store::PostFilter> read_filter(const Request& request, const Desk& desk) {
  store::PostFilter filter;
  auto words = read_states(wire::field(request.query, "state").value_or(""));
  if (!words) return refuse(std::move(words.error()));
  filter.states = std::move(*words);
  if (const auto text = wire::field(request.query, "account"); text && !text->empty()) {
    filter.account = AccountId::parse(*text);
    if (!filter.account)
      return refuse(invalid("not_an_id", "This is not an id.", "account", "Give an account's id."));
  }
  filter.text = wire::field(request.query, "text").value_or("").substr(0, 200);
  filter.tag = wire::field(request.query, "tag").value_or("").substr(0, 50);
  const auto order = wire::field(request.query, "order").value_or("oldest");
  if (order != "oldest" && order != "newest") {
    return refuse(invalid("unknown_order", "There is no order \"" + order.substr(0, 40) + "\".", "order",
                          "Use oldest or newest."));
  }
  filter.newest_first = order == "newest";
  auto from = read_time(request, "from");
  auto until = read_time(request, "until");
  if (!from) return refuse(std::move(from.error()));
  if (!until) return refuse(std::move(until.error()));
  filter.from = *from;
  filter.until = *until;
  auto limit = limit_of(request);
  auto position = open_cursor(desk, request);
  if (!limit) return refuse(std::move(limit.error()));
  if (!position) return refuse(std::move(position.error()));
  filter.limit = *limit + 1;  // one more tells whether there is a next page
  if (auto read = read_cursor(*position, filter); !read) return refuse(std::move(read.error()));
  return filter;
}

std::string position_of(const Post& post) {
  return post.due ? fmt::format("{}.{}", post.due->us, post.id.text()) : "." + post.id.text();
}
}  // namespace

Answering list_posts(Request& request, Desk& desk) {
  auto filter = read_filter(request, desk);
  if (!filter) co_return refuse(std::move(filter.error()));
  std::vector<Account> accounts;
  auto look = [&](store::Unit& unit) {
    accounts = store::Accounts(unit).list(request.caller.workspace);
    return store::Posts(unit).list(request.caller.workspace, *filter);
  };
  auto posts = co_await seen(desk.store, std::move(look));
  std::optional<std::string> next;
  if (posts.size() == filter->limit) {
    posts.pop_back();
    next = seal_cursor(desk, request, position_of(posts.back()));
  }
  Json json;
  json.begin().key("items").list();
  for (const Post& post : posts) write(json, post, accounts, nullptr);
  json.end_list();
  co_return list_answer(json, request, next);
}

}  // namespace carillon::api
